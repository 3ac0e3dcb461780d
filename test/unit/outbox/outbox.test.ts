import { describe, expect, it } from 'vitest';
import { emailReceipt } from '@shared/domain/by-email';
import type { DeskFault } from '@shared/domain/fault';
import type { OutboxItem, Write } from '@shared/domain/outbox';
import { createOutbox } from '../../../src-main/outbox/outbox';
import type { OutboxChange } from '../../../src-main/outbox/outbox.types';
import { createMemoryDisk } from '../../support/memory-documents';
import { quietLog } from '../../support/quiet-log';
import { createWrite, messageWrite, ref, spooledFile } from '../../support/samples';

const OFFLINE: DeskFault = { kind: 'offline', cause: 'unreachable' };
const REJECTED: DeskFault = { kind: 'rejected', message: 'No', fields: [] };
const RECEIPT = { ticketId: '7', ticketNumber: '4127' };
const NOTHING_STORED = { ok: false, fault: { kind: 'notStored', cause: 'diskFull' } };

function setUp() {
  const disk = createMemoryDisk();
  const clock = { time: Date.parse('2026-03-02T08:42:00.000Z'), now: () => new Date(clock.time) };
  const spooled = new Set<string>();
  const log = quietLog();
  const open = () => {
    const outbox = createOutbox({
      documents: disk.documents,
      spool: { has: (sha256) => Promise.resolve(spooled.has(sha256)) },
      clock,
      random: () => 0.5,
      log,
    });
    const changes: OutboxChange[] = [];
    outbox.onChange((change) => changes.push(change));
    return { outbox, changes };
  };
  return { disk, clock, spooled, log, open, ...open() };
}

type Setup = ReturnType<typeof setUp>;

async function submit(
  { outbox }: Pick<Setup, 'outbox'>,
  write: Write = createWrite(),
  lane?: string,
): Promise<OutboxItem> {
  const id = ref();
  const accepted = await outbox.submit(id, lane ?? id, write);
  if (!accepted.ok) throw new Error('not accepted');
  return accepted.value;
}

async function fail({ outbox }: Pick<Setup, 'outbox'>, item: OutboxItem, fault: DeskFault): Promise<void> {
  expect((await outbox.markSending(item.ref)).ok).toBe(true);
  await outbox.settle(item.ref, { kind: 'failed', fault });
}

async function deliver({ outbox }: Pick<Setup, 'outbox'>, item: OutboxItem): Promise<void> {
  expect((await outbox.markSending(item.ref)).ok).toBe(true);
  await outbox.settle(item.ref, { kind: 'delivered', receipt: RECEIPT });
}

