import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SENT_BY_EMAIL_KEPT_MS } from '@shared/domain/by-email';
import type { DeskFault } from '@shared/domain/fault';
import { createWrite, messageWrite, ref } from '../../support/samples';
import { createFakeDesk, type FakeDesk, type Trouble } from './support/fake-desk';
import { createManualClock, type ManualClock } from './support/manual-clock';
import { createWorld } from './support/world';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const RESET: DeskFault = { kind: 'ambiguous', cause: 'reset' };
const OFFLINE: DeskFault = { kind: 'offline', cause: 'unreachable' };
const MAILBOX = {
  idempotency: 'none',
  read: false,
  push: false,
  since: 'none',
  join: false,
  rating: 'none',
} as const;
const mailbox = (clock: ManualClock): FakeDesk => createFakeDesk(clock, MAILBOX);

const certain = fc.constantFrom<DeskFault>(
  OFFLINE,
  { kind: 'serverFault', status: 451 },
  { kind: 'throttled', until: '2026-03-02T08:20:00.000Z' },
);
const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  certain.map((fault) => ({ fault })),
  fc.boolean().map((committed) => ({ fault: RESET, committed })),
);

/** How a life of Deskbell ends: in order, or in the middle of sending, when the other side may have got it. */
const ENDS = ['quit', 'killed', 'killedTooLate'] as const;
const anEnd = fc.constantFrom(...ENDS);

/** One life: a clock that stops with it, so that nothing of it goes on in the next. */
function createLife(clock: ManualClock) {
  let isOver = false;
  const mortal: ManualClock = {
    ...clock,
    after: (ms, callback) => clock.after(ms, () => (isOver ? undefined : callback())),
  };
  return { clock: mortal, end: () => void (isOver = true) };
}

/** Ends it in the middle: what is being sent hangs for ever. `killedTooLate`: by e-mail it has arrived all the same. */
async function kill(
  { outbox }: Awaited<ReturnType<typeof createWorld>>,
  clock: ManualClock,
  [board, mail]: readonly [FakeDesk, FakeDesk],
  end: (typeof ENDS)[number],
): Promise<void> {
  const [hangs, flows] = [new Promise<void>(() => undefined), board.gate];
  for (const desk of [board, mail]) desk.gate = hangs;
  await outbox.wake();
  await clock.advance(MINUTE);
  for (const desk of [board, mail]) desk.gate = flows;
  if (end !== 'killedTooLate') return;
  for (const { ref: id, lane, state } of outbox.items())
    if (state.kind === 'sending' && (board === mail || outbox.get(lane)?.via === 'email'))
      mail.carriedOut.set(id, (mail.carriedOut.get(id) ?? 0) + 1);
}

