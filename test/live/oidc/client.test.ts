import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAccountStore, type Account } from '../../../src-main/auth/accounts';
import { createConnection, type OpenAccount } from '../../../src-main/auth/connection';
import { keepRenewing } from '../../../src-main/auth/renewing';
import { createSignIn } from '../../../src-main/auth/sign-in';
import { boardApi } from '../../../src-main/desk/board-api/board-api';
import { loadBoardType } from '../../../src-main/desk/boards';
import { createDeskFinder } from '../../../src-main/desk/finder';
import { createIds } from '../../../src-main/platform/ids';
import { createJsonFile } from '../../../src-main/platform/json-file';
import { createMemoryDisk } from '../../support/memory-documents';
import { createWrite, ref } from '../../support/samples';
import { createFastClock, createMemorySpool, startClient } from '../client';
import { startOidcBoard, type OidcBoard } from './oidc-board';
import type { ProviderOptions } from './provider';
import { createStation, type Station, type StationOptions } from './station';

const PATIENT = { timeout: 30_000 };
const SOON = { timeout: 15_000, interval: 20 };

let board: OidcBoard;
let station: Station;
const ends: (() => Promise<void>)[] = [];
beforeEach(() => {
  station = createStation();
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  station.remove();
  await board.close();
});

/** Deskbell without its window, on the desk's address. */
async function setUp(options: ProviderOptions & StationOptions & { readonly wants?: string } = {}) {
  board = await startOidcBoard(options);
  station.remove();
  station = createStation(options);
  const { tools, random, sessions, secrets, browser, giveBack } = station;
  const boardTools = { ...tools, random };
  const connection = createConnection<OpenAccount>({
    accounts: createAccountStore(createJsonFile(path.join(station.folder, 'account.json'))),
    open: async (account) => ({
      account,
      resume: async () => undefined,
      signOut: () => sessions.of(account).end(),
      close: async () => undefined,
    }),
    log: tools.log,
  });
  const signIn = createSignIn({
    finder: createDeskFinder({
      kinds: ['boardApi'],
      loadType: loadBoardType,
      tools: boardTools,
      ids: createIds(),
    }),
    loadType: loadBoardType,
    tools: boardTools,
    sessions,
    browser,
    giveBack,
    connection,
    practice: () => {
      throw new Error('not here');
    },
    log: tools.log,
  });
  const enter = async () => {
    const found = await signIn.find(board.desk.url);
    if (found.kind !== 'found') throw new Error(found.problem);
    return signIn.enter(found.offers[0]?.id ?? '', { kind: 'browser' });
  };
  const account = (): Account => {
    const current = connection.current()?.account;
    if (!current) throw new Error('Nobody is connected.');
    return current;
  };
  return { signIn, enter, account, connection, sessions, secrets };
}

/** Outbox, cache and sync of the account that is connected, as `compose/account.ts` wires them. */
async function work({ account, sessions }: Awaited<ReturnType<typeof setUp>>) {
  const { target, person } = account();
  if (target.kind !== 'boardApi') throw new TypeError(target.kind);
  const session = sessions.of(account());
  const tools = { ...station.tools, random: station.random };
  const client = await startClient(
    boardApi.connect(target, session, person, tools),
    createMemoryDisk(),
    createMemorySpool(),
  );
  const told: string[] = [];
  const { sync, outbox, tickets } = client;
  const stop = keepRenewing({
    reach: {
      state: () => sync.reach().state,
      onChange: (listener) => sync.onReach(listener),
      resume: () => sync.resume(),
    },
    session,
    onOver: () => told.push('over'),
    onGood: () => undefined,
    clock: createFastClock(400),
    random: station.random,
    log: station.tools.log,
  });
  const states: string[] = [];
  sync.onReach(({ state }) => states.push(state));
  ends.push(async () => {
    stop();
    await client.stop();
  });
  const file = async (): Promise<string> => {
    const id = ref();
    await outbox.submit(id, id, createWrite());
    return id;
  };
  return { ...client, told, states, file, isFiled: (id: string) => tickets.findByRef(id) !== undefined };
}

const countOf = async (id: string): Promise<number> => (await board.writes())[id] ?? 0;

describe('from an address to a session', () => {
  it('finds the desk, signs in at its provider, and is known at the desk', async () => {
    const here = await setUp();
    expect(await here.enter()).toEqual({ kind: 'signedIn' });
    expect(here.account()).toMatchObject({
      target: { kind: 'boardApi' },
      signIn: { kind: 'browser', issuer: board.provider.issuer, prompt: 'consent' },
      person: { name: 'Ada', email: 'ada@example.com', phone: '555 0100' },
    });
    const client = await work(here);
    const id = await client.file();
    await vi.waitFor(() => expect(client.isFiled(id)).toBe(true), SOON);
    expect(await countOf(id)).toBe(1);
  });

  it('works without a keyring for as long as Deskbell runs', async () => {
    const here = await setUp({ keyring: false });
    expect(await here.enter()).toEqual({ kind: 'signedIn' });
    expect(here.secrets.persistence()).toBe('memoryOnly');
    const client = await work(here);
    const id = await client.file();
    await vi.waitFor(() => expect(client.isFiled(id)).toBe(true), SOON);
    expect(await station.restarted().sessions.of(here.account()).credential()).toBeNull();
  });

  it('takes everything back where the desk does not take the provider’s word', async () => {
    const here = await setUp({ wants: 'urn:somebody:else' });
    expect(await here.enter()).toEqual({ kind: 'refused', problem: 'noRight' });
    await vi.waitFor(() => expect(board.provider.refreshTokens()).toBe(0));
    expect(here.connection.current()).toBeNull();
  });

  it('takes everything back where the desk is gone when the user returns', async () => {
    const here = await setUp();
    let release = (): void => undefined;
    board.provider.before('/token', () => new Promise((resolve) => (release = resolve)));
    const answer = here.enter();
    await vi.waitFor(() => expect(station.returned()).toBe(1));
    await board.closeDesk();
    release();
    expect(await answer).toEqual({ kind: 'refused', problem: 'unreachable' });
    await vi.waitFor(() => expect(board.provider.refreshTokens()).toBe(0));
  });
});

