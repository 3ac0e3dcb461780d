import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MailRoute } from '@shared/domain/board';
import type { Fallback as Settings } from '@shared/domain/fallback';
import { createKeptSession } from '../../../src-main/auth/kept-session';
import { loadBoardType } from '../../../src-main/desk/boards';
import { createAway } from '../../../src-main/fallback/away';
import { createChosen } from '../../../src-main/fallback/chosen';
import { createFallback, type Fallback } from '../../../src-main/fallback/fallback';
import { createJsonFile } from '../../../src-main/platform/json-file';
import type { Secrets } from '../../../src-main/platform/secrets';
import { quietLog } from '../../support/quiet-log';
import { createWrite, ref } from '../../support/samples';
import { createFakeNetwork } from '../../unit/sync/support/world';
import { createManualClock, type ManualClock } from '../../unit/sync/support/manual-clock';
import { createClock } from '../../../src-main/platform/clock';
import { startMailServer, type MailServer } from './mail-server';
import { ADA } from './client';

const MINUTE = 60_000;
const USERS = { ada: 'correct horse' };

let folder: string;
let secrets: Map<string, string>;
let clock: ManualClock;
let mails: MailServer;
const network = createFakeNetwork();
const opened: Fallback[] = [];
/** What the organisation has set. */
let managed: MailRoute | null;
const managedListeners = new Set<() => void>();
const manage = (route: MailRoute | null): void => {
  managed = route;
  managedListeners.forEach((listener) => listener());
};

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskbell-fallback-'));
  secrets = new Map();
  clock = createManualClock();
  mails = await startMailServer({ users: USERS });
  network.set(true);
  managed = null;
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  await mails.close();
  await rm(folder, { recursive: true, force: true });
});

/** As after a start. */
function open(): Fallback {
  const keyring: Secrets = {
    persistence: () => 'kept',
    read: async (name) => secrets.get(name) ?? null,
    keep: async (name, secret) => void secrets.set(name, secret),
    forget: async (name) => void secrets.delete(name),
  };
  const log = quietLog();
  const fallback = createFallback({
    chosen: createChosen({
      file: createJsonFile(path.join(folder, 'fallback.json')),
      managedRoute: () => managed,
      person: ADA,
    }),
    onManaged(listener) {
      managedListeners.add(listener);
      return () => void managedListeners.delete(listener);
    },
    away: createAway(createJsonFile(path.join(folder, 'away.json')), clock, log),
    session: createKeptSession({ name: 'fallback-practice', secrets: keyring, log }),
    loadEmail: () => loadBoardType('email'),
    // The line to the mail server takes real time.
    tools: { clock: createClock(), log, random: Math.random, userAgent: 'Deskbell' },
    network,
    clock,
    log,
  });
  opened.push(fallback);
  return fallback;
}
const settings = (over: Partial<Settings> = {}): Settings => ({
  route: mails.route,
  sender: ADA,
  login: 'ada',
  offerAfterMinutes: 60,
  ...over,
});

describe('setting it up', () => {
  it('keeps what the mail server lets in with, the password only in the keyring', async () => {
    const fallback = open();
    expect(fallback.settings()).toBeNull();
    expect(await fallback.set(settings(), 'correct horse')).toEqual({ kind: 'kept' });
    expect([mails.signedIn, mails.arrived]).toEqual([['ada'], []]);
    const again = open();
    expect(again.settings()).toEqual(settings());
    expect(await again.hasPassword()).toBe(true);
    expect([...secrets.keys()]).toEqual(['fallback-practice']);
    expect(await readFile(path.join(folder, 'fallback.json'), 'utf8')).not.toContain('horse');
  });

  it('keeps nothing that does not work, and what there was stays', async () => {
    const fallback = open();
    expect(await fallback.set(settings(), 'wrong')).toEqual({ kind: 'refused', problem: 'wrongPassword' });
    expect(await fallback.set(settings(), null)).toEqual({ kind: 'refused', problem: 'wrongPassword' });
    expect([fallback.settings(), secrets.size]).toEqual([null, 0]);
    await fallback.set(settings(), 'correct horse');
    const nowhere = { ...mails.route, port: 1 };
    expect(await fallback.set(settings({ route: nowhere }), null)).toEqual({
      kind: 'refused',
      problem: 'unreachable',
    });
    expect(fallback.settings()).toEqual(settings());
  });

  it('asks nobody again when only the time of the offer changes', async () => {
    const fallback = open();
    await fallback.set(settings(), 'correct horse');
    expect(await fallback.set(settings({ offerAfterMinutes: null }), null)).toEqual({ kind: 'kept' });
    expect(mails.signedIn).toHaveLength(1);
    expect(await fallback.hasPassword()).toBe(true);
    expect(fallback.state()).toBeNull();
  });

  it('can be forgotten, the password included', async () => {
    const fallback = open();
    await fallback.set(settings(), 'correct horse');
    await fallback.remove();
    expect([fallback.settings(), await fallback.connector(), secrets.size]).toEqual([null, null, 0]);
    expect(open().settings()).toBeNull();
  });

  it('sends with what it was set up with, also after a change', async () => {
    const fallback = open();
    await fallback.set(settings(), 'correct horse');
    const file = async (): Promise<void> => {
      const write = createWrite();
      const connector = await fallback.connector();
      if (write.kind !== 'create' || !connector) throw new Error('not set up');
      expect((await connector.create({ ...write, files: [] }, ref())).ok).toBe(true);
    };
    await file();
    await fallback.set(settings({ sender: { ...ADA, name: 'A. Ellis' } }), null);
    await file();
    const senders = (await mails.mails()).map(({ from }) => from?.value[0]?.name);
    expect(senders).toEqual(['Ada Ellis', 'A. Ellis']);
  });
});

