import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeskFault } from '@shared/domain/fault';
import { OutboxItemSchema, type OutboxItem } from '@shared/domain/outbox';
import * as rules from '@shared/domain/outbox-rules';
import { createOutbox } from '../../../src-main/outbox/outbox';
import type { Outbox } from '../../../src-main/outbox/outbox.types';
import { createMemoryDisk, type MemoryDisk } from '../../support/memory-documents';
import { quietLog } from '../../support/quiet-log';
import { createWrite, messageWrite, rateWrite, ref } from '../../support/samples';

/** What must hold, kept apart from how the outbox does it. */
interface Model {
  /** Accepted and not discarded, by ref. */
  readonly accepted: Map<string, { lane: string; order: number; rate: boolean }>;
  readonly delivered: Set<string>;
  /** Sent at least once with an unknown outcome and not known since: must be looked up first. */
  readonly unknown: Set<string>;
  /** The user decided that it goes by e-mail. */
  readonly byEmail: Set<string>;
  order: number;
}

interface Real {
  readonly disk: MemoryDisk;
  readonly clock: { time: number; now(): Date };
  outbox: Outbox;
}

const open = (disk: MemoryDisk, clock: Real['clock']): Outbox =>
  createOutbox({
    documents: disk.documents,
    spool: { has: () => Promise.resolve(true) },
    clock,
    random: Math.random,
    log: quietLog(),
  });

const LANES = ['id:1', 'id:2', 'id:3'];
const DISCARDABLE = ['queued', 'held', 'needsAttention'];
const pick = (outbox: Outbox, index: number): OutboxItem | undefined =>
  outbox.items()[index % Math.max(1, outbox.items().length)];

/** Holds after every command. */
function check(model: Model, { outbox, disk, clock }: Real): void {
  const items = outbox.items();
  // Nothing is lost, nothing appears by itself, and the order of acceptance stays.
  const inOrder = [...model.accepted].sort(([, a], [, b]) => a.order - b.order).map(([id]) => id);
  expect(items.map((item) => item.ref)).toEqual(inOrder);
  expect(new Set(items.map(({ sequence }) => sequence)).size).toBe(items.length);
  for (const item of items) {
    expect(item.state.kind === 'delivered').toBe(model.delivered.has(item.ref));
    // What may have arrived is known to be so until it is settled.
    if (model.unknown.has(item.ref)) expect(rules.mayHaveArrived(item.state)).toBe(true);
    expect(item.via === 'email').toBe(model.byEmail.has(item.ref));
  }
  // The disk tells the same story as memory.
  const stored = [...disk.texts('outbox').values()].map((text) => OutboxItemSchema.parse(JSON.parse(text)));
  expect(new Set(stored.map((item) => item.ref))).toEqual(new Set(inOrder));
  for (const { ref: id, state, via } of stored) {
    expect(via === 'email').toBe(model.byEmail.has(id));
    expect(state.kind === 'delivered').toBe(model.delivered.has(id));
    if (model.unknown.has(id)) expect(rules.mayHaveArrived(rules.recovered(state))).toBe(true);
  }
  // Of each lane at most the first that is open is due, and waiting lanes do not hold others.
  const due = outbox.due(clock.now());
  for (const lane of LANES) {
    const passed = ({ state, write }: OutboxItem) =>
      state.kind === 'delivered' || (state.kind === 'needsAttention' && write.kind === 'rate');
    const head = items.find((item) => item.lane === lane && !passed(item));
    const dueHere = due.filter((item) => item.lane === lane);
    const waits =
      head?.state.kind === 'queued' &&
      head.state.notBefore !== null &&
      Date.parse(head.state.notBefore) > clock.time;
    expect(dueHere.map((item) => item.ref)).toEqual(
      head?.state.kind === 'queued' && !waits ? [head.ref] : [],
    );
  }
}

type Command = fc.AsyncCommand<Model, Real>;
const command = (name: string, run: (model: Model, real: Real) => Promise<void>): Command => ({
  check: () => true,
  run: async (model, real) => {
    await run(model, real);
    check(model, real);
  },
  toString: () => name,
});

const submit = (lane: string, kind: 'create' | 'message' | 'rate', twice: boolean) =>
  command(`submit ${kind} to ${lane}`, async (model, { outbox }) => {
    const id = ref();
    const target = { kind: 'board', id: lane } as const;
    const write =
      kind === 'create' ? createWrite() : kind === 'message' ? messageWrite(target) : rateWrite(target);
    const answers = await Promise.all([...(twice ? [1, 2] : [1])].map(() => outbox.submit(id, lane, write)));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    model.accepted.set(id, { lane, order: model.order++, rate: kind === 'rate' });
  });

const send = (
  index: number,
  fault: DeskFault | null,
  diskFails: boolean,
  kind: 'failed' | 'needsUser' = 'failed',
) =>
  command(
    `send ${index}: ${fault?.kind ?? 'delivered'}, ${kind}${diskFails ? ', not noted' : ''}`,
    async (model, { outbox, clock, disk }) => {
      const due = outbox.due(clock.now());
      const item = due[index % Math.max(1, due.length)];
      if (!item) return;
      const taken = await outbox.markSending(item.ref);
      expect(taken.ok).toBe(true);
      if (model.unknown.has(item.ref) && taken.ok)
        expect('lastFault' in taken.value.state && taken.value.state.lastFault?.kind).toBe('ambiguous');
      disk.failWith(diskFails ? 'diskFull' : null);
      const settled = await outbox.settle(
        item.ref,
        fault ? { kind, fault } : { kind: 'delivered', receipt: { ticketId: '1', ticketNumber: '' } },
      );
      disk.failWith(null);
      expect(settled?.ref).toBe(item.ref);
      if (diskFails || fault?.kind === 'ambiguous') model.unknown.add(item.ref);
      else if (!fault) {
        model.delivered.add(item.ref);
        model.unknown.delete(item.ref);
      } else if (settled?.state.kind === 'needsAttention') model.unknown.delete(item.ref);
    },
  );

