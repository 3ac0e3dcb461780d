import { spawn } from 'node:child_process';
import path from 'node:path';

/** Where the set-up of a throw-away Request Tracker is. */
export const SETUP = path.resolve(import.meta.dirname, 'setup');

const isRoot = (): boolean => process.getuid?.() === 0;
/** RT does not run as root; Debian's user for it. */
const SERVICE_USER = 'www-data';

/** As whom Request Tracker runs: as root its service user, else whoever runs the tests. */
export const asRt = {
  command: (command: readonly string[]): readonly string[] =>
    isRoot()
      ? ['setpriv', `--reuid=${SERVICE_USER}`, `--regid=${SERVICE_USER}`, '--init-groups', ...command]
      : command,
  /** Gives a folder and everything in it to the service user. */
  async own(folder: string): Promise<void> {
    if (isRoot()) await run(['chown', '-R', `${SERVICE_USER}:${SERVICE_USER}`, folder], {});
  },
};

/** What Request Tracker's programs need to work on an instance. */
export const rtEnvironment = (home: string, port: number, below: string): NodeJS.ProcessEnv => ({
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
  RT_SITE_CONFIG: path.join(home, 'etc/RT_SiteConfig.pm'),
  RT_SITE_CONFIG_DIR: path.join(home, 'etc/none'),
  DESKBELL_RT_HOME: home,
  DESKBELL_RT_PORT: String(port),
  DESKBELL_RT_PATH: below,
});

/** How a command is run. */
export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly input?: Uint8Array | string;
}

/** Runs a command to its end and gives what it printed. @throws Error when it fails */
export function run(command: readonly string[], { env, cwd, input }: RunOptions): Promise<string> {
  const [program = '', ...rest] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { ...(env && { env }), ...(cwd !== undefined && { cwd }) });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    child.stdin.on('error', () => undefined);
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) resolve(output);
      else reject(new Error(`${command.join(' ')}: ${status}\n${output}${errors}`.slice(-4_000)));
    });
    child.stdin.end(input ?? '');
  });
}
