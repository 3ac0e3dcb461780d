import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeskFault } from '@shared/domain/fault';
import { ItemStateSchema, type ItemState, type OutboxItem } from '@shared/domain/outbox';
import * as rules from '@shared/domain/outbox-rules';
import { MAX_RETRY_MS } from '@shared/domain/retry';
import { createWrite, messageWrite, outboxItem, rateWrite } from '../../support/samples';

const NOW = new Date('2026-03-02T08:42:00.000Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
const iso = (ms: number) => later(ms).toISOString();
const half = () => 0.5;
const queued = (over: Partial<Extract<ItemState, { kind: 'queued' }>> = {}): ItemState => ({
  kind: 'queued',
  attempts: 0,
  notBefore: null,
  lastFault: null,
  ...over,
});
const sending = (over: Partial<Extract<ItemState, { kind: 'sending' }>> = {}): ItemState => ({
  kind: 'sending',
  attempts: 2,
  startedAt: iso(-1000),
  lastFault: null,
  ...over,
});
const failed = (fault: DeskFault): rules.Outcome => ({ kind: 'failed', fault });
const AMBIGUOUS: DeskFault = { kind: 'ambiguous', cause: 'reset' };
const OFFLINE: DeskFault = { kind: 'offline', cause: 'unreachable' };
const REJECTED: DeskFault = { kind: 'rejected', message: 'Too long', fields: [] };
const needsAttention = (fault: DeskFault = REJECTED): ItemState => ({
  kind: 'needsAttention',
  fault,
  attempts: 1,
});
const DELIVERED: ItemState = {
  kind: 'delivered',
  at: iso(0),
  receipt: { ticketId: '7', ticketNumber: '4127' },
};

const anyFault: fc.Arbitrary<DeskFault> = fc.oneof(
  fc.constantFrom<DeskFault>(
    OFFLINE,
    AMBIGUOUS,
    { kind: 'authExpired' },
    REJECTED,
    { kind: 'serverFault', status: 503 },
    { kind: 'conflict', reason: 'stale' },
    { kind: 'conflict', reason: 'closed' },
    { kind: 'conflict', reason: 'duplicate' },
    { kind: 'conflict', reason: 'gone' },
  ),
  fc.integer({ min: -1e9, max: 1e12 }).map((ms): DeskFault => ({ kind: 'throttled', until: iso(ms) })),
);
const anyLastFault = fc.option(anyFault, { nil: null });
const anyState: fc.Arbitrary<ItemState> = fc.oneof(
  fc.record({ attempts: fc.nat(50), lastFault: anyLastFault }).map((over) => queued(over)),
  fc
    .record({ attempts: fc.nat(50), lastFault: anyLastFault, wait: fc.integer({ min: -1e6, max: 1e6 }) })
    .map(({ wait, ...over }) => queued({ ...over, notBefore: iso(wait) })),
  fc.record({ attempts: fc.nat(50), lastFault: anyLastFault }).map((over) => sending(over)),
  anyFault.map(needsAttention),
  anyLastFault.map((lastFault): ItemState => ({ kind: 'held', reason: 'signedOut', attempts: 3, lastFault })),
  fc.constant(DELIVERED),
);

describe('send now', () => {
  const held = (reason: 'signedOut' | 'aheadInLane'): ItemState => ({
    kind: 'held',
    reason,
    attempts: 0,
    lastFault: null,
  });
  it.each<[boolean, string, ItemState]>([
    [true, 'what waits', queued()],
    [true, 'what waits for the user to sign in', held('signedOut')],
    [true, 'what failed on the way', needsAttention({ kind: 'serverFault', status: 500 })],
    [true, 'what met a newer ticket', needsAttention({ kind: 'conflict', reason: 'stale' })],
    [false, 'what was refused as it is', needsAttention()],
    [false, 'what came after the end', needsAttention({ kind: 'conflict', reason: 'closed' })],
    [false, 'what has no ticket any more', needsAttention({ kind: 'conflict', reason: 'gone' })],
    [false, 'what another one holds up', held('aheadInLane')],
    [false, 'what is leaving', sending()],
    [false, 'what has left', DELIVERED],
  ])('%s: %s', (can, _, state) => {
    expect(rules.canSendNow({ state })).toBe(can);
    if (can) expect(rules.sentNow(state)).not.toBeNull();
  });
});

describe('what becomes of an item after an attempt', () => {
  it('delivered is the end, whatever is said later', () => {
    fc.assert(
      fc.property(anyState, anyFault, (state, fault) => {
        const receipt = { ticketId: '7', ticketNumber: '4127' };
        const done = rules.settle(state, { kind: 'delivered', receipt }, NOW, half);
        expect(done.kind).toBe('delivered');
        expect(rules.settle(done, failed(fault), NOW, half)).toBe(done);
      }),
    );
  });

  it.each<[string, DeskFault]>([
    ['offline', OFFLINE],
    ['a fault of the server', { kind: 'serverFault', status: 503 }],
    ['an unknown outcome', AMBIGUOUS],
  ])('%s: waits a while and remembers why', (_what, fault) => {
    const state = rules.settle(sending(), failed(fault), NOW, half);
    expect(state).toMatchObject({ kind: 'queued', attempts: 3, lastFault: fault });
    expect(rules.headsDue([outboxItem({ state })], NOW)).toEqual([]);
    expect(rules.headsDue([outboxItem({ state })], later(MAX_RETRY_MS))).toHaveLength(1);
  });

  it('the end of the session holds it and uses up no attempt', () => {
    const state = rules.settle(sending(), failed({ kind: 'authExpired' }), NOW, half);
    expect(state).toMatchObject({ kind: 'held', reason: 'signedOut', attempts: 2 });
  });

  it('a board that asks to wait is obeyed, within a second and a day', () => {
    const until = (ms: number) =>
      rules.settle(sending(), failed({ kind: 'throttled', until: iso(ms) }), NOW, half);
    expect(until(90_000)).toMatchObject({ kind: 'queued', attempts: 2, notBefore: iso(90_000) });
    expect(until(-5)).toMatchObject({ notBefore: iso(1000) });
    expect(until(1e12)).toMatchObject({ notBefore: iso(rules.MAX_THROTTLE_MS) });
  });

  it.each<DeskFault>([
    REJECTED,
    { kind: 'conflict', reason: 'stale' },
    { kind: 'conflict', reason: 'closed' },
    { kind: 'conflict', reason: 'gone' },
  ])('%j needs the user', (fault) => {
    expect(rules.settle(sending(), failed(fault), NOW, half)).toEqual({
      kind: 'needsAttention',
      fault,
      attempts: 3,
    });
  });

  it('a duplicate is looked up once, and needs the user if that told nothing', () => {
    const duplicate = failed({ kind: 'conflict', reason: 'duplicate' });
    const first = rules.settle(sending(), duplicate, NOW, half);
    expect(first).toMatchObject({ kind: 'queued', lastFault: { kind: 'ambiguous' } });
    if (first.kind !== 'queued') throw new Error('queued');
    expect(rules.settle(rules.sending(first, NOW), duplicate, NOW, half).kind).toBe('needsAttention');
  });

  it('stays ambiguous until the board has it or refuses it, whatever else goes wrong', () => {
    fc.assert(
      fc.property(fc.array(anyFault, { maxLength: 8 }), (faults) => {
        let state = rules.settle(sending(), failed(AMBIGUOUS), NOW, half);
        for (const fault of faults) {
          if (state.kind === 'needsAttention') break;
          const taken = state.kind === 'queued' ? rules.sending(state, NOW) : state;
          state = rules.woken(rules.settle(taken, failed(fault), NOW, half));
        }
        if (state.kind !== 'needsAttention') expect(rules.mayHaveArrived(state)).toBe(true);
      }),
    );
  });

  it('is always a state that can be stored, never a hidden end, and never uses up attempts for nothing', () => {
    fc.assert(
      fc.property(anyState, anyFault, (state, fault) => {
        const next = rules.settle(state, failed(fault), NOW, half);
        expect(ItemStateSchema.parse(next)).toEqual(next);
        expect(next.kind === 'delivered').toBe(state.kind === 'delivered');
        if (state.kind === 'delivered' || next.kind === 'delivered') return;
        const free = fault.kind === 'authExpired' || fault.kind === 'throttled';
        expect(next.attempts).toBe(state.attempts + (free ? 0 : 1));
      }),
    );
  });
});

describe('a start, a wake-up and "send now"', () => {
  it('read back what was being sent as ambiguous, due at once', () => {
    expect(rules.recovered(sending())).toMatchObject({ kind: 'queued', attempts: 2, notBefore: null });
    expect(rules.mayHaveArrived(rules.recovered(sending()))).toBe(true);
  });

  it('change nothing when done twice', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const [recovered, woken] = [rules.recovered(state), rules.woken(state)];
        expect(rules.recovered(recovered)).toBe(recovered);
        expect(rules.woken(woken)).toBe(woken);
      }),
    );
  });

  it('end every wait but the one a board asked for', () => {
    expect(rules.woken(queued({ notBefore: iso(60_000), lastFault: OFFLINE }))).toMatchObject({
      notBefore: null,
    });
    const asked = queued({ notBefore: iso(60_000), lastFault: { kind: 'throttled', until: iso(60_000) } });
    expect(rules.woken(asked)).toBe(asked);
    expect(rules.sentNow(asked)).toMatchObject({ notBefore: null });
  });

  it('queue again what was signed out, and still look up what was ambiguous', () => {
    const held: ItemState = { kind: 'held', reason: 'signedOut', attempts: 4, lastFault: AMBIGUOUS };
    expect(rules.woken(held)).toEqual(queued({ attempts: 4, lastFault: AMBIGUOUS }));
  });

  it('never forget that something may have arrived', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        for (const next of [rules.woken(state), rules.recovered(state), rules.sentNow(state)]) {
          if (next && rules.mayHaveArrived(state)) expect(rules.mayHaveArrived(next)).toBe(true);
        }
      }),
    );
  });

  it('give a refused item a new start, and leave alone what is leaving or has left', () => {
    expect(rules.sentNow(needsAttention())).toEqual(queued({ lastFault: REJECTED }));
    expect(rules.sentNow(sending())).toBeNull();
    expect(rules.sentNow(DELIVERED)).toBeNull();
  });
});

