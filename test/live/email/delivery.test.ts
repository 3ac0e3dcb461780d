import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Write } from '@shared/domain/outbox';
import { createMemoryDisk } from '../../support/memory-documents';
import { createWrite, messageWrite, ref } from '../../support/samples';
import { spooled } from '../board';
import { createMemorySpool, startClient } from '../client';
import { connectTo } from './client';
import { LINE_FAULTS, startLine, type Line, type LineFault } from './line';
import { startMailServer, type MailServer, type Refusal } from './mail-server';

const LONG = { timeout: 180_000 };
type Client = Awaited<ReturnType<typeof startClient>>;

let server: MailServer;
let line: Line;

beforeAll(async () => {
  server = await startMailServer();
  line = await startLine(server.route.port);
});
afterAll(async () => {
  await line.close();
  await server.close();
});

interface Planned {
  readonly ref: string;
  readonly lane: string;
  readonly write: Write;
}

/** Tickets with messages behind them. */
const plan = (messages: readonly number[], file: ReturnType<typeof spooled>): readonly Planned[] =>
  messages.flatMap((count, at) => {
    const create = ref();
    const target = { kind: 'outbox', ref: create } as const;
    return [
      { ref: create, lane: create, write: createWrite(`Problem ${at}`, [file]) },
      ...Array.from({ length: count }, (_, n) => ({
        ref: ref(),
        lane: create,
        write: messageWrite(target, `message ${n}`),
      })),
    ];
  });

const connect = () =>
  connectTo({ ...server.route, port: line.port }, { limits: { reply: 3_000, answer: 700 } });

/** Nothing moves any more by itself: all is sent, or waits for the user, or behind what does. */
const isAtRest = ({ outbox }: Client): boolean =>
  outbox
    .items()
    .every(
      ({ state }) =>
        state.kind === 'delivered' ||
        state.kind === 'needsAttention' ||
        (state.kind === 'held' && state.reason === 'aheadInLane'),
    );

const settled = (client: Client): Promise<void> =>
  vi.waitFor(() => expect(isAtRest(client)).toBe(true), { timeout: 90_000, interval: 20 });

/** What a user does who can look into the desk's mailbox: says that it arrived, or sends it again. */
async function decideAll(client: Client): Promise<void> {
  for (;;) {
    await settled(client);
    const open = client.outbox.items().find(({ state }) => state.kind === 'needsAttention');
    if (!open) return;
    expect(open.state).toMatchObject({ fault: { kind: 'ambiguous' } });
    await vi.waitFor(() => expect(server.isIdle()).toBe(true), 10_000);
    const isThere = server.count(open.ref) > 0;
    expect((await client.outbox[isThere ? 'markArrived' : 'sendAgain'](open.ref)).ok).toBe(true);
  }
}

const faults = fc.array(
  fc.option(fc.constantFrom(...(Object.keys(LINE_FAULTS) as LineFault[])), { freq: 3, nil: null }),
  { maxLength: 10 },
);
const notNow = fc.array(
  fc
    .record({ stage: fc.constantFrom('mail', 'rcpt', 'data'), code: fc.constantFrom(421, 450, 451) })
    .map(({ stage, code }): Refusal => ({ stage, code, words: 'not now' })),
  { maxLength: 3 },
);

describe('e-mail: delivery', () => {
  it(
    'is exactly once or left to the user, whatever the line and the server do, and once in the end',
    LONG,
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }),
          faults,
          notNow,
          async (messages, broken, refusals) => {
            const spool = createMemorySpool();
            const bytes = Buffer.alloc(150_000, 3);
            await spool.put(bytes);
            const planned = plan(messages, spooled('file.bin', bytes));
            line.meet(...broken);
            server.refuse(...refusals);
            const client = await startClient(connect(), createMemoryDisk(), spool);
            for (const { ref: id, lane, write } of planned) await client.outbox.submit(id, lane, write);
            await settled(client);
            for (const { ref: id } of planned) {
              const kind = client.outbox.get(id)?.state.kind;
              expect(server.count(id)).toBeLessThanOrEqual(1);
              if (kind === 'delivered') expect(server.count(id)).toBe(1);
            }
            line.clear();
            server.clear();
            await decideAll(client);
            expect(planned.map(({ ref: id }) => server.count(id))).toEqual(planned.map(() => 1));
            await client.stop();
          },
        ),
        { numRuns: 8 },
      );
    },
  );

  it('is so, too, when Deskbell is ended and started again in between', LONG, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(1), { minLength: 1, maxLength: 2 }),
        faults,
        fc.array(fc.nat(250), { minLength: 1, maxLength: 4 }),
        async (messages, broken, lives) => {
          const [disk, spool] = [createMemoryDisk(), createMemorySpool()];
          const bytes = Buffer.alloc(150_000, 3);
          await spool.put(bytes);
          const planned = plan(messages, spooled('file.bin', bytes));
          line.meet(...broken);
          let client = await startClient(connect(), disk, spool);
          for (const { ref: id, lane, write } of planned) await client.outbox.submit(id, lane, write);
          for (const life of lives) {
            await new Promise((resolve) => setTimeout(resolve, life));
            await client.stop();
            client = await startClient(connect(), disk, spool);
          }
          await settled(client);
          expect(planned.map(({ ref: id }) => server.count(id)).every((count) => count <= 1)).toBe(true);
          line.clear();
          await decideAll(client);
          expect(planned.map(({ ref: id }) => server.count(id))).toEqual(planned.map(() => 1));
          await client.stop();
        },
      ),
      { numRuns: 8 },
    );
  });

  it('keeps the order of a ticket, and its messages answer its first one', LONG, async () => {
    const spool = createMemorySpool();
    const bytes = Buffer.from('x');
    await spool.put(bytes);
    const planned = plan([2], spooled('x.txt', bytes));
    const client = await startClient(connect(), createMemoryDisk(), spool);
    const before = server.arrived.length;
    for (const { ref: id, lane, write } of planned) await client.outbox.submit(id, lane, write);
    await settled(client);
    const [first, ...more] = (await server.mails()).slice(before);
    expect(first?.subject).toBe('Problem 0');
    expect(more.map(({ subject, text }) => [subject, text?.split('\n')[0]])).toEqual([
      ['Re: Problem 0', 'message 0'],
      ['Re: Problem 0', 'message 1'],
    ]);
    expect(more.map(({ inReplyTo }) => inReplyTo)).toEqual([first?.messageId, first?.messageId]);
    expect(client.outbox.items()).toHaveLength(3);
    await client.stop();
  });
});