/** Sent by e-mail, and nobody can say whether it arrived. */
const leaveOpen = (index: number) => send(index, { kind: 'ambiguous', cause: 'reset' }, false, 'needsUser');

const decide = (index: number, decision: 'sendAgain' | 'markArrived' | 'sendByEmail') =>
  command(`${decision} ${index}`, async (model, { outbox }) => {
    const item = pick(outbox, index);
    if (!item) return;
    const { state, write, via } = item;
    const isOpen = state.kind === 'needsAttention' && state.fault.kind === 'ambiguous';
    const canGoByEmail =
      write.kind === 'create' &&
      via === undefined &&
      DISCARDABLE.includes(state.kind) &&
      !rules.mayHaveArrived(state);
    const decided = await outbox[decision](item.ref);
    expect(decided.ok).toBe(decision === 'sendByEmail' ? canGoByEmail : isOpen);
    if (!decided.ok) return;
    if (decision === 'sendByEmail') {
      expect(model.unknown.has(item.ref)).toBe(false);
      model.byEmail.add(item.ref);
    } else model.unknown.delete(item.ref);
    if (decision === 'markArrived') model.delivered.add(item.ref);
  });

const crash = (whileSending: boolean) =>
  command(whileSending ? 'crash while sending' : 'crash', async (model, real) => {
    const [item] = real.outbox.due(real.clock.now());
    if (whileSending && item) {
      await real.outbox.markSending(item.ref);
      model.unknown.add(item.ref);
    }
    real.outbox = open(real.disk, real.clock);
    expect(await real.outbox.load()).toEqual({ quarantined: 0 });
  });

const discard = (index: number, diskFails: boolean) =>
  command(`discard ${index}`, async (model, { outbox, disk }) => {
    const item = pick(outbox, index);
    if (!item) return;
    disk.failWith(diskFails ? 'noPermission' : null);
    const discarded = await outbox.discard(item.ref);
    disk.failWith(null);
    expect(discarded.ok).toBe(!diskFails && DISCARDABLE.includes(item.state.kind));
    if (!discarded.ok) return;
    model.accepted.delete(item.ref);
    model.unknown.delete(item.ref);
    model.byEmail.delete(item.ref);
  });

const sendNow = (index: number) =>
  command(`send now ${index}`, async (_model, { outbox }) => {
    const item = pick(outbox, index);
    if (!item) return;
    expect((await outbox.sendNow(item.ref)).ok).toBe(item.state.kind !== 'delivered');
  });

const wake = () =>
  command('wake', async (_model, { outbox }) => {
    await outbox.wake();
    for (const { state } of outbox.items()) {
      if (state.kind === 'queued' && state.notBefore !== null)
        expect(state.lastFault?.kind).toBe('throttled');
    }
  });

const pass = (ms: number) =>
  command(`wait ${ms} ms`, async (_model, { clock }) => {
    clock.time += ms;
  });

const refusedAtOnce = () =>
  command('submit to a full disk', async (_model, { outbox, disk }) => {
    disk.failWith('diskFull');
    const id = ref();
    expect((await outbox.submit(id, 'id:1', createWrite())).ok).toBe(false);
    disk.failWith(null);
  });

const anyFault = fc.oneof(
  fc.constantFrom<DeskFault>(
    { kind: 'offline', cause: 'noNetwork' },
    { kind: 'ambiguous', cause: 'timeout' },
    { kind: 'authExpired' },
    { kind: 'rejected', message: '', fields: [] },
    { kind: 'conflict', reason: 'closed' },
    { kind: 'conflict', reason: 'duplicate' },
    { kind: 'serverFault', status: null },
    { kind: 'throttled', until: '2026-03-02T09:00:00.000Z' },
  ),
);
const index = fc.nat(20);
const rarely = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);
const commands = [
  fc
    .tuple(
      fc.constantFrom(...LANES),
      fc.constantFrom('create' as const, 'message' as const, 'rate' as const),
      fc.boolean(),
    )
    .map((args) => submit(...args)),
  fc.tuple(index, fc.option(anyFault), rarely).map((args) => send(...args)),
  fc.tuple(index, fc.constant(null), fc.constant(false)).map((args) => send(...args)),
  fc.boolean().map(crash),
  fc.tuple(index, rarely).map((args) => discard(...args)),
  index.map(sendNow),
  index.map(leaveOpen),
  fc
    .tuple(index, fc.constantFrom('sendAgain' as const, 'markArrived' as const, 'sendByEmail' as const))
    .map((args) => decide(...args)),
  fc.constant(wake()),
  fc.integer({ min: 1, max: 2_000_000 }).map(pass),
  fc.constant(refusedAtOnce()),
];

describe('the outbox under any sequence of events', () => {
  it('loses nothing, keeps the order of each lane, and never forgets that something may have arrived', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { size: 'large', maxCommands: 60 }), async (sequence) => {
        const disk = createMemoryDisk();
        const clock = { time: Date.parse('2026-03-02T08:42:00.000Z'), now: () => new Date(clock.time) };
        const model: Model = {
          accepted: new Map(),
          delivered: new Set(),
          unknown: new Set(),
          byEmail: new Set(),
          order: 0,
        };
        await fc.asyncModelRun(() => ({ model, real: { disk, clock, outbox: open(disk, clock) } }), sequence);
      }),
      { numRuns: 200 },
    );
  });
});