describe('which items leave next', () => {
  const anyItems = fc
    .array(fc.record({ lane: fc.constantFrom('a', 'b', 'c'), state: anyState, rate: fc.boolean() }), {
      maxLength: 12,
    })
    .map((all) =>
      all.map(({ lane, state, rate }, sequence): OutboxItem => {
        const target = { kind: 'board', id: lane } as const;
        return outboxItem({ lane, state, sequence, write: rate ? rateWrite(target) : messageWrite(target) });
      }),
    );

  it('at most one of a lane, and nothing before it in its lane is undelivered but a refused survey', () => {
    fc.assert(
      fc.property(anyItems, (items) => {
        const due = rules.headsDue(items, NOW);
        expect(new Set(due.map(({ lane }) => lane)).size).toBe(due.length);
        for (const item of due) {
          expect(item.state.kind).toBe('queued');
          const before = items.filter((one) => one.lane === item.lane && one.sequence < item.sequence);
          for (const { state, write } of before) {
            if (state.kind !== 'delivered')
              expect([state.kind, write.kind]).toEqual(['needsAttention', 'rate']);
          }
        }
      }),
    );
  });

  it('lanes do not touch each other', () => {
    fc.assert(
      fc.property(anyItems, (items) => {
        const apart = ['a', 'b', 'c'].flatMap((lane) =>
          rules.headsDue(
            items.filter((item) => item.lane === lane),
            NOW,
          ),
        );
        const together = rules.headsDue(items, NOW);
        expect(new Set(together)).toEqual(new Set(apart));
        expect([...together].sort((x, y) => x.sequence - y.sequence)).toEqual(together);
      }),
    );
  });

  it('the next time is when something becomes due, and nothing does before', () => {
    fc.assert(
      fc.property(anyItems, (items) => {
        const next = rules.nextDue(items, NOW);
        if (next === null || next <= NOW) return;
        expect(rules.headsDue(items, next).length).toBeGreaterThan(rules.headsDue(items, NOW).length);
        expect(rules.headsDue(items, new Date(next.getTime() - 1))).toEqual(rules.headsDue(items, NOW));
      }),
    );
  });

  it('a refused create holds the rest of its lane and nobody else', () => {
    const create = outboxItem({ lane: 'a', sequence: 0, write: createWrite(), state: needsAttention() });
    const message = outboxItem({
      lane: 'a',
      sequence: 1,
      write: messageWrite({ kind: 'outbox', ref: create.ref }),
    });
    const other = outboxItem({ lane: 'b', sequence: 2 });
    const items = [create, message, other];
    expect(rules.headsDue(items, NOW)).toEqual([other]);
    expect(rules.aheadInLane(items)).toEqual(new Set([message.ref]));
    expect(rules.shownAhead(message).state).toMatchObject({ kind: 'held', reason: 'aheadInLane' });
  });

  it('a refused survey answer holds up nothing', () => {
    const target = { kind: 'board', id: '7' } as const;
    const rate = outboxItem({ lane: 'id:7', sequence: 0, write: rateWrite(target), state: needsAttention() });
    const message = outboxItem({ lane: 'id:7', sequence: 1, write: messageWrite(target) });
    expect(rules.headsDue([rate, message], NOW)).toEqual([message]);
    expect(rules.aheadInLane([rate, message])).toEqual(new Set());
  });

  it('a wait that only a wrong clock can have set does not last', () => {
    const state = queued({ notBefore: '2031-01-01T00:00:00.000Z', lastFault: OFFLINE });
    expect(rules.headsDue([outboxItem({ state })], NOW)).toHaveLength(1);
  });

  it('a create is needed as long as an undelivered write refers to it', () => {
    const create = outboxItem({ state: DELIVERED });
    const message = outboxItem({
      lane: create.lane,
      write: messageWrite({ kind: 'outbox', ref: create.ref }),
    });
    expect(rules.neededCreates([create, message])).toEqual(new Set([create.ref]));
    expect(rules.neededCreates([create, { ...message, state: DELIVERED }])).toEqual(new Set());
  });
});
