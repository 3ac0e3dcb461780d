import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openApiDocument } from './openapi';
import {
  createPracticeDesk,
  PACES,
  type DeskClock,
  type DeskLog,
  type IssuerOptions,
  type Pace,
} from './practice-desk';

/** `npm run desk`: the practice desk as a program of its own, for two clients against one desk and for tests. */

const SCOPES = 'openid profile email offline_access';
const AUDIENCE = 'urn:deskbell:board';
const PROMPTS = ['consent', 'login', 'select_account'] as const;

const USAGE = `Usage: npm run desk -- [--port N] [--data DIR] [--pace ${PACES.join('|')}] [--host ADDRESS]
                      [--issuer URL --client-id ID [--scopes "A B"] [--prompt P] [--audience A]]
       npm run desk -- --openapi FILE

  --port     port to listen on (default 4180; 0: any free one)
  --data     folder for the desk's data (default ./practice-desk-data)
  --pace     how fast the staff work (default quick; manual: only when told to, see the README)
  --host     address to listen on (default 127.0.0.1)
  --issuer   people sign in at this OpenID Connect issuer (https, except on this computer)
  --client-id, --scopes, --prompt  what clients sign in with there (default scopes: ${SCOPES})
  --audience whom access tokens must be for, where they are JWTs (default ${AUDIENCE})
  --openapi  write the API's description to FILE and end`;

const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

let clockOffset = 0;
const clock: DeskClock = {
  now: () => new Date(Date.now() + clockOffset),
  set(at) {
    clockOffset = at.getTime() - Date.now();
  },
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, LONGEST_TIMEOUT_MS));
    return () => clearTimeout(timer);
  },
};

const log: DeskLog = {
  info: (event, fields) => console.error(JSON.stringify({ level: 'info', event, ...fields })),
  warn: (event, fields) => console.error(JSON.stringify({ level: 'warn', event, ...fields })),
  error(event, error, fields) {
    const reason = error instanceof Error ? error.message : 'unknown';
    console.error(JSON.stringify({ level: 'error', event, reason, ...fields }));
  },
};

interface Arguments {
  readonly port: number;
  readonly data: string;
  readonly pace: Pace;
  readonly host: string;
  readonly issuer: IssuerOptions | null;
  readonly openapi: string | undefined;
}

/** The arguments; `null` where they cannot be understood. */
function readArguments(args: readonly string[]): Arguments | null {
  const options = {
    port: { type: 'string', default: '4180' },
    data: { type: 'string', default: 'practice-desk-data' },
    pace: { type: 'string', default: 'quick' },
    host: { type: 'string', default: '127.0.0.1' },
    issuer: { type: 'string' },
    'client-id': { type: 'string' },
    scopes: { type: 'string', default: SCOPES },
    prompt: { type: 'string' },
    audience: { type: 'string', default: AUDIENCE },
    openapi: { type: 'string' },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const pace = PACES.find((known) => known === values.pace);
    const port = Number(values.port);
    if (!pace || !Number.isInteger(port) || port < 0 || port > 65_535) return null;
    const issuer = readIssuerArguments({ ...values, clientId: values['client-id'] });
    if (issuer === undefined) return null;
    const { host, openapi } = values;
    return { port, pace, data: path.resolve(values.data), host, issuer, openapi };
  } catch {
    // parseArgs throws for an option it does not know: the usage says more than its message.
    return null;
  }
}

/** `null`: no issuer; `undefined`: what was said of one is not enough. */
function readIssuerArguments(values: {
  readonly issuer?: string | undefined;
  readonly clientId?: string | undefined;
  readonly scopes: string;
  readonly prompt?: string | undefined;
  readonly audience: string;
}): IssuerOptions | null | undefined {
  const { issuer, clientId, audience } = values;
  const prompt = PROMPTS.find((known) => known === values.prompt);
  if (values.prompt !== undefined && prompt === undefined) return undefined;
  if (issuer === undefined) return clientId === undefined ? null : undefined;
  if (clientId === undefined || !URL.canParse(issuer)) return undefined;
  const scopes = values.scopes.split(/\s+/).filter(Boolean);
  return { issuer, clientId, scopes, audience, ...(prompt && { prompt }) };
}

async function main(): Promise<void> {
  const args = readArguments(process.argv.slice(2));
  if (!args) {
    console.error(USAGE);
    process.exitCode = 2;
  } else if (args.openapi === undefined) {
    await runDesk(args);
  } else {
    await mkdir(path.dirname(path.resolve(args.openapi)), { recursive: true });
    await writeFile(args.openapi, openApiDocument());
  }
}

async function runDesk({ port, data, pace, host, issuer }: Arguments): Promise<void> {
  const options = { dataDir: data, port, pace, host, clock, log, ...(issuer && { issuer }) };
  const desk = await createPracticeDesk(options);
  if (desk.movedAside)
    console.log(`The data could not be read. It is kept in ${desk.movedAside}; the desk starts fresh.`);
  console.log(`Practice desk: ${desk.url}`);
  console.log(`Pace ${pace}, data in ${data}. Ctrl+C ends it.`);
  let closing = false;
  const end = (): void => {
    if (closing) return;
    closing = true;
    desk.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : 'The practice desk could not go on.');
  process.exit(1);
}

main().catch(fail);
