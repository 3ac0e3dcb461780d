import { describe, expect, it } from 'vitest';
import type { DeskFault } from '@shared/domain/fault';
import { ok } from '@shared/domain/result';
import { createWrite, messageWrite, rateWrite, ref } from '../../support/samples';
import { aTicket } from '../domain/builders';
import { createWorld } from './support/world';

const RESET: DeskFault = { kind: 'ambiguous', cause: 'reset' };
const OFFLINE: DeskFault = { kind: 'offline', cause: 'unreachable' };
const MINUTE = 60_000;

/** A gate that holds writes until opened. */
function createGate() {
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  return { gate, open };
}

describe('sending', () => {
  it('delivers what is accepted, and shows the ticket from the board', async () => {
    const { clock, desk, outbox, tickets, sync, stateOf } = await createWorld();
    sync.start();
    await clock.settle();
    const id = ref();
    await outbox.submit(id, id, createWrite());
    await clock.settle();
    expect(desk.carriedOut.get(id)).toBe(1);
    expect(tickets.findByRef(id)?.id).toBe('t1');
    expect(stateOf(id)).toBe('pruned');
    await sync.stop();
  });

  it('keeps the order within a ticket, and finds the ticket by its create', async () => {
    const { clock, desk, outbox, sync, tickets } = await createWorld();
    const [create, first, second] = [ref(), ref(), ref()];
    await outbox.submit(create, create, createWrite());
    await outbox.submit(first, create, messageWrite({ kind: 'outbox', ref: create }, 'first'));
    await outbox.submit(second, create, messageWrite({ kind: 'outbox', ref: create }, 'second'));
    sync.start();
    await clock.settle();
    expect(desk.calls.filter((call) => /create|message/.test(call))).toEqual([
      `create ${create}`,
      `message ${first}`,
      `message ${second}`,
    ]);
    expect(tickets.findByRef(create)?.messages.map((message) => message.text)).toEqual(['first', 'second']);
    await sync.stop();
  });

  it('sends from three lanes at once, and never twice from one', async () => {
    const { clock, desk, outbox, sync } = await createWorld();
    const { gate, open } = createGate();
    desk.gate = gate;
    const refs = Array.from({ length: 6 }, ref);
    for (const id of refs) await outbox.submit(id, id, createWrite());
    await outbox.submit(ref(), refs[0] ?? '', messageWrite({ kind: 'outbox', ref: refs[0] ?? '' }));
    sync.start();
    await clock.settle();
    expect(desk.calls.filter((call) => call.startsWith('create'))).toHaveLength(3);
    open();
    await clock.settle();
    expect(desk.carriedOut.size).toBe(7);
    expect(desk.mostAtOnce()).toBe(3);
    await sync.stop();
  });

  it('lets a refused write hold up nobody else', async () => {
    const { clock, desk, outbox, sync, stateOf } = await createWorld();
    desk.writeTroubles.push({ fault: { kind: 'rejected', message: 'no', fields: [] } });
    const [bad, good] = [ref(), ref()];
    await outbox.submit(bad, bad, createWrite());
    await outbox.submit(good, good, createWrite());
    sync.start();
    await clock.settle();
    expect([stateOf(bad), stateOf(good)]).toEqual(['needsAttention', 'pruned']);
    await sync.stop();
  });

  it('asks for the user when the ticket of a message is gone', async () => {
    const { clock, desk, outbox, sync, stateOf } = await createWorld();
    const [lost, message] = [ref(), ref()];
    await outbox.submit(message, lost, messageWrite({ kind: 'outbox', ref: lost }));
    sync.start();
    await clock.settle();
    expect(stateOf(message)).toBe('needsAttention');
    expect(desk.calls.some((call) => call.startsWith('message'))).toBe(false);
    await sync.stop();
  });
});