describe('a session that runs out in the middle', () => {
  it('is renewed without anybody noticing, and nothing is filed twice', PATIENT, async () => {
    const here = await setUp({ accessTokenSeconds: 2 });
    await here.enter();
    const client = await work(here);
    const refreshes = board.provider.asked('/token');
    const ids: string[] = [];
    for (let round = 0; round < 12; round += 1) {
      ids.push(await client.file());
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    await vi.waitFor(() => expect(ids.every(client.isFiled)).toBe(true), SOON);
    for (const id of ids) expect(await countOf(id)).toBe(1);
    expect(board.provider.asked('/token') - refreshes).toBeGreaterThanOrEqual(2);
    expect(client.states).not.toContain('signedOut');
    expect(client.told).toEqual([]);
  });

  it('that the desk refuses is renewed at once, and the write is sent once more', async () => {
    const here = await setUp();
    await here.enter();
    const client = await work(here);
    await vi.waitFor(() => expect(client.sync.reach().state).toBe('online'), SOON);
    await fetch(`${board.desk.url}/practice/faults`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        method: 'POST',
        path: '/v1/tickets',
        times: 1,
        fault: { kind: 'status', status: 401 },
      }),
    });
    const id = await client.file();
    await vi.waitFor(() => expect(client.isFiled(id)).toBe(true), SOON);
    expect(await countOf(id)).toBe(1);
    expect(client.states).not.toContain('signedOut');
  });

  it(
    'and was revoked holds what was filed, tells it, and goes on after signing in again',
    PATIENT,
    async () => {
      const here = await setUp({ accessTokenSeconds: 2 });
      await here.enter();
      const client = await work(here);
      await vi.waitFor(() => expect(client.sync.reach().state).toBe('online'), SOON);
      board.provider.revokeAll();
      await vi.waitFor(() => expect(client.sync.reach().state).toBe('signedOut'), SOON);
      const id = await client.file();
      await vi.waitFor(() => expect(client.told).toContain('over'), SOON);
      expect(client.isFiled(id)).toBe(false);
      expect(client.outbox.get(id)?.state.kind).not.toBe('needsAttention');

      expect(await here.signIn.again({ kind: 'browser' })).toEqual({ kind: 'signedIn' });
      client.sync.resume();
      await vi.waitFor(() => expect(client.isFiled(id)).toBe(true), SOON);
      expect(await countOf(id)).toBe(1);
    },
  );

  it('while the provider is away is no sign-out: it waits, and goes on by itself', PATIENT, async () => {
    const here = await setUp({ accessTokenSeconds: 2 });
    await here.enter();
    const client = await work(here);
    await vi.waitFor(() => expect(client.sync.reach().state).toBe('online'), SOON);
    await board.provider.stop();
    await vi.waitFor(() => expect(client.sync.reach().state).toBe('offline'), SOON);
    const id = await client.file();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(client.isFiled(id)).toBe(false);
    await board.provider.start();
    await vi.waitFor(() => expect(client.isFiled(id)).toBe(true), SOON);
    expect(await countOf(id)).toBe(1);
    expect(client.states).not.toContain('signedOut');
    expect(client.told).toEqual([]);
  });
});

describe('somebody else', () => {
  it('is not taken for the one who signs in again, and what they got is given back', async () => {
    const here = await setUp();
    await here.enter();
    const ada = here.account();
    station.habits = { login: 'bob' };
    station.forgetCookies();
    expect(await here.signIn.again({ kind: 'browser' })).toEqual({ kind: 'refused', problem: 'otherPerson' });
    expect(new URL(station.opened.at(-1) ?? '').searchParams.get('login_hint')).toBe('ada@example.com');
    await vi.waitFor(() => expect(board.provider.refreshTokens()).toBe(1));
    expect(here.account()).toEqual(ada);
    const client = await work(here);
    const id = await client.file();
    await vi.waitFor(() => expect(client.isFiled(id)).toBe(true), SOON);
  });

  it('who connects in their place signs them out first', async () => {
    const here = await setUp();
    await here.enter();
    const ada = here.account();
    station.habits = { login: 'bob' };
    station.forgetCookies();
    expect(await here.enter()).toEqual({ kind: 'signedIn' });
    expect(here.account().person.name).toBe('Bob');
    expect(here.account().id).not.toBe(ada.id);
    await vi.waitFor(() => expect(board.provider.refreshTokens()).toBe(1));
    expect(existsSync(path.join(station.folder, `${ada.id}.json`))).toBe(false);
    expect(await here.sessions.of(ada).credential()).toBeNull();
    expect(await here.sessions.of(here.account()).credential()).not.toBeNull();
  });

  it('may come after signing out, which ends at the provider', async () => {
    const here = await setUp();
    await here.enter();
    await here.connection.signOut();
    expect(here.connection.current()).toBeNull();
    await vi.waitFor(() => expect(station.pages.at(-1)?.text).toContain('You are signed out.'));
    expect(board.provider.refreshTokens()).toBe(0);
    // The browser does not remember Ada any more, so that Bob can sign in.
    station.habits = { login: 'bob' };
    expect(await here.enter()).toEqual({ kind: 'signedIn' });
    expect(here.account().person.name).toBe('Bob');
  });
});
