import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Write } from '@shared/domain/outbox';
import type { Ref, TicketId } from '@shared/domain/primitives';
import { createMemoryDisk } from '../support/memory-documents';
import { createWrite, messageWrite, ref } from '../support/samples';
import { spooled, type BoardKind, type BoardUnderTest } from './board';
import { createMemorySpool, startClient } from './client';
import { PROXY_FAULTS, startFaultProxy, type FaultProxy, type ProxyFault } from './fault-proxy';

const LONG = { timeout: 120_000 };
const FAULTS = Object.keys(PROXY_FAULTS) as ProxyFault[];
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
export function describeDelivery({ name, capabilities, start }: BoardKind): void {
  describe(`${name}: delivery`, () => {
    let board: BoardUnderTest;
    let proxy: FaultProxy;

    beforeAll(async () => {
      board = await start();
      proxy = await startFaultProxy(board.url);
    }, 60_000);
    afterEach(() => proxy.clear());
    afterAll(async () => {
      await proxy.close();
      await board.close();
    });

    /** Meets the faults of the list one after the other, then works. */
    function meet(faults: readonly (ProxyFault | null)[]): void {
      const left = [...faults];
      proxy.choose((_method, path) => (path.includes('/events') ? null : (left.shift() ?? null)));
    }

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

    it('survives any sequence of faults', LONG, async () => {
      const fault = fc.option(fc.constantFrom(...FAULTS), { freq: 3, nil: null });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
          fc.array(fault, { maxLength: 25 }),
          async (messages, faults) => {
            const spool = createMemorySpool();
            const bytes = Buffer.from('a file');
            await spool.put(bytes);
            const planned = plan(messages, spooled('file.txt', bytes));
            meet(faults);
            const client = await startClient(board.connect({ url: proxy.url }), createMemoryDisk(), spool);
            for (const { ref: id, lane, write } of planned) await client.outbox.submit(id, lane, write);
            await vi.waitFor(() => expect(open(client)).toBe(0), { timeout: 60_000, interval: 20 });
            await client.stop();
            await expectOnce(planned);
          },
        ),
        { numRuns: 8 },
      );
    });

    it('survives being ended and started again at any moment, with any faults', LONG, async () => {
      const fault = fc.option(fc.constantFrom(...FAULTS), { freq: 2, nil: null });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }),
          fc.array(fault, { maxLength: 10 }),
          fc.array(fc.nat(60), { minLength: 1, maxLength: 6 }),
          async (messages, faults, lives) => {
            const [disk, spool] = [createMemoryDisk(), createMemorySpool()];
            const bytes = Buffer.from('a file');
            await spool.put(bytes);
            const planned = plan(messages, spooled('file.txt', bytes));
            meet(faults);
            let client = await startClient(board.connect({ url: proxy.url }), disk, spool);
            for (const { ref: id, lane, write } of planned) await client.outbox.submit(id, lane, write);
            for (const life of lives) {
              await new Promise((resolve) => setTimeout(resolve, life));
              await client.stop();
              client = await startClient(board.connect({ url: proxy.url }), disk, spool);
            }
            await vi.waitFor(() => expect(open(client)).toBe(0), { timeout: 60_000, interval: 20 });
            await client.stop();
            await expectOnce(planned);
          },
        ),
        { numRuns: 8 },
      );
    });

    it('sends what was written offline when the board is back', LONG, async () => {
      const spool = createMemorySpool();
      const bytes = Buffer.from('a file');
      await spool.put(bytes);
      const planned = plan([1, 2], spooled('file.txt', bytes));
      await proxy.close();
      const client = await startClient(board.connect({ url: proxy.url }), createMemoryDisk(), spool);
      for (const { ref: id, lane, write } of planned) await client.outbox.submit(id, lane, write);
      await vi.waitFor(() => expect(client.sync.reach().state).toBe('offline'), 10_000);
      expect(open(client)).toBe(planned.length);
      await proxy.open();
      await vi.waitFor(() => expect(open(client)).toBe(0), { timeout: 60_000, interval: 20 });
      expect(client.sync.reach().state).toBe('online');
      await client.stop();
      await expectOnce(planned);
    });

    if (capabilities.read) {
      it('shows what the engineer does, also after the connection was lost', LONG, async () => {
        const client = await startClient(
          board.connect({ url: proxy.url }),
          createMemoryDisk(),
          createMemorySpool(),
        );
        const id = ref();
        await client.outbox.submit(id, id, createWrite('Follow me'));
        await vi.waitFor(() => expect(client.tickets.findByRef(id)).toBeDefined(), 10_000);
        const ticketId: TicketId = client.tickets.findByRef(id)?.id ?? '';
        const says = (text: string): boolean =>
          client.tickets.get(ticketId)?.messages.some((message) => message.text === text) ?? false;
        await board.reply(ticketId, 'First');
        await vi.waitFor(() => expect(says('First')).toBe(true), 10_000);
        await proxy.close();
        await board.reply(ticketId, 'Second');
        await proxy.open();
        await vi.waitFor(() => expect(says('Second')).toBe(true), 20_000);
        await vi.waitFor(() => expect(client.outbox.get(id)).toBeUndefined(), 10_000);
        await client.stop();
      });
    }
  });
}
