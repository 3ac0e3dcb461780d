import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Write } from '@shared/domain/outbox';
import type { Ref, TicketId } from '@shared/domain/primitives';
import { createMemoryDisk } from '../support/memory-documents';
import { createWrite, messageWrite, ref } from '../support/samples';
import { spooled, type BoardKind, type BoardUnderTest } from './board';
import { createMemorySpool, startClient } from './client';
import { PROXY_FAULTS, startFaultProxy, type FaultProxy, type ProxyFault } from './fault-proxy';

const LONG = { timeout: 240_000 };
const STARTING_MS = 180_000;
/** How long something may take to show at the other end. */
const SHOWING = { timeout: 30_000, interval: 50 };
const DELIVERING = { timeout: 90_000, interval: 50 };
/** How much is tried, and how many times as fast the clients' waits pass: a slow board is not to be asked all the time. */
const QUICK = { speed: 400, runs: 8, tickets: 4, messages: 3, faults: 25, lives: 6, life: 60 };
const SLOW = { speed: 40, runs: 2, tickets: 2, messages: 2, faults: 6, lives: 3, life: 600 };
type Client = Awaited<ReturnType<typeof startClient>>;

interface Planned {
  readonly ref: Ref;
  readonly lane: string;
  readonly write: Write;
}

/** Tickets with messages behind them, all accepted at once. */
function plan(messagesPerTicket: readonly number[], file: ReturnType<typeof spooled>): readonly Planned[] {
  return messagesPerTicket.flatMap((count, index) => {
    const create = ref();
    const target = { kind: 'outbox', ref: create } as const;
    const messages = Array.from({ length: count }, (_, at) => {
      const write = messageWrite(target, `message ${at}`, at === 0 ? [file] : []);
      return { ref: ref(), lane: create, write };
    });
    return [{ ref: create, lane: create, write: createWrite(`Problem ${index}`, [file]) }, ...messages];
  });
}