describe('a desk that is a mailbox', () => {
  it('gets everything once, or it is left to the user, through any faults and restarts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }),
        fc.array(trouble, { maxLength: 8 }),
        fc.array(fc.record({ life: fc.nat(10 * MINUTE), end: anEnd }), { maxLength: 4 }),
        async (messages, troubles, lives) => {
          const clock = createManualClock();
          const desk = mailbox(clock);
          let life = createLife(clock);
          let world = await createWorld({ desk, clock: life.clock });
          desk.writeTroubles.push(...troubles);
          const refs: string[] = [];
          for (const count of messages) {
            const create = ref();
            refs.push(create);
            await world.outbox.submit(create, create, createWrite());
            for (let at = 0; at < count; at += 1) {
              refs.push(ref());
              const write = messageWrite({ kind: 'outbox', ref: create }, String(at));
              await world.outbox.submit(refs.at(-1) ?? '', create, write);
            }
          }
          world.sync.start();
          for (const { life: length, end } of lives) {
            await clock.advance(length);
            if (end === 'quit') await world.sync.stop();
            else await kill(world, clock, [desk, desk], end);
            life.end();
            life = createLife(clock);
            world = await createWorld({ disk: world.disk, desk, clock: life.clock });
            world.sync.start();
          }
          await clock.advance(DAY);
          await world.sync.stop();
          for (const id of refs) {
            const state = world.outbox.get(id)?.state;
            const arrived = desk.carriedOut.get(id) ?? 0;
            expect(arrived).toBeLessThanOrEqual(1);
            if (state?.kind === 'delivered') expect(arrived).toBe(1);
            else if (state?.kind === 'needsAttention') expect(state.fault.kind).toBe('ambiguous');
            // What waits behind what is left open.
            else expect(state).toMatchObject({ kind: 'held', reason: 'aheadInLane' });
          }
        },
      ),
      { numRuns: 80 },
    );
  }, 60_000);

  it('leaves what is in doubt to the user at once', async () => {
    const { clock, desk, outbox, sync } = await createWorld({ capabilities: MAILBOX });
    desk.writeTroubles.push({ fault: { kind: 'ambiguous', cause: 'timeout' } });
    const id = ref();
    await outbox.submit(id, id, createWrite());
    sync.start();
    await clock.settle();
    expect(outbox.get(id)?.state).toMatchObject({ kind: 'needsAttention', fault: { cause: 'timeout' } });
    await sync.stop();
  });

  it('is not sent anything again that was being sent when Deskbell ended, with or without a network', async () => {
    const first = await createWorld({ capabilities: MAILBOX });
    const id = ref();
    await first.outbox.submit(id, id, createWrite());
    await first.outbox.markSending(id);
    const again = await createWorld({ disk: first.disk, capabilities: MAILBOX, online: false });
    again.sync.start();
    await again.clock.settle();
    expect(again.outbox.get(id)?.state).toMatchObject({
      kind: 'needsAttention',
      fault: { kind: 'ambiguous' },
    });
    again.network.set(true);
    await again.clock.advance(DAY);
    expect(again.desk.calls).toEqual([]);
    await again.sync.stop();
  });

  it.each([
    ['sendAgain', 1],
    ['markArrived', 0],
  ] as const)('goes on as the user decides: %s', async (decision, sends) => {
    const { clock, desk, outbox, sync, stateOf } = await createWorld({ capabilities: MAILBOX });
    desk.writeTroubles.push({ fault: RESET });
    const [create, message] = [ref(), ref()];
    await outbox.submit(create, create, createWrite());
    await outbox.submit(message, create, messageWrite({ kind: 'outbox', ref: create }));
    sync.start();
    await clock.advance(DAY);
    expect([stateOf(create), stateOf(message)]).toEqual(['needsAttention', 'held']);
    expect((await outbox.sendNow(create)).ok).toBe(true);
    await clock.advance(DAY);
    expect([stateOf(create), desk.calls.filter((call) => call.startsWith('create'))]).toEqual([
      'needsAttention',
      [`create ${create}`],
    ]);
    desk.tickets.set(create, { ...[...desk.tickets.values()][0], id: create, messages: [] } as never);
    expect((await outbox[decision](create)).ok).toBe(true);
    await clock.advance(MINUTE);
    expect(outbox.get(create)?.state).toMatchObject({ kind: 'delivered', receipt: { via: 'email' } });
    expect(desk.carriedOut.get(create) ?? 0).toBe(sends);
    expect(desk.carriedOut.get(message)).toBe(1);
    await sync.stop();
  });

  it('is only asked whether it lets the user in', async () => {
    const { clock, desk, reaches, sync } = await createWorld({ capabilities: MAILBOX });
    desk.readTroubles.push(OFFLINE, OFFLINE);
    sync.start();
    await clock.settle();
    expect(reaches).toEqual(['offline']);
    await clock.advance(10 * MINUTE);
    expect(reaches).toEqual(['offline', 'online']);
    const asked = clock.pending();
    await clock.advance(DAY);
    expect(desk.calls).toEqual([]);
    expect(clock.pending()).toBe(asked);
    await sync.stop();
  });

  it('leaves what was sent in the list for 90 days after the last of it', async () => {
    const first = await createWorld({ capabilities: MAILBOX });
    const [create, message] = [ref(), ref()];
    await first.outbox.submit(create, create, createWrite());
    first.sync.start();
    await first.clock.advance(30 * DAY);
    first.desk.tickets.set('t1', first.desk.tickets.get('t1') as never);
    await first.outbox.submit(message, create, messageWrite({ kind: 'outbox', ref: create }));
    await first.clock.advance(MINUTE);
    await first.sync.stop();
    const look = async (): Promise<readonly string[]> => {
      const world = await createWorld({ disk: first.disk, desk: first.desk, clock: first.clock });
      world.sync.start();
      await world.clock.settle();
      await world.sync.stop();
      return world.outbox.items().map(({ ref: id }) => id);
    };
    await first.clock.advance(SENT_BY_EMAIL_KEPT_MS - 10 * MINUTE);
    expect(await look()).toEqual([create, message]);
    await first.clock.advance(20 * MINUTE);
    expect(await look()).toEqual([]);
  });
});

