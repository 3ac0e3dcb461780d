/** A throw-away Request Tracker of its own for a test: Debian's packages, SQLite, loopback. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCaller, type RtCaller } from './rt-caller';
import { asRt, rtEnvironment, run, SETUP } from './rt-process';
import { rtTemplate, type RtPeople, type RtPerson } from './rt-template';

/** Who there is: end users (dora's account has another time zone, carol has very many tickets), an engineer, and root. */
export type RtUser = 'alice' | 'bob' | 'carol' | 'dora' | 'erin' | 'root';

/** How the server is wanted. */
export interface RtServerOptions {
  /** Below which path RT answers, e.g. `/rt`. Default: at the root. */
  readonly path?: string;
}

/** A running Request Tracker. */
export interface RtServer {
  /** The address that a person would type. */
  readonly url: string;
  /** Where end users file; its fields and rights are those of assets/request-tracker/deskbell.initialdata. */
  readonly queue: string;
  readonly people: Readonly<Record<RtUser, RtPerson>>;
  /** Raw calls of REST2 as somebody. */
  as(user: RtUser): RtCaller;
  /** Hands a mail (RFC 5322) over as a mail server would, through `rt-mailgate`: it becomes a ticket, or a reply to one. */
  mailgate(message: Uint8Array | string): Promise<void>;
  /** Runs a piece of Perl with RT loaded, as an administrator would; gives what it prints. */
  perl(code: string): Promise<string>;
  /** Asks the database itself, beside RT; gives the rows as text. */
  sql(query: string): Promise<string>;
  /** Gives a right on a queue to one of RT's own groups, as an administrator would. */
  grant(group: 'Everyone' | 'Privileged' | 'Unprivileged', queue: string, right: string): Promise<void>;
  /** All mail that RT has sent, in one text. */
  sentMail(): Promise<string>;
  /** The server goes away; what it knows stays. */
  stop(): Promise<void>;
  /** It comes back at the same address. */
  start(): Promise<void>;
  /** Ends it for good and removes everything. */
  close(): Promise<void>;
}

const QUEUE = 'Service Board';
const PROGRAM = '/usr/share/request-tracker5/libexec/rt-server';
const WORKERS = '3';
const START_MS = 60_000;
/** Ports below those that systems give to outgoing connections, so that a stopped server finds its own free again. */
const PORTS = { from: 20_000, to: 32_000 };

/**
 * Starts a Request Tracker with a folder and port of its own. Resolves when it answers (about 3 s; the first time on a
 * machine its database is made, about 20 s).
 * @throws Error when RT is not installed: `node config/scripts/system-packages.mjs servers`
 */
export async function startRtServer({ path: below = '' }: RtServerOptions = {}): Promise<RtServer> {
  const template = await rtTemplate();
  const home = await mkdtemp(path.join(os.tmpdir(), 'deskbell-rt-run-'));
  try {
    await copyTemplate(template, home);
    const people = JSON.parse(await readFile(path.join(template, 'people.json'), 'utf8')) as RtPeople;
    return await serve(home, people, below);
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
}

async function copyTemplate(template: string, home: string): Promise<void> {
  await chmod(home, 0o755);
  await cp(path.join(template, 'etc'), path.join(home, 'etc'), { recursive: true });
  await mkdir(path.join(home, 'var/session_data'), { recursive: true });
  await copyFile(path.join(template, 'var/rt.sqlite'), path.join(home, 'var/rt.sqlite'));
  await asRt.own(path.join(home, 'var'));
}

async function serve(home: string, people: RtPeople, below: string): Promise<RtServer> {
  let running = await launch(home, await freePort(), below);
  const port = running.port;
  const origin = `http://127.0.0.1:${port}`;
  const url = `${origin}${below}`;
  const env = rtEnvironment(home, port, below);
  const stop = (): Promise<void> => end(running.child);
  const perl = (code: string): Promise<string> =>
    run(asRt.command(['perl', '-']), {
      env,
      cwd: home,
      input: `use lib '/usr/share/request-tracker5/lib'; use RT; RT->LoadConfig; RT->Init;\n${code}`,
    });

  return {
    url,
    queue: QUEUE,
    people,
    as: (user) => createCaller(`${url}/REST/2.0`, people[user].token),
    async mailgate(message) {
      const gate = ['rt-mailgate-5', '--action', 'correspond', '--queue', QUEUE, '--url', url];
      await run(gate, { input: message });
    },
    perl,
    sql: (query) => run(['sqlite3', '-cmd', '.timeout 20000', path.join(home, 'var/rt.sqlite'), query], {}),
    async grant(group, queue, right) {
      await perl(`
        my $queue = RT::Queue->new(RT->SystemUser); $queue->Load('${queue}');
        my $group = RT::Group->new(RT->SystemUser); $group->LoadSystemInternalGroup('${group}');
        my ($done, $why) = $group->PrincipalObj->GrantRight(Right => '${right}', Object => $queue);
        die $why unless $done;`);
    },
    async sentMail() {
      const files = await run(['find', path.join(home, 'var'), '-maxdepth', '1', '-name', '*.mbox*'], {});
      const texts = files.split('\n').filter((file) => file !== '');
      return (await Promise.all(texts.map((file) => readFile(file, 'utf8')))).join('\n');
    },
    stop,
    async start() {
      running = await launch(home, port, below);
    },
    async close() {
      await stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
}

async function launch(home: string, port: number, below: string): Promise<Running> {
  const program = [
    ...['perl', PROGRAM, '--server', 'Starlet', '--host', '127.0.0.1', '--port', String(port)],
    ...['--max-workers', WORKERS, ...(below === '' ? [] : ['--webpath', below])],
  ];
  const command = [path.join(SETUP, 'supervise.sh'), home, ...asRt.command(program)];
  const child = spawn('bash', command, {
    env: rtEnvironment(home, port, below),
    cwd: home,
    // Its own process group: what ends the tests does not end the supervisor, which then cleans up.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (text: Buffer): void => void (output = `${output}${text.toString()}`.slice(-4_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.stdin.on('error', () => undefined);
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  for (const start = Date.now(); Date.now() - start < START_MS; await sleep(50)) {
    if (hasEnded()) throw new Error(`Request Tracker ended while it started: ${output}`);
    if (await answers(`http://127.0.0.1:${port}${below}/REST/2.0/rt`)) return { child, port };
  }
  await end(child);
  throw new Error(`Request Tracker did not start: ${output}`);
}

/** Whether RT is there; it asks strangers to sign in. */
async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).status === 401;
  } catch {
    return false;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end('stop\n');
  await ended;
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.from + Math.floor(Math.random() * (PORTS.to - PORTS.from));
    if (await isFree(port)) return port;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
