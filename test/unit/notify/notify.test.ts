import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Announcement } from '@shared/domain/agreement';
import type { Route } from '@shared/domain/route';
import { defaultSettings, type Settings } from '@shared/domain/settings';
import type { StateChange, Ticket } from '@shared/domain/ticket';
import { createTranslator } from '@shared/locales';
import { createLedger, LEDGER_SIZE } from '../../../src-main/notify/ledger';
import { createNotify, type NotifyOutcome } from '../../../src-main/notify/notify';
import { ownChanges } from '../../../src-main/notify/own-changes';
import type { Toast, ToastOutcome } from '../../../src-main/notify/toaster';
import { createJsonFile } from '../../../src-main/platform/json-file';
import { createManualClock } from '../../support/manual-clock';
import { quietLog } from '../../support/quiet-log';
import { outboxItem, ref } from '../../support/samples';

const AT = '2026-03-02T08:42:00.000Z';
const engineer = { name: 'Jonas Weber', role: 'engineer' as const };

const ticket = (over: Partial<Ticket> = {}): Ticket => ({
  id: '1',
  number: '4127',
  ref: null,
  summary: 'Outlook asks for my password',
  step: 'received',
  statusLabel: 'Received',
  closed: false,
  withdrawn: false,
  emergency: false,
  visit: null,
  assignee: null,
  createdAt: AT,
  updatedAt: AT,
  question: null,
  survey: 'none',
  steps: [{ step: 'created', at: AT, by: null }],
  messages: [],
  details: [],
  ...over,
});

const question = (id: string, text = 'Which printer is it?') => ({
  messages: [
    { id, ref: null, at: AT, author: { kind: 'staff' as const, staff: engineer }, text, attachments: [] },
  ],
  question: { messageId: id, quickAnswers: [] },
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskbell-notify-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function setUp(over: { settings?: Settings; answer?: ToastOutcome; now?: string } = {}) {
  const clock = createManualClock(over.now ?? AT);
  const shown: (Toast & { click: () => void })[] = [];
  const opened: Route[] = [];
  const outcomes: NotifyOutcome[] = [];
  const ledger = createLedger(createJsonFile(path.join(folder, 'told.json')));
  const notify = createNotify({
    toaster: {
      show: async (toast, click) => {
        shown.push({ ...toast, click });
        return over.answer ?? { kind: 'shown' };
      },
      close: () => undefined,
    },
    settings: () => over.settings ?? defaultSettings(),
    ledger,
    clock,
    timeZone: 'UTC',
    t: createTranslator('en').t,
    log: quietLog(),
    onOpen: (route) => void opened.push(route),
    onOutcome: (outcome) => void outcomes.push(outcome),
  });
  const change = (before: Ticket | undefined, after: Ticket, own: readonly StateChange[] = []) =>
    notify.take([{ before, after, own: new Set(own) }]);
  return { clock, shown, opened, outcomes, ledger, notify, change };
}

describe('what happened to a ticket', () => {
  it('is told with its summary, and a click opens the ticket', async () => {
    const { shown, opened, notify, change } = setUp();
    const id = ref();
    change(ticket({ ref: id }), ticket({ ref: id, ...question('m1') }));
    expect(await notify.flush()).toMatchObject([{ kind: 'shown' }]);
    expect(shown).toMatchObject([
      {
        title: 'Outlook asks for my password',
        body: 'Jonas has a question: Which printer is it?',
        urgent: true,
      },
    ]);
    shown[0]!.click();
    expect(opened).toEqual([{ screen: 'ticket', key: `ref:${id}` }]);
  });

  it('is told when the burst is over, not before', async () => {
    const { clock, shown, change } = setUp();
    change(ticket(), ticket(question('m1')));
    await clock.pass(500);
    expect(shown).toHaveLength(0);
    await clock.pass(5_000);
    await expect.poll(() => shown.length).toBe(1);
  });

  it('does not wait for ever while more keeps coming', async () => {
    const { clock, shown, change } = setUp();
    for (let index = 0; index < 8; index += 1) {
      change(ticket({ id: String(index) }), ticket({ id: String(index), ...question(`m${index}`) }));
      await clock.pass(700);
    }
    await expect.poll(() => shown.length).toBeGreaterThan(0);
  });

  it('opens the survey when that is what waits', async () => {
    const { shown, opened, notify, change } = setUp();
    change(ticket({ step: 'resolved' }), ticket({ step: 'resolved', closed: true, survey: 'waiting' }), [
      'works',
    ]);
    await notify.flush();
    shown.at(-1)!.click();
    expect(opened).toEqual([{ screen: 'survey', ticketId: '1' }]);
  });

  it('of many tickets at once is told once', async () => {
    const { shown, opened, notify } = setUp();
    const ids = ['1', '2', '3', '4', '5'];
    notify.take(
      ids.map((id) => ({
        before: ticket({ id }),
        after: ticket({ id, summary: `Problem ${id}`, ...question(`m${id}`) }),
        own: new Set<StateChange>(),
      })),
    );
    await notify.flush();
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ title: 'News about 5 tickets' });
    expect(shown[0]!.body).toContain('Problem 1');
    shown[0]!.click();
    expect(opened).toEqual([{ screen: 'tickets' }]);
  });

  it('is told once, after a restart too', async () => {
    const first = setUp();
    first.change(ticket(), ticket(question('m1')));
    await first.notify.close();
    first.change(ticket(), ticket(question('m1')));
    await first.notify.close();
    expect(first.shown).toHaveLength(1);
    const second = setUp();
    second.change(ticket(), ticket(question('m1')));
    expect(await second.notify.flush()).toEqual([]);
    second.change(ticket(), ticket(question('m2')));
    expect(await second.notify.flush()).toHaveLength(1);
  });

  it('is noted before it is shown', async () => {
    const { notify, change, ledger, outcomes, shown } = setUp();
    change(ticket(), ticket(question('m1')));
    await notify.flush();
    expect(shown).toHaveLength(1);
    expect(outcomes[0]!.covers.every((key) => ledger.has(key))).toBe(true);
  });

  it('is told although the disk takes no note', async () => {
    writeFileSync(path.join(folder, 'file'), '');
    const ledger = createLedger(createJsonFile(path.join(folder, 'file/below/told.json')));
    const { notify, shown, change } = setUp();
    void ledger;
    change(ticket(), ticket(question('m1')));
    await notify.flush();
    expect(shown).toHaveLength(1);
  });

  it('by the user is not told', async () => {
    const { notify, change } = setUp();
    change(ticket({ step: 'resolved' }), ticket({ step: 'resolved', closed: true }), ['works']);
    expect(await notify.flush()).toEqual([]);
  });
});