describe('e-mail as the way around a board', () => {
  async function away() {
    const clock = createManualClock();
    const mail = mailbox(clock);
    const world = await createWorld({ clock, mail });
    const create = ref();
    world.desk.writeTroubles.push(...Array.from({ length: 500 }, () => ({ fault: OFFLINE })));
    await world.outbox.submit(create, create, createWrite());
    world.sync.start();
    await clock.advance(20 * MINUTE);
    return { ...world, mail, create };
  }

  it('takes a ticket with all that is written for it, and the board never gets it', async () => {
    const { clock, desk, mail, outbox, sync, disk, create } = await away();
    const message = ref();
    await outbox.submit(message, create, messageWrite({ kind: 'outbox', ref: create }, 'And it smokes'));
    expect((await outbox.sendByEmail(create)).ok).toBe(true);
    await clock.advance(MINUTE);
    expect([mail.carriedOut.get(create), mail.carriedOut.get(message)]).toEqual([1, 1]);
    await sync.stop();
    desk.writeTroubles.length = 0;
    const back = await createWorld({ disk, desk, clock, mail });
    back.sync.start();
    const later = ref();
    await back.outbox.submit(later, create, messageWrite({ kind: 'board', id: 't1' }, 'Any news?'));
    await clock.advance(DAY);
    expect(mail.carriedOut.get(later)).toBe(1);
    expect([...desk.carriedOut.keys()]).toEqual([]);
    expect(back.outbox.items().map(({ state }) => state.kind)).toEqual([
      'delivered',
      'delivered',
      'delivered',
    ]);
    await back.sync.stop();
  });

  it('is not a way for what may be at the board, nor for what is there', async () => {
    const { desk, outbox, create, sync, clock } = await away();
    desk.writeTroubles.splice(0, Infinity, { fault: RESET, committed: true });
    desk.lookUpTroubles.push(...Array.from({ length: 100 }, () => OFFLINE));
    await outbox.sendNow(create);
    await clock.settle();
    expect(outbox.get(create)?.state).toMatchObject({ kind: 'queued', lastFault: { kind: 'ambiguous' } });
    expect(await outbox.sendByEmail(create)).toEqual({ ok: false, fault: { kind: 'tooLate' } });
    const message = ref();
    await outbox.submit(message, 'id:t9', messageWrite({ kind: 'board', id: 't9' }));
    expect((await outbox.sendByEmail(message)).ok).toBe(false);
    await sync.stop();
  });

  it('goes on while the user is signed out at the board', async () => {
    const { clock, desk, mail, outbox, sync, create, reaches } = await away();
    desk.readTroubles.push(...Array.from({ length: 50 }, (): DeskFault => ({ kind: 'authExpired' })));
    await sync.refresh();
    expect(reaches.at(-1)).toBe('signedOut');
    await outbox.sendByEmail(create);
    await clock.advance(MINUTE);
    expect(mail.carriedOut.get(create)).toBe(1);
    await sync.stop();
  });

  it('needs the user when the mail server does not let them in, and leaves the board alone', async () => {
    const { clock, desk, mail, outbox, sync, create, reaches } = await away();
    mail.writeTroubles.push({ fault: { kind: 'authExpired' } });
    await outbox.sendByEmail(create);
    await clock.advance(MINUTE);
    expect(outbox.get(create)?.state).toMatchObject({
      kind: 'needsAttention',
      fault: { kind: 'authExpired' },
    });
    expect(reaches).not.toContain('signedOut');
    await outbox.sendNow(create);
    await clock.advance(MINUTE);
    expect([mail.carriedOut.get(create), desk.carriedOut.size]).toEqual([1, 0]);
    await sync.stop();
  });

  it('needs the user when it is not set up any more', async () => {
    const { outbox, disk, sync, create } = await away();
    await outbox.sendByEmail(create);
    await sync.stop();
    const world = await createWorld({ disk });
    world.sync.start();
    await world.clock.settle();
    expect(world.outbox.get(create)?.state.kind).toMatch(/delivered|needsAttention/);
    expect(world.desk.calls.filter((call) => call.startsWith('create'))).toEqual([]);
    await world.sync.stop();
  });

  it('waits by itself: a mail server that is busy holds up no board', async () => {
    const { clock, desk, mail, outbox, sync, create } = await away();
    desk.writeTroubles.length = 0;
    mail.writeTroubles.push({ fault: { kind: 'throttled', until: '2026-03-02T12:00:00.000Z' } });
    await outbox.sendByEmail(create);
    await clock.settle();
    const other = ref();
    await outbox.submit(other, other, createWrite('Something else'));
    await clock.advance(MINUTE);
    expect([desk.carriedOut.get(other), mail.carriedOut.get(create)]).toEqual([1, undefined]);
    await clock.advance(DAY);
    expect(mail.carriedOut.get(create)).toBe(1);
    await sync.stop();
  });

  it('makes no second ticket, whenever it is chosen, whatever fails, and however often Deskbell is started', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(trouble, { maxLength: 8 }),
        fc.array(trouble, { maxLength: 4 }),
        fc.array(fc.record({ length: fc.nat(10 * MINUTE), choice: fc.nat(5), end: anEnd }), { maxLength: 5 }),
        async (boardTroubles, mailTroubles, lives) => {
          const clock = createManualClock();
          const [desk, mail] = [createFakeDesk(clock), mailbox(clock)];
          let life = createLife(clock);
          let world = await createWorld({ clock: life.clock, desk, mail });
          const { disk } = world;
          desk.writeTroubles.push(...boardTroubles);
          mail.writeTroubles.push(...mailTroubles);
          const refs: string[] = [];
          for (let at = 0; at < 3; at += 1) {
            const create = ref();
            const message = ref();
            refs.push(create, message);
            await world.outbox.submit(create, create, createWrite(String(at)));
            await world.outbox.submit(message, create, messageWrite({ kind: 'outbox', ref: create }));
          }
          world.sync.start();
          for (const { length, choice, end } of lives) {
            await clock.advance(length);
            await world.outbox.sendByEmail(refs[choice] ?? '');
            await clock.advance(length / 10);
            if (end === 'quit') await world.sync.stop();
            else await kill(world, clock, [desk, mail], end);
            life.end();
            life = createLife(clock);
            world = await createWorld({ disk, desk, clock: life.clock, mail });
            world.sync.start();
          }
          await clock.advance(DAY);
          await world.sync.stop();
          for (const id of refs) {
            const [atBoard, byMail] = [desk.carriedOut.get(id) ?? 0, mail.carriedOut.get(id) ?? 0];
            expect(atBoard + byMail).toBeLessThanOrEqual(1);
            const state = world.outbox.get(id)?.state;
            const isLeft = state?.kind === 'needsAttention' || state?.kind === 'held';
            if (!isLeft) expect(atBoard + byMail).toBe(1);
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});