describe('after a failure', () => {
  it('tries again by itself when the wait is over', async () => {
    const { clock, desk, outbox, sync, stateOf } = await createWorld();
    desk.writeTroubles.push({ fault: OFFLINE }, { fault: OFFLINE });
    const id = ref();
    await outbox.submit(id, id, createWrite());
    sync.start();
    await clock.settle();
    expect(stateOf(id)).toBe('queued');
    await clock.advance(5 * MINUTE);
    expect(desk.carriedOut.get(id)).toBe(1);
    expect(desk.calls).not.toContain(`findByRef ${id}`);
    await sync.stop();
  });

  it.each([true, false])(
    'looks up what is in doubt before sending again (carried out: %s)',
    async (committed) => {
      const { clock, desk, outbox, sync } = await createWorld();
      desk.writeTroubles.push({ fault: RESET, committed });
      const id = ref();
      await outbox.submit(id, id, createWrite());
      sync.start();
      await clock.advance(5 * MINUTE);
      expect(desk.carriedOut.get(id)).toBe(1);
      const sent = desk.calls.filter((call) => /create|findByRef/.test(call));
      const lookedUp = [`create ${id}`, `findByRef ${id}`];
      expect(sent).toEqual(committed ? lookedUp : [...lookedUp, `create ${id}`]);
      await sync.stop();
    },
  );

  it.each<DeskFault>([
    { kind: 'offline', cause: 'captivePortal' },
    { kind: 'serverFault', status: 500 },
    { kind: 'rejected', message: '', fields: [] },
    { kind: 'conflict', reason: 'stale' },
    { kind: 'throttled', until: '2026-03-02T08:01:00.000Z' },
  ])('does not send while a look-up cannot tell ($kind)', async (fault) => {
    const { clock, desk, outbox, sync } = await createWorld();
    desk.writeTroubles.push({ fault: RESET, committed: true });
    desk.lookUpTroubles.push(fault, fault, fault);
    const id = ref();
    await outbox.submit(id, id, createWrite());
    sync.start();
    await clock.advance(120 * MINUTE);
    expect(desk.carriedOut.get(id)).toBe(1);
    expect(desk.calls.filter((call) => call === `create ${id}`)).toHaveLength(1);
    expect(desk.calls.filter((call) => call === `findByRef ${id}`).length).toBeGreaterThan(3);
    await sync.stop();
  });

  it('looks up after a restart what was being sent', async () => {
    const before = await createWorld();
    const { gate } = createGate();
    before.desk.gate = gate;
    const id = ref();
    await before.outbox.submit(id, id, createWrite());
    before.sync.start();
    await before.clock.settle();
    expect(before.stateOf(id)).toBe('sending');

    before.desk.gate = Promise.resolve();
    const after = await createWorld({ disk: before.disk, desk: before.desk, clock: before.clock });
    after.sync.start();
    await after.clock.settle();
    expect(after.desk.calls).toContain(`findByRef ${id}`);
    expect(after.desk.carriedOut.get(id)).toBe(1);
    await after.sync.stop();
  });

  it('makes everybody wait when the board asks for it, unless the user says send now', async () => {
    const { clock, desk, outbox, sync, stateOf } = await createWorld({ deps: { lanes: 1 } });
    const until = '2026-03-02T08:10:00.000Z';
    desk.writeTroubles.push({ fault: { kind: 'throttled', until } });
    const [first, second] = [ref(), ref()];
    await outbox.submit(first, first, createWrite());
    await outbox.submit(second, second, createWrite());
    sync.start();
    await clock.advance(9 * MINUTE);
    expect(desk.carriedOut.size).toBe(0);
    await outbox.sendNow(first);
    await clock.settle();
    expect([stateOf(first), stateOf(second)]).toEqual(['pruned', 'queued']);
    await clock.advance(2 * MINUTE);
    expect(desk.carriedOut.get(second)).toBe(1);
    await sync.stop();
  });

  it('sends at once when the network or the machine comes back', async () => {
    const { clock, desk, network, outbox, sync, reaches } = await createWorld({ online: false });
    const id = ref();
    await outbox.submit(id, id, createWrite());
    sync.start();
    await clock.advance(20 * MINUTE);
    expect(desk.calls).toEqual([]);
    expect(reaches).toEqual(['offline']);
    network.set(true);
    await clock.settle();
    expect(desk.carriedOut.get(id)).toBe(1);
    await sync.stop();
  });

  it('sends at once when the board answers again', async () => {
    const { clock, desk, outbox, sync } = await createWorld({ capabilities: { push: false } });
    desk.writeTroubles.push(...Array.from({ length: 12 }, () => ({ fault: OFFLINE })));
    desk.readTroubles.push(...Array.from({ length: 12 }, () => OFFLINE));
    const id = ref();
    await outbox.submit(id, id, createWrite());
    sync.start();
    await clock.advance(60 * MINUTE);
    desk.writeTroubles.length = 0;
    await clock.advance(1);
    desk.readTroubles.length = 0;
    await sync.refresh();
    await clock.settle();
    expect(desk.carriedOut.get(id)).toBe(1);
    await sync.stop();
  });

  it('talks to a board on this computer without any network', async () => {
    const { clock, desk, outbox, sync, reaches } = await createWorld({
      online: false,
      deps: { local: true },
    });
    const id = ref();
    await outbox.submit(id, id, createWrite());
    sync.start();
    await clock.settle();
    expect(desk.carriedOut.get(id)).toBe(1);
    expect(reaches).toEqual(['online']);
    await sync.stop();
  });
});

