/** Runs the practice desk as a program of its own, at manual pace, and stands in for its staff. */
import { spawn, type ChildProcess } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { BoardTicket, PracticeFault } from '@shared/board-api';
import type { Agreement, Announcement } from '@shared/domain/agreement';
import { temporaryFolder } from './app';

const PROGRAM = path.resolve(import.meta.dirname, '../../out/desk/cli.cjs');

/** What an engineer writes. */
export type Reply = {
  readonly text: string;
  readonly question?: boolean;
  readonly quickAnswers?: readonly string[];
  readonly attachments?: readonly { readonly name: string; readonly type: string; readonly base64: string }[];
};

/** A practice desk in a process of its own. Stopping and starting it is how a test cuts the line to the board. */
export type RunningDesk = {
  readonly url: string;
  /** What Deskbell needs to use this desk instead of its own. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
  /** Starts again on the same port with the same data. */
  start(): Promise<void>;
  /** The tickets of the person Deskbell signs in as, oldest change first. */
  tickets(): Promise<BoardTicket[]>;
  /** The only ticket; throws when there are none or several. */
  onlyTicket(): Promise<BoardTicket>;
  /** Lets the staff do what comes next, or everything up to a step. */
  advance(ticketId: string, to?: string): Promise<BoardTicket>;
  reply(ticketId: string, reply: Reply): Promise<BoardTicket>;
  /** A status word that belongs to none of the six steps. */
  relabel(ticketId: string, label: string): Promise<BoardTicket>;
  changeAgreement(change: Partial<Agreement>): Promise<void>;
  /** Sets the desk's own time (ISO text), so that its times agree with a Deskbell that has a test clock. */
  setClock(now: string): Promise<void>;
  announce(announcements: readonly Announcement[]): Promise<void>;
  /** How often each idempotency key was carried out. */
  writes(): Promise<Readonly<Record<string, number>>>;
  seed(count: number): Promise<void>;
  fault(fault: PracticeFault): Promise<void>;
  clearFaults(): Promise<void>;
  /** The bytes of an attachment, as the board gives them to anybody who may read the ticket. */
  download(attachmentId: string): Promise<Buffer>;
};

const running = new Set<ChildProcess>();

/** Ends every desk a test left running. Call it in `test.afterEach`. */
export async function stopDesks(): Promise<void> {
  await Promise.all([...running].map(end));
}

/** Starts a desk; resolves when it listens. `more`: further arguments, such as an issuer where people sign in. */
export async function startDesk(
  pace: 'manual' | 'quick' = 'manual',
  more: readonly string[] = [],
): Promise<RunningDesk> {
  const data = temporaryFolder();
  let { child, url } = await launch(data, '0', pace, more);
  const call = createCaller(() => url);
  const staff = <Answer>(method: string, route: string, body?: unknown): Promise<Answer> =>
    call<Answer>(method, `/practice${route}`, body);
  const tickets = async (): Promise<BoardTicket[]> =>
    (await call<{ tickets: BoardTicket[] }>('GET', '/v1/tickets?limit=100')).tickets;
  return {
    url,
    env: { DESKBELL_PRACTICE_URL: url },
    stop: () => end(child),
    async start() {
      ({ child, url } = await launch(data, new URL(url).port, pace, more));
    },
    tickets,
    async onlyTicket() {
      const [ticket, ...more] = await tickets();
      if (!ticket || more.length > 0)
        throw new Error(`Expected one ticket, found ${ticket ? more.length + 1 : 0}.`);
      return ticket;
    },
    advance: (id, to) => staff('POST', `/tickets/${id}/advance`, to === undefined ? {} : { to }),
    reply: (id, reply) => staff('POST', `/tickets/${id}/reply`, reply),
    relabel: (id, label) => staff('POST', `/tickets/${id}/status`, { label }),
    changeAgreement: (change) => staff('PUT', '/agreement', change),
    setClock: (now) => staff('PUT', '/clock', { now }),
    announce: (announcements) => staff('PUT', '/announcements', { announcements }),
    writes: async () => (await staff<{ writes: Record<string, number> }>('GET', '/writes')).writes,
    seed: (count) => staff('POST', '/seed', { count }),
    fault: (fault) => staff('POST', '/faults', fault),
    clearFaults: () => staff('DELETE', '/faults'),
    download: (id) => call<Buffer>('GET', `/v1/attachments/${id}`),
  };
}

async function launch(
  data: string,
  port: string,
  pace: string,
  more: readonly string[],
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [PROGRAM, '--port', port, '--data', data, '--pace', pace, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Practice desk: (http\S+)$/.exec(line)?.[1];
    if (url) return { child, url };
  }
  throw new Error('The practice desk ended before it listened.');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** Calls the desk as the person whom Deskbell makes of the user of this computer. */
function createCaller(url: () => string) {
  const { username } = os.userInfo();
  const name = username.charAt(0).toUpperCase() + username.slice(1);
  const person = { name, email: `${username}@practice.example`, phone: '' };
  let token: string | undefined;
  const send = async (method: string, route: string, body?: unknown): Promise<Response> => {
    const headers = {
      'Content-Type': 'application/json',
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    };
    return fetch(url() + route, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };
  return async function call<Answer>(method: string, route: string, body?: unknown): Promise<Answer> {
    if (token === undefined) {
      const entered = await send('POST', '/v1/sessions', person);
      // Where an issuer knows the people, the staff's calls still ask nobody.
      token = entered.status === 404 ? '' : ((await entered.json()) as { token: string }).token;
    }
    const response = await send(method, route, body);
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${await response.text()}`);
    return (await contentOf(response)) as Answer;
  };
}

async function contentOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const isJson = response.headers.get('Content-Type')?.includes('json') === true;
  return isJson ? response.json() : Buffer.from(await response.arrayBuffer());
}