describe('set by the organisation', () => {
  it('needs nothing of the user where the mail server asks nobody', async () => {
    const nobody = await startMailServer();
    const fallback = open();
    expect(fallback.state()).toBeNull();
    manage(nobody.route);
    expect(fallback.state()).toMatchObject({ deskAddress: nobody.route.deskAddress, isOffered: false });
    const connector = await fallback.connector();
    expect((await connector?.whoAmI())?.ok).toBe(true);
    manage(null);
    expect([fallback.settings(), fallback.state()]).toEqual([null, null]);
    await nobody.close();
  });

  it('takes name and password of the user, and no other mail server', async () => {
    const fallback = open();
    manage(mails.route);
    // Nothing is offered that could not be sent.
    expect([fallback.settings()?.login, fallback.state()]).toEqual(['', null]);
    const elsewhere = settings({ route: { ...mails.route, host: 'mail.example.com', security: 'tls' } });
    expect(await fallback.set(elsewhere, 'correct horse')).toEqual({ kind: 'kept' });
    expect(fallback.settings()?.route).toEqual(mails.route);
    expect(fallback.state()).not.toBeNull();
    expect(mails.signedIn).toEqual(['ada']);
  });
});

describe('the offer', () => {
  async function ready(over: Partial<Settings> = {}) {
    const fallback = open();
    await fallback.set(settings(over), 'correct horse');
    let told = 0;
    fallback.onChange(() => (told += 1));
    return { fallback, told: () => told };
  }
  const isOffered = ({ state }: Fallback): boolean | undefined => state()?.isOffered;

  it('comes when the board has been out of reach as long as the user has chosen', async () => {
    const { fallback, told } = await ready({ offerAfterMinutes: 15 });
    fallback.noteReach('offline');
    await clock.advance(14 * MINUTE);
    expect(isOffered(fallback)).toBe(false);
    const before = told();
    await clock.advance(2 * MINUTE);
    expect([isOffered(fallback), told() > before]).toEqual([true, true]);
    expect(fallback.state()?.deskAddress).toBe(mails.route.deskAddress);
    fallback.noteReach('checking');
    expect(isOffered(fallback)).toBe(true);
    fallback.noteReach('online');
    expect(fallback.state()).toMatchObject({ isOffered: false, awaySince: null });
  });

  it('counts on through a restart, once the board was seen to be still away', async () => {
    const { fallback } = await ready();
    fallback.noteReach('offline');
    await clock.advance(30 * MINUTE);
    await fallback.close();
    const again = open();
    again.noteReach('checking');
    await clock.advance(31 * MINUTE);
    expect(isOffered(again)).toBe(false);
    again.noteReach('offline');
    expect(isOffered(again)).toBe(true);
  });

  it('is none for a board that only asks to sign in, nor when it is switched off', async () => {
    const { fallback } = await ready();
    fallback.noteReach('offline');
    fallback.noteReach('signedOut');
    await clock.advance(120 * MINUTE);
    expect(isOffered(fallback)).toBe(false);
    await fallback.set(settings({ offerAfterMinutes: null }), null);
    fallback.noteReach('offline');
    await clock.advance(600 * MINUTE);
    expect(fallback.state()).toBeNull();
  });

  it('waits for a network, but not for one to a mail server on this computer', async () => {
    const { fallback } = await ready();
    network.set(false);
    fallback.noteReach('offline');
    await clock.advance(61 * MINUTE);
    expect(isOffered(fallback)).toBe(true);
    expect(fallback.canSend()).toBe(true);
  });

  it('does not come at once because a clock was wrong', async () => {
    const { fallback } = await ready();
    fallback.noteReach('offline');
    await fallback.close();
    clock = createManualClock('2026-03-01T08:00:00.000Z');
    const again = open();
    again.noteReach('offline');
    expect(isOffered(again)).toBe(false);
    await clock.advance(0);
    expect(new Date(again.state()?.awaySince ?? '') <= clock.now()).toBe(true);
  });
});
