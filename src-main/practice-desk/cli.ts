import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openApiDocument } from './openapi';
import { createPracticeDesk, PACES, type DeskClock, type DeskLog, type Pace } from './practice-desk';

/** `npm run desk`: the practice desk as a program of its own, for two clients against one desk and for tests. */

const USAGE = `Usage: npm run desk -- [--port N] [--data DIR] [--pace ${PACES.join('|')}] [--host ADDRESS]
       npm run desk -- --openapi FILE

  --port     port to listen on (default 4180; 0: any free one)
  --data     folder for the desk's data (default ./practice-desk-data)
  --pace     how fast the staff work (default quick; manual: only when told to, see the README)
  --host     address to listen on (default 127.0.0.1)
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
  readonly openapi: string | undefined;
}

/** The arguments; `null` where they cannot be understood. */
function readArguments(args: readonly string[]): Arguments | null {
  const options = {
    port: { type: 'string', default: '4180' },
    data: { type: 'string', default: 'practice-desk-data' },
    pace: { type: 'string', default: 'quick' },
    host: { type: 'string', default: '127.0.0.1' },
    openapi: { type: 'string' },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const pace = PACES.find((known) => known === values.pace);
    const port = Number(values.port);
    if (!pace || !Number.isInteger(port) || port < 0 || port > 65_535) return null;
    return { port, pace, data: path.resolve(values.data), host: values.host, openapi: values.openapi };
  } catch {
    // parseArgs throws for an option it does not know: the usage says more than its message.
    return null;
  }
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

async function runDesk({ port, data, pace, host }: Arguments): Promise<void> {
  const desk = await createPracticeDesk({ dataDir: data, port, pace, host, clock, log });
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
