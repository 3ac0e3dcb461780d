import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeskFault } from '@shared/domain/fault';
import { aTicket, anAgreement, OTHER_REF } from '../domain/builders';
import { pollDelay } from '../../../src-main/sync/pace';
import { keepDelivered } from '../../../src-main/sync/prune';
import { CHECKING, reachAfter } from '../../../src-main/sync/reach';
import { outboxItem } from '../../support/samples';
import { createWorld } from './support/world';

const OFFLINE: DeskFault = { kind: 'offline', cause: 'unreachable' };
const NO_PUSH = { capabilities: { push: false } };
const lists = (calls: readonly string[]): number => calls.filter((call) => call === 'list').length;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe('following a board that pushes', () => {
  it('lists at the start and with every push, and only what changed', async () => {
    const { clock, desk, sync, tickets, news } = await createWorld();
    desk.tickets.set('t1', aTicket({ id: 't1' }));
    sync.start();
    await clock.settle();
    desk.change('t1', { statusLabel: 'In progress' });
    desk.push({ kind: 'ticket', id: 't1' });
    await clock.settle();
    expect(tickets.get('t1')?.statusLabel).toBe('In progress');
    expect(news.at(-1)?.catchingUp).toBe(false);
    await sync.stop();
  });

  it('lists a burst of pushes once more, not once each', async () => {
    const { clock, desk, sync } = await createWorld();
    sync.start();
    desk.push({ kind: 'open' });
    await clock.settle();
    const before = lists(desk.calls);
    for (let count = 0; count < 50; count += 1) desk.push({ kind: 'ticket', id: 't1' });
    await clock.settle();
    expect(lists(desk.calls) - before).toBe(2);
    await sync.stop();
  });

  it('asks seldom while pushes arrive, and often again when they do not', async () => {
    const { clock, desk, sync } = await createWorld();
    sync.setActivity('window');
    sync.start();
    desk.push({ kind: 'open' });
    await clock.settle();
    const quiet = lists(desk.calls);
    await clock.advance(4 * MINUTE);
    expect(lists(desk.calls)).toBe(quiet);
    await clock.advance(2 * MINUTE);
    expect(lists(desk.calls)).toBe(quiet + 1);
    desk.push({ kind: 'closed', fault: OFFLINE });
    await clock.advance(MINUTE);
    expect(lists(desk.calls)).toBe(quiet + 1 + 1 + 4);
    await sync.stop();
  });

  it('fetches agreement and announcements at the start, when told, and daily', async () => {
    const { clock, desk, facts, sync } = await createWorld();
    let asked = 0;
    const agreement = anAgreement();
    desk.agreement = async () => ({
      ok: true,
      value: (asked += 1) > 1 ? { ...agreement, standing: 'creditHold' } : agreement,
    });
    sync.start();
    await clock.settle();
    expect(facts.agreement()?.standing).toBe('good');
    desk.push({ kind: 'agreement' });
    await clock.settle();
    expect(facts.agreement()?.standing).toBe('creditHold');
    expect(asked).toBe(2);
    await clock.advance(25 * 60 * MINUTE);
    expect(asked).toBe(3);
    await sync.stop();
  });

  it('subscribes anew when the network comes back', async () => {
    const { clock, desk, network, sync, reaches } = await createWorld();
    sync.start();
    await clock.settle();
    network.set(false);
    await clock.settle();
    expect(desk.subscribers()).toBe(0);
    network.set(true);
    await clock.settle();
    expect(desk.subscribers()).toBe(1);
    expect(reaches).toEqual(['online', 'offline', 'online']);
    await sync.stop();
  });
});

