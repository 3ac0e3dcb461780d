import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { PracticeFault } from '@shared/board-api';
import { createBoardApiConnector } from '../../../src-main/desk/board-api/board-api-connector';
import { createEntrance } from '../../../src-main/desk/board-api/entrance';
import { createClock } from '../../../src-main/platform/clock';
import { createPracticeDesk, type IssuerOptions } from '../../../src-main/practice-desk/practice-desk';
import { quietLog } from '../../support/quiet-log';
import type { BoardKind, BoardUnderTest } from '../board';

/** Time limits that let a test meet every one of them. */
const TIMEOUTS = { connect: 4_000, silence: 2_500, overall: 30_000 };

/** The practice desk at the manual pace, with its controls. */
export interface PracticeBoard extends BoardUnderTest {
  fault(fault: PracticeFault): Promise<void>;
  clearFaults(): Promise<void>;
  /** How often every write was carried out, by ref. */
  writes(): Promise<ReadonlyMap<string, number>>;
  control(method: 'POST' | 'PUT' | 'DELETE' | 'GET', path: string, body?: unknown): Promise<unknown>;
}

/** How somebody is signed in at a desk. */
export interface SignedIn {
  token(): Promise<string>;
  /** The desk refused the token: resolves to whether there is another one. */
  renew(refused: string): Promise<boolean>;
}

/** How the people of a desk sign in, where they do not just say who they are. */
export interface People {
  readonly issuer: IssuerOptions;
  readonly signIn: () => Promise<SignedIn>;
}

async function signInAsAda(url: string): Promise<SignedIn> {
  const entrance = createEntrance({ baseUrl: url, clock: createClock() });
  const signedIn = await entrance.signInAs({
    name: 'Ada Ellis',
    email: 'ada@example.com',
    phone: '555 0100',
  });
  entrance.close();
  if (!signedIn.ok) throw new Error(`No session: ${JSON.stringify(signedIn.fault)}`);
  const { token } = signedIn.value;
  return { token: async () => token, renew: async () => false };
}

/** Starts a practice desk with a folder of its own, and signs in. */
export async function startPracticeBoard(people: People | null = null): Promise<PracticeBoard> {
  const clock = createClock();
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'deskbell-live-'));
  const more = people ? { issuer: people.issuer } : {};
  const open = (port: number) =>
    createPracticeDesk({ dataDir, port, pace: 'manual', clock, log: quietLog(), ...more });
  let desk = await open(0);
  const { url: ownUrl } = desk;
  const ada = await (people ? people.signIn() : signInAsAda(ownUrl));

  async function control(method: string, where: string, body?: unknown): Promise<unknown> {
    const headers = {
      Authorization: `Bearer ${await ada.token()}`,
      'Content-Type': 'application/json',
    };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await fetch(`${ownUrl}${where}`, init);
    if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  }
  const writes = async (): Promise<ReadonlyMap<string, number>> => {
    const { writes: counts } = (await control('GET', '/practice/writes')) as {
      writes: Record<string, number>;
    };
    return new Map(Object.entries(counts));
  };

  const fault = async (one: PracticeFault): Promise<void> =>
    void (await control('POST', '/practice/faults', one));
  const clearFaults = async (): Promise<void> => void (await control('DELETE', '/practice/faults'));
  const board: PracticeBoard = {
    url: ownUrl,
    connect: ({ url = ownUrl, isSignedOut = () => false } = {}) =>
      createBoardApiConnector({
        baseUrl: url,
        accessToken: async () => (isSignedOut() ? 'a-token-of-yesterday' : ada.token()),
        renewToken: async (refused) => !isSignedOut() && ada.renew(refused),
        clock,
        log: quietLog(),
        random: Math.random,
        timeouts: TIMEOUTS,
      }),
    carriedOut: async (ref) => (await writes()).get(ref) ?? 0,
    resolve: async (id) =>
      void (await control('POST', `/practice/tickets/${id}/advance`, { to: 'resolved' })),
    reply: async (id, text) => void (await control('POST', `/practice/tickets/${id}/reply`, { text })),
    async announceOutage(id, state) {
      const at = '2026-03-02T08:00:00.000Z';
      const endedAt = state === 'over' ? '2026-03-02T09:00:00.000Z' : null;
      const outage = { id, at, severity: 'outage', title: 'Mail is down', text: '', endedAt };
      await control('PUT', '/practice/announcements', { announcements: [outage] });
    },
    async many() {
      await control('POST', '/practice/seed', { count: 1_001 });
      return { desk: board.connect(), count: 1_001 };
    },
    async refusing() {
      const refusal = { kind: 'status', status: 403 } as const;
      await fault({ method: 'POST', path: '/v1/tickets', times: 1_000, fault: refusal });
      return { desk: board.connect(), relent: clearFaults };
    },
    fault,
    clearFaults,
    writes,
    control,
    stop: () => desk.close(),
    async start() {
      desk = await open(Number(new URL(ownUrl).port));
    },
    async close() {
      await desk.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return board;
}

/** The Board API as the practice desk speaks it. */
export const PRACTICE = {
  name: 'Board API',
  capabilities: {
    idempotency: 'header',
    read: true,
    assigneeShown: true,
    files: 'staged',
    reopen: 'transition',
    confirm: true,
    withdraw: true,
    rating: 'scale5',
    join: true,
    since: 'server',
    push: true,
  },
  createPath: '/v1/tickets',
  refusesEmptyFiles: true,
  start: () => startPracticeBoard(),
} as const satisfies BoardKind;