describe('the settings', () => {
  const settings = (notifications: Partial<Settings['notifications']>): Settings => {
    const base = defaultSettings();
    return { ...base, notifications: { ...base.notifications, ...notifications } };
  };

  it('can turn notifications off; nothing is told later', async () => {
    const { shown, notify, change } = setUp({ settings: settings({ enabled: false }) });
    change(ticket(), ticket(question('m1')));
    expect(await notify.flush()).toMatchObject([{ kind: 'suppressed', reason: 'disabled' }]);
    expect(shown).toEqual([]);
    const later = setUp();
    later.change(ticket(), ticket(question('m1')));
    expect(await later.notify.flush()).toEqual([]);
  });

  it.each([
    ['2026-03-02T23:30:00.000Z', 'suppressed'],
    ['2026-03-02T12:00:00.000Z', 'shown'],
  ])('keep quiet hours: at %s it is %s', async (now, kind) => {
    const quiet = settings({ quietHours: { enabled: true, from: '22:00', to: '07:00' } });
    const { notify, change } = setUp({ settings: quiet, now });
    change(ticket(), ticket(question('m1')));
    expect(await notify.flush()).toMatchObject([{ kind }]);
  });

  it('quiet hours hold for everything but an emergency, which is told apart', async () => {
    const quiet = settings({ quietHours: { enabled: true, from: '00:00', to: '00:00' } });
    const { shown, notify, change } = setUp({ settings: quiet });
    for (const [id, emergency] of [
      ['1', false],
      ['2', true],
      ['3', false],
      ['4', false],
    ] as const)
      change(ticket({ id, emergency }), ticket({ id, emergency, ...question(`m${id}`) }));
    const outcomes = await notify.flush();
    expect(outcomes.map(({ kind, covers }) => [kind, covers.length])).toEqual([
      ['shown', 1],
      ['suppressed', 1],
      ['suppressed', 1],
      ['suppressed', 1],
    ]);
    expect(shown.map(({ body }) => body)).toEqual(['Jonas has a question: Which printer is it?']);
  });

  it('can hide what it is about', async () => {
    const { shown, notify, change } = setUp({ settings: settings({ hideDetails: true }) });
    change(ticket(), ticket(question('m1', 'Is your password 1234?')));
    await notify.flush();
    expect(JSON.stringify(shown)).not.toMatch(/Outlook|1234|Jonas|4127/);
  });
});