describe('following a board that must be asked', () => {
  it('asks every quarter of a minute while the window is open', async () => {
    const { clock, desk, sync } = await createWorld(NO_PUSH);
    sync.setActivity('window');
    sync.start();
    await clock.advance(MINUTE + SECOND);
    expect(lists(desk.calls)).toBe(5);
    await sync.stop();
  });

  it('asks less often in the background and not at all asleep', async () => {
    const { clock, desk, sync } = await createWorld(NO_PUSH);
    sync.start();
    await clock.advance(10 * MINUTE);
    const background = lists(desk.calls);
    expect(background).toBeGreaterThan(5);
    expect(background).toBeLessThan(12);
    sync.setActivity('asleep');
    await clock.advance(60 * MINUTE);
    expect(lists(desk.calls)).toBe(background);
    sync.setActivity('window');
    await clock.settle();
    expect(lists(desk.calls)).toBe(background + 1);
    await sync.stop();
  });

  it('asks a board that does not answer less and less often', async () => {
    const { clock, desk, sync } = await createWorld(NO_PUSH);
    desk.readTroubles.push(...Array.from({ length: 1_000 }, () => OFFLINE));
    sync.setActivity('window');
    sync.start();
    await clock.advance(60 * MINUTE);
    expect(lists(desk.calls)).toBeLessThan(30);
    expect(lists(desk.calls)).toBeGreaterThan(10);
    await sync.stop();
  });

  it('waits as long as a busy board asks', async () => {
    const { clock, desk, sync } = await createWorld(NO_PUSH);
    desk.readTroubles.push({ kind: 'throttled', until: '2026-03-02T08:30:00.000Z' });
    sync.setActivity('window');
    sync.start();
    await clock.advance(29 * MINUTE);
    expect(lists(desk.calls)).toBe(1);
    await clock.advance(2 * MINUTE);
    expect(lists(desk.calls)).toBeGreaterThan(1);
    await sync.stop();
  });
});

describe('the news', () => {
  it('of the first listing is told as catching up, and later news is not', async () => {
    const { clock, desk, sync, news } = await createWorld();
    desk.tickets.set('t1', aTicket({ id: 't1' }));
    desk.change('t1', {});
    sync.start();
    await clock.settle();
    expect(news.map(({ catchingUp, changes }) => [catchingUp, changes.length])).toEqual([[true, 1]]);
    await sync.stop();
  });

  it('is told when it is on disk', async () => {
    const { clock, desk, disk, sync } = await createWorld();
    const stored: number[] = [];
    sync.onNews(() => stored.push(disk.texts('tickets').size));
    desk.tickets.set('t1', aTicket({ id: 't1' }));
    desk.change('t1', {});
    sync.start();
    await clock.settle();
    expect(stored).toEqual([1]);
    await sync.stop();
  });

  it('is not lost by a listener that fails', async () => {
    const { clock, desk, sync, news, tickets } = await createWorld();
    sync.onNews(() => {
      throw new Error('listener');
    });
    desk.tickets.set('t1', aTicket({ id: 't1' }));
    desk.change('t1', {});
    sync.start();
    await clock.settle();
    expect(news).toHaveLength(1);
    expect(tickets.cursor()).toBe('1');
    await sync.stop();
  });

  it('goes on from the cursor after a restart, and repeats nothing', async () => {
    const before = await createWorld();
    before.desk.tickets.set('t1', aTicket({ id: 't1' }));
    before.desk.change('t1', {});
    before.sync.start();
    await before.clock.settle();
    await before.sync.stop();
    const after = await createWorld({ disk: before.disk, desk: before.desk, clock: before.clock });
    expect(after.tickets.list()).toHaveLength(1);
    after.sync.start();
    await after.clock.settle();
    expect(after.news).toEqual([]);
    await after.sync.stop();
  });

  it('begins anew when the board does not know the cursor', async () => {
    const { clock, desk, sync, tickets } = await createWorld();
    desk.tickets.set('t1', aTicket({ id: 't1' }));
    desk.change('t1', {});
    await tickets.setCursor('999');
    desk.readTroubles.push({ kind: 'rejected', message: '', fields: [] });
    sync.start();
    await clock.settle();
    expect(tickets.list()).toHaveLength(1);
    expect(tickets.cursor()).toBe('1');
    await sync.stop();
  });

  it('forgets a ticket that is gone', async () => {
    const { clock, desk, sync, tickets } = await createWorld();
    await tickets.upsert([aTicket({ id: 't7' })]);
    sync.start();
    await clock.settle();
    expect(await sync.fetch('t7')).toEqual({ ok: false, fault: { kind: 'conflict', reason: 'gone' } });
    expect(tickets.get('t7')).toBeUndefined();
    expect(desk.calls).toContain('get t7');
    await sync.stop();
  });
});