describe('accepting', () => {
  it('is durable: after a restart everything accepted is there, in order, and numbers go on', async () => {
    const setup = setUp();
    const items = [await submit(setup), await submit(setup), await submit(setup)];
    const { outbox } = setup.open();
    expect(await outbox.load()).toEqual({ quarantined: 0 });
    expect(outbox.items()).toEqual(items);
    expect((await submit({ outbox })).sequence).toBe(3);
  });

  it('gives the first item for the same ref, also at the same moment, and stores nothing more', async () => {
    const { outbox, disk } = setUp();
    const id = ref();
    const answers = await Promise.all(
      [1, 2, 3].map((n) => outbox.submit(id, id, createWrite(`problem ${n}`))),
    );
    const late = await outbox.submit(id, 'another lane', createWrite('another problem'));
    expect(new Set([...answers, late].map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(outbox.items()).toHaveLength(1);
    expect(disk.writes()).toBe(1);
  });

  it('refuses with the reason when the disk is full, leaves nothing, and takes the same ref later', async () => {
    const { outbox, disk, changes } = setUp();
    const id = ref();
    await outbox.load();
    disk.failWith('diskFull');
    expect(await outbox.submit(id, id, createWrite())).toEqual(NOTHING_STORED);
    expect(outbox.items()).toEqual([]);
    expect(changes).toEqual([]);
    disk.failWith(null);
    expect((await outbox.submit(id, id, createWrite())).ok).toBe(true);
  });

  it('refuses when the stored items cannot be read, and works once they can', async () => {
    const { outbox, disk } = setUp();
    disk.failWith('noPermission');
    const id = ref();
    expect(await outbox.submit(id, id, createWrite())).toMatchObject({
      ok: false,
      fault: { cause: 'noPermission' },
    });
    disk.failWith(null);
    expect((await outbox.submit(id, id, createWrite())).ok).toBe(true);
  });

  it('refuses a write whose file is not in the spool', async () => {
    const { outbox, spooled } = setUp();
    const id = ref();
    const write = createWrite('See the picture', [spooledFile()]);
    expect(await outbox.submit(id, id, write)).toMatchObject({ ok: false, fault: { kind: 'notStored' } });
    spooled.add(spooledFile().sha256);
    expect((await outbox.submit(id, id, write)).ok).toBe(true);
  });

  it('tells about an item only when it is on disk', async () => {
    const { outbox, disk } = setUp();
    outbox.onChange(({ upserted }) => {
      for (const item of upserted) expect(disk.texts('outbox').get(item.ref)).toBe(JSON.stringify(item));
    });
    const id = ref();
    await outbox.submit(id, id, createWrite());
    await outbox.markSending(id);
    await outbox.settle(id, { kind: 'delivered', receipt: RECEIPT });
    expect.assertions(3);
  });
});

describe('sending', () => {
  it('takes items of one lane in order, and lanes on their own', async () => {
    const setup = setUp();
    const { outbox, clock } = setup;
    const create = await submit(setup);
    const message = await submit(setup, messageWrite({ kind: 'outbox', ref: create.ref }), create.lane);
    const other = await submit(setup);
    expect(outbox.due(clock.now())).toEqual([create, other]);
    expect(await outbox.markSending(message.ref)).toEqual({ ok: false, fault: { kind: 'tooLate' } });
    await deliver(setup, create);
    expect(outbox.due(clock.now()).map((item) => item.ref)).toEqual([message.ref, other.ref]);
  });

  it('waits after a failure until its time, and tells when that is', async () => {
    const setup = setUp();
    const { outbox, clock } = setup;
    const item = await submit(setup);
    expect(outbox.nextDueAt()).toBeNull();
    await fail(setup, item, OFFLINE);
    expect(outbox.due(clock.now())).toEqual([]);
    const at = outbox.nextDueAt();
    expect(at?.getTime()).toBeGreaterThan(clock.time);
    clock.time = at?.getTime() ?? 0;
    expect(outbox.due(clock.now())).toHaveLength(1);
  });

  it('is due at once after waking up, except where the board asked to wait', async () => {
    const setup = setUp();
    const { outbox, clock, changes } = setup;
    const items = [await submit(setup), await submit(setup), await submit(setup)];
    const [offline, throttled, signedOut] = items as [OutboxItem, OutboxItem, OutboxItem];
    await fail(setup, offline, OFFLINE);
    await fail(setup, throttled, { kind: 'throttled', until: new Date(clock.time + 60_000).toISOString() });
    await fail(setup, signedOut, { kind: 'authExpired' });
    changes.length = 0;
    await outbox.wake();
    expect(outbox.due(clock.now()).map(({ ref: id }) => id)).toEqual([offline.ref, signedOut.ref]);
    expect(changes).toHaveLength(1);
    expect(outbox.nextDueAt()).toEqual(new Date(clock.time + 60_000));
  });

  it('treats what was being sent when the program ended as ambiguous', async () => {
    const setup = setUp();
    const item = await submit(setup);
    await setup.outbox.markSending(item.ref);
    const { outbox } = setup.open();
    await outbox.load();
    expect(outbox.due(setup.clock.now())).toMatchObject([
      { ref: item.ref, state: { kind: 'queued', attempts: 0, lastFault: { kind: 'ambiguous' } } },
    ]);
  });

  it('does not begin when that cannot be noted, and is not asked again at once', async () => {
    const setup = setUp();
    const { outbox, disk, clock } = setup;
    const item = await submit(setup);
    disk.failWith('diskFull');
    expect(await outbox.markSending(item.ref)).toEqual(NOTHING_STORED);
    expect(outbox.due(clock.now())).toEqual([]);
    expect(outbox.nextDueAt()?.getTime()).toBeGreaterThan(clock.time);
    disk.failWith(null);
    await outbox.wake();
    expect(outbox.due(clock.now())).toHaveLength(1);
  });

  it.each([{ kind: 'delivered', receipt: RECEIPT } as const, { kind: 'failed', fault: REJECTED } as const])(
    'is ambiguous when $kind could not be noted, as it is on disk',
    async (outcome) => {
      const setup = setUp();
      const { outbox, disk } = setup;
      const item = await submit(setup);
      await outbox.markSending(item.ref);
      disk.failWith('diskFull');
      expect(await outbox.settle(item.ref, outcome)).toMatchObject({
        state: { kind: 'queued', lastFault: { kind: 'ambiguous' } },
      });
      disk.failWith(null);
      const again = setup.open().outbox;
      await again.load();
      expect(again.get(item.ref)).toMatchObject({
        state: { kind: 'queued', lastFault: { kind: 'ambiguous' } },
      });
    },
  );

  it('keeps what is known for good: late news of a failure changes nothing', async () => {
    const setup = setUp();
    const item = await submit(setup);
    await deliver(setup, item);
    expect(await setup.outbox.settle(item.ref, { kind: 'failed', fault: OFFLINE })).toMatchObject({
      state: { kind: 'delivered' },
    });
    expect(await setup.outbox.settle(ref(), { kind: 'failed', fault: OFFLINE })).toBeUndefined();
  });

  it('goes on for other listeners when one fails', async () => {
    const setup = setUp();
    setup.outbox.onChange(() => {
      throw new Error('listener');
    });
    const heard: OutboxChange[] = [];
    const stop = setup.outbox.onChange((change) => heard.push(change));
    await submit(setup);
    expect(heard).toHaveLength(1);
    expect(setup.log.events).toContain('outbox.listenerFailed');
    stop();
    await submit(setup);
    expect(heard).toHaveLength(1);
  });
});

describe('a refused write', () => {
  it('holds those behind it, says so at each, and lets them go when it is discarded', async () => {
    const setup = setUp();
    const { outbox, clock, changes } = setup;
    const target = { kind: 'board', id: '9' } as const;
    const first = await submit(setup, messageWrite(target, 'one'), 'id:9');
    const second = await submit(setup, messageWrite(target, 'two'), 'id:9');
    changes.length = 0;
    await fail(setup, first, REJECTED);
    expect(outbox.get(second.ref)?.state).toMatchObject({ kind: 'held', reason: 'aheadInLane' });
    expect(changes.at(-1)?.upserted.map(({ ref: id }) => id)).toEqual([first.ref, second.ref]);
    expect(outbox.due(clock.now())).toEqual([]);
    changes.length = 0;
    expect((await outbox.discard(first.ref)).ok).toBe(true);
    expect(changes).toEqual([{ upserted: [second], removed: [first.ref] }]);
    expect(outbox.due(clock.now())).toEqual([second]);
  });

  it('starts over when the user says so, also after a restart', async () => {
    const setup = setUp();
    const item = await submit(setup);
    await fail(setup, item, REJECTED);
    expect(await setup.outbox.sendNow(item.ref)).toMatchObject({
      ok: true,
      value: { state: { kind: 'queued', attempts: 0 } },
    });
    const { outbox } = setup.open();
    await outbox.load();
    expect(outbox.due(setup.clock.now())).toHaveLength(1);
  });

  it('that was a create leaves the messages behind it to the user when it is discarded', async () => {
    const setup = setUp();
    const create = await submit(setup);
    const message = await submit(setup, messageWrite({ kind: 'outbox', ref: create.ref }), create.lane);
    await setup.outbox.discard(create.ref);
    const { outbox } = setup.open();
    await outbox.load();
    expect(outbox.items()).toMatchObject([
      { ref: message.ref, state: { kind: 'needsAttention', fault: { kind: 'conflict', reason: 'gone' } } },
    ]);
  });
});

describe('changing one’s mind', () => {
  it('is too late while sending and after delivery, and does not find what never was', async () => {
    const setup = setUp();
    const { outbox } = setup;
    const tooLate = { ok: false, fault: { kind: 'tooLate' } };
    const item = await submit(setup);
    await outbox.markSending(item.ref);
    expect(await outbox.discard(item.ref)).toEqual(tooLate);
    expect(await outbox.sendNow(item.ref)).toEqual(tooLate);
    await outbox.settle(item.ref, { kind: 'delivered', receipt: RECEIPT });
    expect(await outbox.discard(item.ref)).toEqual(tooLate);
    expect(await outbox.discard(ref())).toEqual({ ok: false, fault: { kind: 'notFound' } });
  });

  it('can spare what may have arrived', async () => {
    const setup = setUp();
    const item = await submit(setup);
    await fail(setup, item, { kind: 'ambiguous', cause: 'timeout' });
    expect((await setup.outbox.discard(item.ref, { unlessArrived: true })).ok).toBe(false);
    expect((await setup.outbox.discard(item.ref)).ok).toBe(true);
  });

  it('has no effect when the disk refuses it', async () => {
    const setup = setUp();
    const item = await submit(setup);
    setup.disk.failWith('diskFull');
    expect(await setup.outbox.discard(item.ref)).toEqual(NOTHING_STORED);
    expect(await setup.outbox.sendNow(item.ref)).toEqual(NOTHING_STORED);
    expect(setup.outbox.items()).toEqual([item]);
  });

  it('"send now" ends the wait of the item and of what waits before it', async () => {
    const setup = setUp();
    const target = { kind: 'board', id: '9' } as const;
    const first = await submit(setup, messageWrite(target, 'one'), 'id:9');
    const second = await submit(setup, messageWrite(target, 'two'), 'id:9');
    await fail(setup, first, OFFLINE);
    expect((await setup.outbox.sendNow(second.ref)).ok).toBe(true);
    expect(setup.outbox.due(setup.clock.now()).map((item) => item.ref)).toEqual([first.ref]);
  });
});

describe('pruning', () => {
  it('forgets only what was delivered and is not wanted, and never a create that others still need', async () => {
    const setup = setUp();
    const [needed, gone, kept, waiting] = [
      await submit(setup),
      await submit(setup),
      await submit(setup),
      await submit(setup),
    ];
    const message = await submit(setup, messageWrite({ kind: 'outbox', ref: needed.ref }), needed.lane);
    for (const item of [needed, gone, kept]) await deliver(setup, item);
    await setup.outbox.prune((item) => item.ref === kept.ref);
    const left = [needed.ref, kept.ref, waiting.ref, message.ref];
    expect(setup.outbox.items().map((item) => item.ref)).toEqual(left);
    expect([...setup.disk.texts('outbox').keys()].sort()).toEqual([...left].sort());
  });
});

describe('what goes by e-mail', () => {
  const sentByEmail = async (setup: Setup, item: OutboxItem) => {
    expect((await setup.outbox.markSending(item.ref)).ok).toBe(true);
    await setup.outbox.settle(item.ref, { kind: 'delivered', receipt: emailReceipt(item.lane) });
  };
  const TOO_LATE = { ok: false, fault: { kind: 'tooLate' } };

  it('is decided for good before it leaves, also across a restart', async () => {
    const setup = setUp();
    const item = await submit(setup);
    await fail(setup, item, OFFLINE);
    setup.disk.failWith('diskFull');
    expect(await setup.outbox.sendByEmail(item.ref)).toEqual(NOTHING_STORED);
    expect(setup.outbox.get(item.ref)?.via).toBeUndefined();
    setup.disk.failWith(null);
    expect((await setup.outbox.sendByEmail(item.ref)).ok).toBe(true);
    const { outbox } = setup.open();
    await outbox.load();
    expect(outbox.get(item.ref)).toMatchObject({ via: 'email', state: { kind: 'queued', lastFault: null } });
    expect(await outbox.sendByEmail(item.ref)).toEqual(TOO_LATE);
  });

  it('is nothing that is leaving, may have arrived, or belongs to a ticket of the board', async () => {
    const setup = setUp();
    const item = await submit(setup);
    await setup.outbox.markSending(item.ref);
    expect(await setup.outbox.sendByEmail(item.ref)).toEqual(TOO_LATE);
    await setup.outbox.settle(item.ref, { kind: 'failed', fault: { kind: 'ambiguous', cause: 'reset' } });
    expect(await setup.outbox.sendByEmail(item.ref)).toEqual(TOO_LATE);
    const message = await submit(setup, messageWrite({ kind: 'board', id: '7' }), 'id:7');
    expect(await setup.outbox.sendByEmail(message.ref)).toEqual(TOO_LATE);
  });

  it('is a way out for what the board refuses', async () => {
    const setup = setUp();
    const item = await submit(setup);
    await fail(setup, item, REJECTED);
    expect((await setup.outbox.sendByEmail(item.ref)).ok).toBe(true);
    expect(setup.outbox.due(setup.clock.now())).toHaveLength(1);
  });

  it('and may have arrived waits for the user, who sends it again or knows that it is there', async () => {
    const setup = setUp();
    const [one, other] = [await submit(setup), await submit(setup)];
    for (const item of [one, other]) {
      await setup.outbox.markSending(item.ref);
      const fault = { kind: 'ambiguous', cause: 'timeout' } as const;
      const settled = await setup.outbox.settle(item.ref, { kind: 'needsUser', fault });
      expect(settled?.state).toEqual({ kind: 'needsAttention', fault, attempts: 1 });
    }
    await setup.outbox.wake();
    expect(setup.outbox.due(setup.clock.now())).toEqual([]);
    expect((await setup.outbox.sendAgain(one.ref)).ok).toBe(true);
    expect(setup.outbox.get(one.ref)?.state).toMatchObject({ kind: 'queued', attempts: 0, lastFault: null });
    expect((await setup.outbox.markArrived(other.ref)).ok).toBe(true);
    expect(setup.outbox.get(other.ref)?.state).toMatchObject({
      kind: 'delivered',
      receipt: { ticketId: other.ref, ticketNumber: '', via: 'email' },
    });
    for (const item of [one, other]) {
      expect(await setup.outbox.sendAgain(item.ref)).toEqual(TOO_LATE);
      expect(await setup.outbox.markArrived(item.ref)).toEqual(TOO_LATE);
    }
  });

  it('is taken off the list as a whole, when all of it was sent', async () => {
    const setup = setUp();
    const create = await submit(setup);
    await sentByEmail(setup, create);
    const message = await submit(setup, messageWrite({ kind: 'board', id: create.ref }), create.lane);
    expect(await setup.outbox.removeSent(create.ref)).toEqual(TOO_LATE);
    await sentByEmail(setup, message);
    const other = await submit(setup);
    expect((await setup.outbox.removeSent(create.ref)).ok).toBe(true);
    expect(setup.outbox.items().map(({ ref: id }) => id)).toEqual([other.ref]);
    await deliver(setup, other);
    expect(await setup.outbox.removeSent(other.ref)).toEqual(TOO_LATE);
  });
});