describe('a failure', () => {
  it('comes back with its reason', async () => {
    const { notify, change } = setUp({ answer: { kind: 'failed', reason: 'refused' } });
    change(ticket(), ticket(question('m1')));
    expect(await notify.flush()).toMatchObject([{ kind: 'failed', reason: 'refused' }]);
  });
});

describe('the ledger', () => {
  it('forgets the oldest, not the newest', async () => {
    const ledger = createLedger(createJsonFile(path.join(folder, 'told.json')));
    await ledger.add(Array.from({ length: LEDGER_SIZE + 10 }, (_, index) => `k${index}`));
    expect([ledger.has('k0'), ledger.has('k9'), ledger.has('k10')]).toEqual([false, false, true]);
    expect(ledger.has(`k${LEDGER_SIZE + 9}`)).toBe(true);
  });

  it('begins anew when its file is damaged', async () => {
    writeFileSync(path.join(folder, 'told.json'), '{"told":[1');
    const ledger = createLedger(createJsonFile(path.join(folder, 'told.json')));
    await ledger.add(['a']);
    expect(createLedger(createJsonFile(path.join(folder, 'told.json'))).has('a')).toBe(true);
  });
});

describe("the user's own changes", () => {
  const sent = (at: string) =>
    outboxItem({
      lane: 'id:1',
      write: { kind: 'state', target: { kind: 'board', id: '1' }, change: 'works', text: '' },
      state: { kind: 'delivered', at, receipt: { ticketId: '1', ticketNumber: '1' } },
    });

  it('are those of this ticket that may still show', () => {
    const now = new Date('2026-03-02T09:00:00.000Z');
    expect([...ownChanges(ticket(), [sent('2026-03-02T08:59:00.000Z')], now)]).toEqual(['works']);
    expect([...ownChanges(ticket(), [sent('2026-03-02T08:00:00.000Z')], now)]).toEqual([]);
    expect([...ownChanges(ticket({ id: '2' }), [sent('2026-03-02T08:59:00.000Z')], now)]).toEqual([]);
  });
});

describe('announcements', () => {
  const outage = (over: Partial<Announcement> = {}): Announcement => ({
    id: 'o1',
    at: AT,
    severity: 'outage',
    title: 'Mail is down',
    text: 'We are on it.',
    endedAt: null,
    ...over,
  });
  const quiet: Settings = {
    ...defaultSettings(),
    notifications: {
      ...defaultSettings().notifications,
      quietHours: { enabled: true, from: '00:00', to: '00:00' },
    },
  };

  it('an outage is told once and stays on screen, whatever changes in it and however often Deskbell starts', async () => {
    const { shown, opened, notify } = setUp();
    notify.takeNews([outage()]);
    notify.takeNews([outage({ affected: 7, text: 'Nearly done.' })]);
    await notify.flush();
    expect(shown).toMatchObject([{ title: 'Mail is down', body: 'We are on it.', urgent: true }]);
    shown[0]?.click();
    expect(opened).toEqual([{ screen: 'tickets' }]);
    await notify.close();
    const again = setUp();
    again.notify.takeNews([outage()]);
    await again.notify.flush();
    expect(again.shown).toEqual([]);
  });

  it('quiet hours hold for other news, not for an outage', async () => {
    const { shown, notify } = setUp({ settings: quiet });
    notify.takeNews([outage(), outage({ id: 'i1', severity: 'info', title: 'Closed on Thursday' })]);
    await notify.flush();
    expect(shown.map(({ title }) => title)).toEqual(['Mail is down']);
  });

  it('nothing is told while notifications are off, and details stay hidden where wished', async () => {
    const off = setUp({
      settings: { ...quiet, notifications: { ...quiet.notifications, enabled: false } },
    });
    off.notify.takeNews([outage()]);
    await off.notify.flush();
    expect(off.shown).toEqual([]);
    const hidden = setUp({
      settings: { ...quiet, notifications: { ...quiet.notifications, hideDetails: true } },
    });
    hidden.notify.takeNews([outage({ id: 'o2' })]);
    await hidden.notify.flush();
    expect(hidden.shown).toHaveLength(1);
    expect(JSON.stringify(hidden.shown)).not.toContain('Mail');
  });

  it('the end is told to those on the list', async () => {
    const { shown, notify } = setUp();
    const ended = outage({ endedAt: AT, joined: true });
    notify.takeNews([ended]);
    notify.takeNews([ended]);
    await notify.flush();
    expect(shown).toMatchObject([{ title: 'Mail is down', urgent: false }]);
  });
});

