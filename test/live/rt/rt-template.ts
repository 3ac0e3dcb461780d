import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { preparedOnce } from '../../../config/scripts/lib/prepared-once.mjs';
import type { RtUser } from './rt-server';
import { asRt, rtEnvironment, run, SETUP } from './rt-process';

/** Somebody with an account. */
export interface RtPerson {
  readonly id: number;
  readonly name: string;
  readonly realName: string;
  readonly email: string;
  readonly password: string;
  readonly token: string;
}
/** Everybody with an account. */
export type RtPeople = Readonly<Record<RtUser, RtPerson>>;

/** How many tickets carol has. */
export const MANY = 1_050;

const INITIAL_DATA = path.resolve(SETUP, '../../../../assets/request-tracker/deskbell.initialdata');
const DATABASE_PROGRAM = '/usr/sbin/rt-setup-database-5';

/**
 * The folder with a database to start from, made once for each version of RT and of the set-up, however many tests ask at
 * once. It is kept between runs, outside the project.
 */
export async function rtTemplate(): Promise<string> {
  if (!existsSync(DATABASE_PROGRAM))
    throw new Error('Request Tracker 5 is not installed: node config/scripts/system-packages.mjs servers');
  const folder = path.join(os.tmpdir(), `deskbell-rt-${process.getuid?.() ?? 0}-${await fingerprint()}`);
  await preparedOnce(folder, prepare);
  return folder;
}

async function fingerprint(): Promise<string> {
  const version = await run(['dpkg-query', '-W', '-f=${Version}', 'request-tracker5'], {});
  const hash = createHash('sha256').update(`${version} ${MANY}`);
  for (const file of await setupFiles()) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

const setupFiles = async (): Promise<readonly string[]> => [
  ...(await readdir(SETUP)).sort().map((name) => path.join(SETUP, name)),
  INITIAL_DATA,
];

async function prepare(home: string): Promise<void> {
  await chmod(home, 0o755);
  const [etc, data] = [path.join(home, 'etc'), path.join(home, 'var')];
  await mkdir(etc);
  await mkdir(path.join(data, 'session_data'), { recursive: true });
  for (const file of await setupFiles()) await copyFile(file, path.join(etc, path.basename(file)));
  await asRt.own(data);
  const env = { ...rtEnvironment(home, 1, ''), DESKBELL_RT_MANY: String(MANY) };
  const asService = (...command: string[]): Promise<string> => run(asRt.command(command), { env, cwd: home });
  await asService(DATABASE_PROGRAM, '--action', 'init');
  await asService(
    ...[DATABASE_PROGRAM, '--action', 'insert'],
    ...['--datafile', path.join(etc, path.basename(INITIAL_DATA))],
  );
  const people = await asService('perl', path.join(etc, 'content.pl'));
  await writeFile(path.join(home, 'people.json'), people, { mode: 0o600 });
}
