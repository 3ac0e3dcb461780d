import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFacts } from '../../../src-main/tickets/facts';
import { createTickets } from '../../../src-main/tickets/tickets';
import type { TicketsChange } from '../../../src-main/tickets/tickets.types';
import { createMemoryDisk, type MemoryDisk } from '../../support/memory-documents';
import { quietLog } from '../../support/quiet-log';
import { anAgreement, aTicket, ownMessage, REF, staffMessage, stepAt } from '../domain/builders';

const clock = { now: () => new Date('2026-03-02T16:00:00.000Z'), after: () => () => undefined };

async function open(disk: MemoryDisk = createMemoryDisk()) {
  const log = quietLog();
  const tickets = createTickets({ documents: disk.documents, clock, log });
  await tickets.load();
  const changes: TicketsChange[] = [];
  tickets.onChange((change) => changes.push(change));
  return { disk, tickets, changes, log };
}

describe('the ticket cache', () => {
  it('gives back after a restart what it was given', async () => {
    const { disk, tickets } = await open();
    await tickets.upsert([aTicket({ ref: REF }), aTicket({ id: 't-2' })]);
    await tickets.setCursor('c1');
    await tickets.confirm();
    await tickets.dismissSurvey('t-2');
    const { tickets: again } = await open(disk);
    expect(again.get('t-2')).toEqual(aTicket({ id: 't-2' }));
    expect(again.findByRef(REF)?.id).toBe('t-1');
    expect(again.cursor()).toBe('c1');
    expect(again.syncedAt()).toBe('2026-03-02T16:00:00.000Z');
    expect(again.dismissedSurveys()).toEqual(['t-2']);
  });

  it('lists rows, latest change first', async () => {
    const { tickets } = await open();
    await tickets.upsert([
      aTicket({ id: 'old', updatedAt: '2026-03-01T00:00:00.000Z' }),
      aTicket({ id: 'new' }),
    ]);
    expect(tickets.list().map(({ id }) => id)).toEqual(['new', 'old']);
    expect(tickets.list()[0]).not.toHaveProperty('messages');
  });

  it('tells before and after of what really changed, and nothing else', async () => {
    const { tickets, changes } = await open();
    const before = aTicket();
    const after = aTicket({ statusLabel: 'In progress' });
    await tickets.upsert([before]);
    expect(await tickets.upsert([before])).toEqual([]);
    expect(await tickets.upsert([after])).toEqual([{ before, after }]);
    expect(changes.map(({ upserted }) => upserted.length)).toEqual([1, 1]);
  });

  it('is not set back by an answer that was overtaken', async () => {
    const { tickets } = await open();
    await tickets.upsert([aTicket({ statusLabel: 'new', updatedAt: '2026-03-02T15:00:00.000Z' })]);
    expect(
      await tickets.upsert([aTicket({ statusLabel: 'old', updatedAt: '2026-03-02T14:59:59.999Z' })]),
    ).toEqual([]);
    expect(tickets.get('t-1')?.statusLabel).toBe('new');
  });

  it('keeps tickets apart whose ids differ only in case or in signs', async () => {
    const { disk, tickets } = await open();
    const ids = ['a', 'A', 'a/b', 'a\\b', '..', 'ü', '\u0000'];
    await tickets.upsert(ids.map((id) => aTicket({ id })));
    const { tickets: again } = await open(disk);
    expect(
      again
        .list()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...ids].sort());
    expect([...disk.texts('tickets').keys()].every((name) => /^[0-9a-f]{64}$/.test(name))).toBe(true);
  });

  it('lists everything again after some of it could not be read', async () => {
    const { disk, tickets } = await open();
    await tickets.upsert([aTicket()]);
    await tickets.setCursor('c1');
    const damaged: MemoryDisk['documents'] = (folder, schema) => {
      const real = disk.documents(folder, schema);
      return folder === 'tickets'
        ? { ...real, loadAll: async () => ({ documents: new Map(), quarantined: 1 }) }
        : real;
    };
    const again = createTickets({ documents: damaged, clock, log: quietLog() });
    expect(await again.load()).toEqual({ quarantined: 1 });
    expect(again.cursor()).toBeNull();
    expect((await open(disk)).tickets.cursor()).toBeNull();
  });

  it('shows what a full disk does not take, and does not count it as stored', async () => {
    const { disk, tickets, log } = await open();
    await tickets.setCursor('c1');
    disk.failWith('diskFull');
    expect(await tickets.upsert([aTicket()])).toHaveLength(1);
    disk.failWith(null);
    await tickets.upsert([aTicket({ id: 't-2' })]);
    expect(tickets.get('t-1')).toBeDefined();
    expect(log.events).toContain('tickets.notStored');
    expect((await open(disk)).tickets.get('t-1')).toBeUndefined();
    expect((await open(disk)).tickets.cursor()).toBe('c1');
    await tickets.setCursor('c2');
    expect((await open(disk)).tickets.get('t-1')).toBeDefined();
    expect((await open(disk)).tickets.cursor()).toBe('c2');
  });

  it('never stores a cursor before its tickets, whenever it crashes', async () => {
    const { disk, tickets } = await open();
    for (let page = 1; page <= 5; page += 1) {
      const running = tickets
        .upsert([aTicket({ id: `t-${page}` })])
        .then(() => tickets.setCursor(String(page)));
      for (let turn = 0; turn < 60; turn += 1) {
        const { tickets: crashed } = await open(disk);
        expect(crashed.list().length).toBeGreaterThanOrEqual(Number(crashed.cursor() ?? 0));
      }
      await running;
    }
  });

  it('forgets a ticket with everything about it', async () => {
    const { disk, tickets, changes } = await open();
    await tickets.upsert([aTicket()]);
    await tickets.dismissSurvey('t-1');
    await tickets.remove('t-1');
    expect(changes.at(-1)).toEqual({ upserted: [], removed: ['t-1'] });
    const { tickets: again } = await open(disk);
    expect([again.list(), again.dismissedSurveys()]).toEqual([[], []]);
  });

  it('forgets an account', async () => {
    const { disk, tickets } = await open();
    await tickets.upsert([aTicket(), aTicket({ id: 't-2' })]);
    await tickets.setCursor('c1');
    await tickets.clear();
    const { tickets: again } = await open(disk);
    expect([again.list(), again.cursor(), again.syncedAt()]).toEqual([[], null, null]);
  });

  it('ends with the latest of each ticket, in whatever order and groups they come', async () => {
    const version = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      minute: fc.integer({ min: 0, max: 59 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(version, { maxLength: 4 }), { maxLength: 8 }), async (groups) => {
        const { tickets } = await open();
        const at = (minute: number) => `2026-03-02T15:${String(minute).padStart(2, '0')}:00.000Z`;
        // A board lists the same ticket twice in one page at most as old before new.
        const sorted = groups.map((group) => [...group].sort((a, b) => a.minute - b.minute));
        await Promise.all(
          sorted.map((group) =>
            tickets.upsert(group.map(({ id, minute }) => aTicket({ id, updatedAt: at(minute) }))),
          ),
        );
        for (const id of ['a', 'b', 'c']) {
          const minutes = groups
            .flat()
            .filter((one) => one.id === id)
            .map(({ minute }) => minute);
          expect(tickets.get(id)?.updatedAt).toBe(minutes.length > 0 ? at(Math.max(...minutes)) : undefined);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('news', () => {
  const working = aTicket({
    steps: [stepAt('created', '2026-03-02T14:00:00.000Z'), stepAt('working', '2026-03-02T15:00:00.000Z')],
    updatedAt: '2026-03-02T15:00:00.000Z',
  });

  it('is none at the first listing of an account', async () => {
    const { tickets } = await open();
    await tickets.upsert([working]);
    expect(tickets.unread()).toEqual([]);
  });

  it('is what the desk did since the ticket was opened, not what the user did', async () => {
    const { tickets, disk } = await open();
    await tickets.upsert([working]);
    await tickets.confirm();
    const own = {
      ...working,
      updatedAt: '2026-03-02T15:10:00.000Z',
      messages: [ownMessage('m1', '2026-03-02T15:10:00.000Z')],
    };
    await tickets.upsert([own]);
    expect(tickets.unread()).toEqual([]);
    const answered = {
      ...own,
      updatedAt: '2026-03-02T15:20:00.000Z',
      messages: [...own.messages, staffMessage('m2', '2026-03-02T15:20:00.000Z')],
    };
    await tickets.upsert([answered]);
    expect(tickets.unread()).toEqual(['t-1']);
    await tickets.markRead('t-1');
    expect(tickets.unread()).toEqual([]);
    expect((await open(disk)).tickets.unread()).toEqual([]);
  });
});

describe('the facts', () => {
  it('are there after a restart, and told only when they change', async () => {
    const disk = createMemoryDisk();
    const facts = createFacts({ documents: disk.documents, log: quietLog() });
    let told = 0;
    facts.onChange(() => (told += 1));
    await facts.load();
    await facts.setAgreement(anAgreement());
    await facts.setAgreement(anAgreement());
    expect(told).toBe(1);
    const again = createFacts({ documents: disk.documents, log: quietLog() });
    await again.load();
    expect(again.agreement()).toEqual(anAgreement());
  });

  it('are known although the disk is full', async () => {
    const disk = createMemoryDisk();
    const log = quietLog();
    const facts = createFacts({ documents: disk.documents, log });
    await facts.load();
    disk.failWith('diskFull');
    await facts.setAgreement(anAgreement());
    expect(facts.agreement()).toEqual(anAgreement());
    expect(log.events).toEqual(['facts.notStored']);
  });
});