describe('the reminder of a survey', () => {
  it('comes once for a ticket, with the way to rate it', async () => {
    const { shown, opened, notify } = setUp();
    notify.remind([ticket({ closed: true, survey: 'waiting' })]);
    notify.remind([ticket({ closed: true, survey: 'waiting' })]);
    await notify.close();
    const again = setUp();
    again.notify.remind([ticket({ closed: true, survey: 'waiting' })]);
    await again.notify.flush();
    expect([...shown, ...again.shown]).toMatchObject([{ action: 'Rate now' }]);
    shown[0]?.click();
    expect(opened).toEqual([{ screen: 'survey', ticketId: '1' }]);
  });

  it('waits while it may not be shown, and is not lost', async () => {
    let settings: Settings = {
      ...defaultSettings(),
      notifications: {
        ...defaultSettings().notifications,
        quietHours: { enabled: true, from: '00:00', to: '00:00' },
      },
    };
    const world = setUp({
      get settings() {
        return settings;
      },
    });
    world.notify.remind([ticket()]);
    await world.notify.flush();
    expect(world.shown).toEqual([]);
    settings = defaultSettings();
    world.notify.remind([ticket()]);
    await world.notify.flush();
    expect(world.shown).toHaveLength(1);
  });
});

describe('the end of the session', () => {
  it('is told once with what waits, and a click leads to the sign-in', async () => {
    const { shown, opened, notify } = setUp();
    notify.signedOut(2);
    notify.signedOut(3);
    await notify.flush();
    expect(shown).toMatchObject([
      {
        title: 'You are signed out',
        body: '2 things wait to be sent. They are kept safe here and go out once you have signed in again.',
        action: 'Sign in',
      },
    ]);
    shown[0]?.click();
    expect(opened).toEqual([{ screen: 'signIn' }]);
  });

  it('is told also when nothing waits', async () => {
    const { shown, notify } = setUp();
    notify.signedOut(0);
    await notify.flush();
    expect(shown[0]?.body).toBe('Sign in again to follow your tickets and to send new ones.');
  });

  it('is not told again after a restart, but after having been signed in again', async () => {
    const first = setUp();
    first.notify.signedOut(1);
    await first.notify.close();
    const second = setUp();
    second.notify.signedOut(1);
    await second.notify.close();
    expect(second.shown).toEqual([]);
    second.notify.signedIn();
    await second.ledger.settled();
    const third = setUp();
    third.notify.signedOut(1);
    await third.notify.flush();
    expect(third.shown).toHaveLength(1);
  });

  it('waits for the end of quiet hours', async () => {
    const quiet = { enabled: true, from: '22:00', to: '06:00' };
    const base = defaultSettings();
    const settings = { ...base, notifications: { ...base.notifications, quietHours: quiet } };
    const { clock, shown, notify } = setUp({ now: '2026-03-02T23:00:00.000Z', settings });
    notify.signedOut(1);
    await notify.flush();
    expect(shown).toEqual([]);
    await clock.pass(8 * 3_600_000);
    notify.signedOut(1);
    await notify.flush();
    expect(shown).toHaveLength(1);
  });
});