/** Whatever the network does: everything the user sent is at the board exactly once, and in order. */
export function describeDelivery(kind: BoardKind): void {
  const { name, capabilities, start, isSlow = false, startProxy = startFaultProxy } = kind;
  const faults = kind.faults ?? (Object.keys(PROXY_FAULTS) as ProxyFault[]);
  const effort = isSlow ? SLOW : QUICK;

  describe(`${name}: delivery`, () => {
    let board: BoardUnderTest;
    let proxy: FaultProxy;

    beforeAll(async () => {
      board = await start();
      proxy = await startProxy(board.url);
    }, STARTING_MS);
    afterEach(() => proxy.clear());
    afterAll(async () => {
      await proxy.close();
      await board.close();
    });

    /** Meets the faults of the list one after the other, then works. */
    function meet(met: readonly (ProxyFault | null)[]): void {
      const left = [...met];
      proxy.choose((_method, path) => (path.includes('/events') ? null : (left.shift() ?? null)));
    }

    const connectClient = (
      connector = board.connect({ url: proxy.url }),
      disk = createMemoryDisk(),
      spool = createMemorySpool(),
    ): Promise<Client> => startClient(connector, disk, spool, effort.speed);

    const open = (client: Client): number =>
      client.outbox.items().filter(({ state }) => state.kind !== 'delivered').length;

    async function expectOnce(planned: readonly Planned[]): Promise<void> {
      const counts = await Promise.all(planned.map(({ ref: id }) => board.carriedOut(id)));
      expect(counts).toEqual(planned.map(() => 1));
      if (!capabilities.read) return;
      const desk = board.connect();
      for (const { ref: create, write } of planned) {
        if (write.kind !== 'create') continue;
        const found = await desk.findByRef(create);
        const ticket = found.kind === 'receipt' ? await desk.get(found.receipt.ticketId) : null;
        const sent = planned
          .filter(({ lane, ref: id }) => lane === create && id !== create)
          .map(({ ref: id }) => id);
        const own = ticket?.ok
          ? ticket.value.messages.filter(({ ref: id }) => id !== null && id !== create)
          : [];
        expect(own.map(({ ref: id }) => id)).toEqual(sent);
      }
      desk.close();
    }

    if (faults.length > 0 && capabilities.idempotency !== 'none') describeFaults();

    function describeFaults(): void {
      it('survives any sequence of faults', LONG, async () => {
        const fault = fc.option(fc.constantFrom(...faults), { freq: 3, nil: null });
        await fc.assert(
          fc.asyncProperty(
            fc.array(fc.nat(effort.messages), { minLength: 1, maxLength: effort.tickets }),
            fc.array(fault, { maxLength: effort.faults }),
            async (messages, met) => {
              const spool = createMemorySpool();
              const bytes = Buffer.from('a file');
              await spool.put(bytes);
              const planned = plan(messages, spooled('file.txt', bytes));
              meet(met);
              const client = await connectClient(undefined, undefined, spool);
              for (const { ref: id, lane, write } of planned) await client.outbox.submit(id, lane, write);
              await vi.waitFor(() => expect(open(client)).toBe(0), DELIVERING);
              await client.stop();
              await expectOnce(planned);
            },
          ),
          { numRuns: effort.runs },
        );
      });

      it('survives being ended and started again at any moment, with any faults', LONG, async () => {
        const fault = fc.option(fc.constantFrom(...faults), { freq: 2, nil: null });
        await fc.assert(
          fc.asyncProperty(
            fc.array(fc.nat(effort.messages), { minLength: 1, maxLength: effort.tickets }),
            fc.array(fault, { maxLength: effort.faults }),
            fc.array(fc.nat(effort.life), { minLength: 1, maxLength: effort.lives }),
            async (messages, met, lives) => {
              const [disk, spool] = [createMemoryDisk(), createMemorySpool()];
              const bytes = Buffer.from('a file');
              await spool.put(bytes);
              const planned = plan(messages, spooled('file.txt', bytes));
              meet(met);
              let client = await connectClient(undefined, disk, spool);
              for (const { ref: id, lane, write } of planned) await client.outbox.submit(id, lane, write);
              for (const life of lives) {
                await new Promise((resolve) => setTimeout(resolve, life));
                await client.stop();
                client = await connectClient(undefined, disk, spool);
              }
              await vi.waitFor(() => expect(open(client)).toBe(0), DELIVERING);
              await client.stop();
              await expectOnce(planned);
            },
          ),
          { numRuns: effort.runs },
        );
      });
    }

    it('sends what was written offline when the board is back', LONG, async () => {
      const spool = createMemorySpool();
      const bytes = Buffer.from('a file');
      await spool.put(bytes);
      const planned = plan([1, 2], spooled('file.txt', bytes));
      await proxy.close();
      const client = await connectClient(undefined, undefined, spool);
      for (const { ref: id, lane, write } of planned) await client.outbox.submit(id, lane, write);
      await vi.waitFor(() => expect(client.sync.reach().state).toBe('offline'), SHOWING);
      expect(open(client)).toBe(planned.length);
      await proxy.open();
      await vi.waitFor(() => expect(open(client)).toBe(0), DELIVERING);
      expect(client.sync.reach().state).toBe('online');
      await client.stop();
      await expectOnce(planned);
    });

    it('goes on with a board that went away and came back', LONG, async () => {
      const client = await connectClient(board.connect());
      const [before, during] = [ref(), ref()];
      await client.outbox.submit(before, before, createWrite('Before'));
      await vi.waitFor(() => expect(open(client)).toBe(0), DELIVERING);
      await board.stop();
      await client.outbox.submit(during, during, createWrite('While it is away'));
      await vi.waitFor(() => expect(client.sync.reach().state).toBe('offline'), SHOWING);
      expect(open(client)).toBe(1);
      await board.start();
      await vi.waitFor(() => expect(open(client)).toBe(0), DELIVERING);
      await client.stop();
      expect([await board.carriedOut(before), await board.carriedOut(during)]).toEqual([1, 1]);
    });

    it(
      'holds everything when the session ends in the middle, and goes on after signing in',
      LONG,
      async () => {
        let isSignedOut = false;
        const client = await connectClient(board.connect({ isSignedOut: () => isSignedOut }));
        const [create, message, other] = [ref(), ref(), ref()];
        await client.outbox.submit(create, create, createWrite('The session will end'));
        await vi.waitFor(() => expect(open(client)).toBe(0), DELIVERING);
        isSignedOut = true;
        const target = { kind: 'outbox', ref: create } as const;
        await client.outbox.submit(message, create, messageWrite(target, 'Still here'));
        await client.outbox.submit(other, other, createWrite('One more'));
        await vi.waitFor(() => expect(client.sync.reach().state).toBe('signedOut'), SHOWING);
        const held = { kind: 'held', reason: 'signedOut', attempts: 0 };
        await vi.waitFor(() => expect(client.outbox.get(message)?.state).toMatchObject(held), SHOWING);
        expect(await board.carriedOut(message)).toBe(0);
        isSignedOut = false;
        client.sync.resume();
        await vi.waitFor(() => expect(open(client)).toBe(0), DELIVERING);
        await client.stop();
        for (const id of [create, message, other]) expect(await board.carriedOut(id)).toBe(1);
      },
    );

    it('loses nothing that the board refuses for want of a right', LONG, async () => {
      const { desk, relent } = await board.refusing();
      const client = await connectClient(desk);
      const id = ref();
      await client.outbox.submit(id, id, createWrite('May I?'));
      const refused = { kind: 'needsAttention', fault: { kind: 'rejected' } };
      await vi.waitFor(() => expect(client.outbox.get(id)?.state).toMatchObject(refused), SHOWING);
      expect(client.outbox.get(id)?.write).toMatchObject({ intake: { problem: 'May I?' } });
      expect(await board.carriedOut(id)).toBe(0);
      await relent();
      await client.outbox.sendNow(id);
      await vi.waitFor(() => expect(open(client)).toBe(0), DELIVERING);
      await client.stop();
      expect(await board.carriedOut(id)).toBe(1);
    });

    if (capabilities.read) describeFollowing();

    function describeFollowing(): void {
      it('shows what the engineer does, also after the connection was lost', LONG, async () => {
        const client = await connectClient();
        const id = ref();
        await client.outbox.submit(id, id, createWrite('Follow me'));
        await vi.waitFor(() => expect(client.tickets.findByRef(id)).toBeDefined(), SHOWING);
        const ticketId: TicketId = client.tickets.findByRef(id)?.id ?? '';
        const says = (text: string): boolean =>
          client.tickets.get(ticketId)?.messages.some((message) => message.text === text) ?? false;
        await board.reply(ticketId, 'First');
        await vi.waitFor(() => expect(says('First')).toBe(true), SHOWING);
        await proxy.close();
        await board.reply(ticketId, 'Second');
        await proxy.open();
        await vi.waitFor(() => expect(says('Second')).toBe(true), SHOWING);
        await vi.waitFor(() => expect(client.outbox.get(id)).toBeUndefined(), SHOWING);
        await client.stop();
      });

      it('shows two clients of one user the same, and nothing twice', LONG, async () => {
        const [one, other] = [await connectClient(board.connect()), await connectClient(board.connect())];
        const [create, question, answer] = [ref(), ref(), ref()];
        await one.outbox.submit(create, create, createWrite('Seen by both'));
        await vi.waitFor(() => expect(other.tickets.findByRef(create)).toBeDefined(), SHOWING);
        const id: TicketId = other.tickets.findByRef(create)?.id ?? '';
        const target = { kind: 'board', id } as const;
        await other.outbox.submit(question, `id:${id}`, messageWrite(target, 'From the other'));
        const said = (client: Client) =>
          client.tickets.get(id)?.messages.flatMap((message) => message.ref ?? []) ?? [];
        await vi.waitFor(() => expect(said(one)).toEqual([create, question]), SHOWING);
        await one.outbox.submit(answer, create, messageWrite(target, 'From the first'));
        for (const client of [one, other]) {
          await vi.waitFor(() => expect(said(client)).toEqual([create, question, answer]), SHOWING);
          await vi.waitFor(() => expect(open(client)).toBe(0), SHOWING);
          expect(client.tickets.list().filter((ticket) => ticket.ref === create)).toHaveLength(1);
        }
        await Promise.all([one.stop(), other.stop()]);
      });
    }
  });
}
