import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { emptyIntake, type Intake } from '../../../../src-shared/domain/intake';
import type { BoardTicket, WriteAnswer } from '../../../../src-shared/board-api';
import {
  createPracticeDesk,
  type DeskClock,
  type DeskLog,
  type PracticeDesk,
  type PracticeDeskOptions,
} from '../../../../src-main/practice-desk/practice-desk';

/** A folder that is gone after the test. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'practice-desk-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A log that remembers its lines. */
export function memoryLog(): DeskLog & { readonly lines: string[]; readonly errors: unknown[] } {
  const lines: string[] = [];
  const errors: unknown[] = [];
  return {
    lines,
    errors,
    info: (event) => void lines.push(`info ${event}`),
    warn: (event) => void lines.push(`warn ${event}`),
    error(event, error) {
      lines.push(`error ${event}`);
      errors.push(error);
    },
  };
}

/** The real time. */
export const systemClock: DeskClock = {
  now: () => new Date(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** A time that only moves when told to. */
export interface FakeClock extends DeskClock {
  /** Moves on; timers on the way fire at their own time, in order. */
  advance(ms: number): void;
}

/** A clock that stands still at first. */
export function fakeClock(start = '2026-03-02T08:42:00.000Z'): FakeClock {
  let now = new Date(start).getTime();
  let timers: { at: number; callback: () => void }[] = [];
  return {
    now: () => new Date(now),
    after(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.push(timer);
      return () => void (timers = timers.filter((other) => other !== timer));
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const next = timers.filter((timer) => timer.at <= end).sort((one, other) => one.at - other.at)[0];
        if (!next) break;
        timers = timers.filter((timer) => timer !== next);
        now = Math.max(now, next.at);
        next.callback();
      }
      now = end;
    },
  };
}

/** A desk that is closed after the test, manual pace unless said. */
export async function startDesk(
  options: Partial<PracticeDeskOptions> = {},
): Promise<PracticeDesk & { readonly dataDir: string }> {
  const dataDir = options.dataDir ?? (await newFolder());
  const desk = await createPracticeDesk({
    port: 0,
    pace: 'manual',
    clock: systemClock,
    random: () => 0.5,
    log: memoryLog(),
    timeZone: 'Europe/Berlin',
    ...options,
    dataDir,
  });
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await desk.close();
  };
  onTestFinished(close);
  return { ...desk, close, dataDir };
}

/** A complete survey. */
export const RATINGS = { overall: 5, time: 4, quality: 5, process: 3, people: 5 } as const;

/** Options of a request of a test. */
export interface Ask {
  readonly body?: unknown;
  readonly bytes?: Uint8Array;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody who talks to the desk over HTTP. */
export interface Client {
  readonly token: string;
  readonly url: string;
  send(method: string, path: string, ask?: Ask): Promise<Response>;
  get<T>(path: string): Promise<T>;
  /** A write with a fresh key unless given; fails the test where it is refused. */
  post<T = WriteAnswer>(path: string, body: unknown, key?: string): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  file(
    problem?: string,
    more?: Partial<Intake>,
    uploads?: readonly string[],
    key?: string,
  ): Promise<WriteAnswer>;
  ticket(id: string): Promise<BoardTicket>;
  advance(id: string, to?: string): Promise<BoardTicket>;
}

/** Signs in by name (the same name is the same person). */
export async function signIn(desk: { readonly url: string }, name = 'Ada Berg'): Promise<Client> {
  const answer = await fetch(`${desk.url}/v1/sessions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name, email: '', phone: '' }),
  });
  const { token } = (await answer.json()) as { token: string };
  return clientWith(desk.url, token);
}

/** Talks with a token that is known already. */
export function clientWith(url: string, token: string): Client {
  const send = (
    method: string,
    path: string,
    { body, bytes, key, headers = {} }: Ask = {},
  ): Promise<Response> =>
    fetch(`${url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(key === undefined ? {} : { 'Idempotency-Key': key }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(bytes === undefined ? {} : { body: bytes as Uint8Array<ArrayBuffer> }),
    });
  const good = async <T>(answer: Response): Promise<T> => {
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${answer.status} ${text}`);
    return JSON.parse(text) as T;
  };
  const post = async <T = WriteAnswer>(path: string, body: unknown, key: string = randomUUID()): Promise<T> =>
    good<T>(await send('POST', path, { body, key }));
  return {
    token,
    url,
    send,
    post,
    get: async (path) => good(await send('GET', path)),
    put: async (path, body) => good(await send('PUT', path, { body })),
    file: (problem = 'Something is wrong', more = {}, uploads = [], key = randomUUID()) =>
      post(
        '/v1/tickets',
        { summary: problem.slice(0, 120), intake: { ...emptyIntake(), problem, ...more }, uploads },
        key,
      ),
    ticket: async (id) => good(await send('GET', `/v1/tickets/${id}`)),
    advance: (id, to) => post(`/practice/tickets/${id}/advance`, to === undefined ? {} : { to }),
  };
}

/** Waits until something holds, asking again and again. */
export async function until<T>(
  ask: () => Promise<T> | T,
  holds: (value: T) => boolean,
  ms = 5_000,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    if (Date.now() > end) throw new Error(`not in time: ${JSON.stringify(value)?.slice(0, 2_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