describe('the end of a session', () => {
  it('stops everything once, uses up no attempt, and goes on after signing in', async () => {
    const { clock, desk, outbox, sync, reaches, stateOf } = await createWorld({ deps: { lanes: 1 } });
    sync.start();
    await clock.settle();
    desk.writeTroubles.push({ fault: { kind: 'authExpired' } });
    const [first, second] = [ref(), ref()];
    const callsBefore = desk.calls.length;
    await outbox.submit(first, first, createWrite());
    await outbox.submit(second, second, createWrite());
    await clock.advance(60 * MINUTE);
    expect(reaches).toEqual(['online', 'signedOut']);
    expect(sync.reach().state).toBe('signedOut');
    expect(desk.calls.length).toBe(callsBefore + 1);
    expect(outbox.get(first)?.state).toMatchObject({ kind: 'held', reason: 'signedOut', attempts: 0 });
    expect(stateOf(second)).toBe('queued');

    sync.resume();
    await clock.settle();
    expect([...desk.carriedOut.values()]).toEqual([1, 1]);
    expect(reaches).toEqual(['online', 'signedOut', 'checking', 'online']);
    await sync.stop();
  });
});

describe('stopping', () => {
  it('books what was under way and leaves nothing running', async () => {
    const { clock, desk, network, outbox, sync } = await createWorld();
    const { gate, open } = createGate();
    desk.gate = gate;
    const id = ref();
    await outbox.submit(id, id, createWrite());
    sync.start();
    await clock.settle();
    const stopped = sync.stop();
    open();
    await stopped;
    expect(outbox.get(id)?.state.kind).toBe('delivered');
    expect(clock.pending()).toBe(0);
    expect(desk.subscribers()).toBe(0);
    expect(network.listeners()).toBe(0);
    const calls = desk.calls.length;
    await clock.advance(60 * MINUTE);
    expect(desk.calls.length).toBe(calls);
  });
});

describe('what was delivered', () => {
  it('stays in the outbox until the cache shows it', async () => {
    const { clock, desk, outbox, sync, stateOf, tickets } = await createWorld();
    sync.start();
    await clock.settle();
    desk.readTroubles.push(OFFLINE);
    const id = ref();
    await outbox.submit(id, id, createWrite());
    await clock.settle();
    expect([stateOf(id), tickets.findByRef(id)]).toEqual(['delivered', undefined]);
    await sync.refresh();
    await clock.settle();
    expect([stateOf(id), tickets.findByRef(id)?.id]).toEqual(['pruned', 't1']);
    await sync.stop();
  });

  it('is caught up with after a restart', async () => {
    const before = await createWorld();
    before.desk.tickets.set('t9', aTicket({ id: 't9' }));
    before.sync.start();
    await before.clock.settle();
    before.desk.readTroubles.push(...Array.from({ length: 20 }, () => OFFLINE));
    const id = ref();
    await before.outbox.submit(id, 'id:t9', rateWrite({ kind: 'board', id: 't9' }));
    await before.clock.settle();
    expect(before.stateOf(id)).toBe('delivered');
    await before.sync.stop();

    before.desk.readTroubles.length = 0;
    const after = await createWorld({ disk: before.disk, desk: before.desk, clock: before.clock });
    after.sync.start();
    await after.clock.settle();
    expect(after.stateOf(id)).toBe('pruned');
    expect(after.tickets.get('t9')?.survey).toBe('answered');
    await after.sync.stop();
  });
});

describe('joining an outage', () => {
  const outage = {
    id: 'o1',
    at: '2026-03-02T08:00:00.000Z',
    severity: 'outage',
    title: 'Mail is down',
    text: '',
    endedAt: null,
  } as const;
  const write = { kind: 'join', announcementId: 'o1', title: 'Mail is down' } as const;

  it('waits offline, arrives once, and is forgotten when the board’s list says it', async () => {
    let joined = false;
    const { clock, desk, outbox, sync, network, stateOf } = await createWorld({ online: false });
    Object.assign(desk, { announcements: async () => ok([{ ...outage, joined }]) });
    const id = ref();
    await outbox.submit(id, 'news:o1', write);
    sync.start();
    await clock.settle();
    expect(stateOf(id)).toBe('queued');
    joined = true;
    network.set(true);
    await clock.advance(MINUTE);
    expect(stateOf(id)).toBe('pruned');
    expect(desk.carriedOut.get(id)).toBe(1);
    await sync.stop();
  });

  it('is looked up before it is sent again when its outcome is unknown', async () => {
    const { desk, outbox, sync, clock, stateOf } = await createWorld();
    Object.assign(desk, { announcements: async () => ok([outage]) });
    desk.writeTroubles.push({ fault: RESET, committed: true });
    const id = ref();
    await outbox.submit(id, 'news:o1', write);
    sync.start();
    await clock.settle();
    expect(stateOf(id)).toBe('queued');
    await clock.advance(60 * MINUTE);
    expect(stateOf(id)).toBe('delivered');
    expect(desk.carriedOut.get(id)).toBe(1);
    expect(desk.calls.filter((call) => call === `join ${id}`)).toHaveLength(1);
    await sync.stop();
  });
});