describe('the pace', () => {
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  it('stays within what a watching person and a board can bear', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('window' as const, 'background' as const),
        fc.boolean(),
        fc.nat(200),
        chance,
        (activity, pushing, failures, dice) => {
          const delay = pollDelay({ activity, pushing, failures }, () => dice);
          expect(delay).toBeGreaterThanOrEqual(5 * SECOND);
          expect(delay).toBeLessThanOrEqual(5.5 * MINUTE);
        },
      ),
    );
  });

  it('sleeps with the machine', () => {
    expect(pollDelay({ activity: 'asleep', pushing: false, failures: 3 }, () => 0)).toBeNull();
  });
});

describe('the reach', () => {
  const NOW = new Date('2026-03-02T08:00:00.000Z');
  it.each<[string, DeskFault | null, string]>([
    ['an answer', null, 'online'],
    ['no network', OFFLINE, 'offline'],
    ['the end of the session', { kind: 'authExpired' }, 'signedOut'],
    ['a refusal', { kind: 'rejected', message: '', fields: [] }, 'online'],
    ['a busy board', { kind: 'throttled', until: NOW.toISOString() }, 'online'],
    ['a board that fails', { kind: 'serverFault', status: 500 }, 'offline'],
    ['doubt', { kind: 'ambiguous', cause: 'reset' }, 'checking'],
  ])('after %s', (_name, contact, state) => {
    expect(reachAfter(CHECKING, contact, 'read', NOW).state).toBe(state);
  });

  it('stays signed out when the network goes', () => {
    expect(reachAfter({ state: 'signedOut', lastContactAt: null }, OFFLINE, 'read', NOW).state).toBe(
      'signedOut',
    );
  });

  it('remembers the last contact while offline', () => {
    const online = reachAfter(CHECKING, null, 'read', NOW);
    expect(reachAfter(online, OFFLINE, 'read', new Date(0))).toEqual({
      state: 'offline',
      lastContactAt: NOW.toISOString(),
    });
  });
});

describe('what is delivered', () => {
  const at = '2026-03-02T08:00:00.000Z';
  const delivered = (over: object) =>
    outboxItem({
      ref: OTHER_REF,
      state: { kind: 'delivered', at, receipt: { ticketId: 't-1', ticketNumber: '1' } },
      ...over,
    });
  const now = new Date('2026-03-02T08:00:10.000Z');
  const later = new Date('2026-03-10T08:00:00.000Z');

  it('keeps a create until its ticket is here', () => {
    expect(keepDelivered(delivered({}), { ticket: undefined, fetchedAt: undefined }, now)).toBe(true);
    expect(keepDelivered(delivered({}), { ticket: aTicket({ id: 't1' }), fetchedAt: undefined }, now)).toBe(
      false,
    );
  });

  it('keeps other writes until the ticket was fetched after them', () => {
    const rate = delivered({
      write: {
        kind: 'rate',
        target: { kind: 'board', id: 't-1' },
        answers: { overall: 5, time: 5, quality: 5, process: 5, people: 5 },
        comment: '',
      },
    });
    expect(keepDelivered(rate, { ticket: aTicket({ id: 't1' }), fetchedAt: Date.parse(at) - 1 }, now)).toBe(
      true,
    );
    expect(keepDelivered(rate, { ticket: aTicket({ id: 't1' }), fetchedAt: Date.parse(at) }, now)).toBe(
      false,
    );
  });

  it('keeps nothing for ever, and nothing undelivered is touched', () => {
    expect(keepDelivered(delivered({}), { ticket: undefined, fetchedAt: undefined }, later)).toBe(false);
    expect(keepDelivered(outboxItem(), { ticket: undefined, fetchedAt: undefined }, later)).toBe(true);
  });
});
