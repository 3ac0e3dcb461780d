import type { DeskConnector } from '../../../src-main/desk/connector';
import { createMemoryDisk } from '../../support/memory-documents';
import { createWrite, messageWrite, ref } from '../../support/samples';
import { spooled, type BoardUnderTest } from '../../live/board';
import { createMemorySpool, startClient } from '../../live/client';
import { NOTHING, sum, type Meter, type Reading } from './meter';

/** A row of the report. */
export interface Measured extends Reading {
  readonly action: string;
  /** How many minutes of an idle client the row stands for; left out: one action. */
  readonly minutes?: number;
}

/** How long nothing may happen before an action counts as done, in ms. */
const QUIET_MS = 1_500;
const IDLE_MINUTES = 20;
/** Idle minutes pass this many times as fast. */
const IDLE_SPEED = 60;
const FILE_BYTES = 100_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until a condition holds and the line has been quiet. */
async function settled(isDone: () => boolean, meter: Meter, before: Reading): Promise<Reading> {
  const deadline = Date.now() + 60_000;
  let total = before;
  for (;;) {
    await pause(QUIET_MS);
    const more = meter.read();
    total = sum(total, more);
    if (isDone() && more.calls === 0) return total;
    if (Date.now() > deadline) throw new Error(`The action did not end: ${JSON.stringify(total)}`);
  }
}

/** Does what a user does, one thing after the other, with Deskbell's own outbox and sync, and reads the meter after each. */
export async function measureActions(
  board: BoardUnderTest,
  connect: () => DeskConnector,
  meter: Meter,
): Promise<readonly Measured[]> {
  const rows: Measured[] = [];
  const spool = createMemorySpool();
  const bytes = Buffer.alloc(FILE_BYTES, 'x');
  await spool.put(bytes);
  const file = spooled('picture.png', bytes, 'image/png');
  const desk = connect();
  const { capabilities } = desk;
  const client = await startClient(desk, createMemoryDisk(), spool, 1);
  const isSent = (id: string): boolean => {
    const item = client.outbox.get(id);
    return item === undefined || item.state.kind === 'delivered';
  };
  const measure = async (action: string, act: () => Promise<string | null>): Promise<void> => {
    meter.read();
    const id = await act();
    rows.push({
      action,
      ...(await settled(() => id === null || isSent(id), meter, NOTHING)),
    });
  };
  const submit = async (lane: string, write: Parameters<typeof client.outbox.submit>[2]): Promise<string> => {
    const id = ref();
    await client.outbox.submit(id, lane === '' ? id : lane, write);
    return id;
  };

  await settled(() => true, meter, meter.read());
  let created = '';
  await measure(
    'file a ticket',
    async () => (created = await submit('', createWrite('The printer prints blank pages'))),
  );
  await measure('file a ticket with a file (100 kB)', () =>
    submit('', createWrite('With a picture', [file])),
  );
  const receipt = await desk.findByRef(created);
  const target =
    receipt.kind === 'receipt'
      ? ({ kind: 'board', id: receipt.receipt.ticketId } as const)
      : ({ kind: 'outbox', ref: created } as const);
  await measure('answer', () => submit(created, messageWrite(target, 'It is the second tray.')));
  if (capabilities.read && target.kind === 'board') {
    await measure('open a ticket that has not changed', async () => {
      await client.sync.fetch(target.id);
      return null;
    });
    await measure('look for news: nothing', async () => {
      await client.sync.refresh();
      return null;
    });
    await board.reply(target.id, 'Have you tried the other tray?');
    await measure('look for news: one answer', async () => {
      await client.sync.refresh();
      return null;
    });
    await board.resolve(target.id);
    await client.sync.refresh();
    await settled(() => true, meter, meter.read());
  }
  if (capabilities.confirm)
    await measure('it works', () => submit(created, { kind: 'state', target, change: 'works', text: '' }));
  if (capabilities.rating !== 'none') {
    const answers = { overall: 5, time: 4, quality: 5, process: 4, people: 5 } as const;
    await measure('rate', () => submit(created, { kind: 'rate', target, answers, comment: 'Thank you' }));
  }
  await client.stop();
  if (capabilities.read) rows.push(await measureIdle(connect, meter));
  return rows;
}

/** A client in the background to which nothing happens. */
async function measureIdle(connect: () => DeskConnector, meter: Meter): Promise<Measured> {
  const client = await startClient(connect(), createMemoryDisk(), createMemorySpool(), IDLE_SPEED);
  await pause(3_000);
  meter.read();
  await pause((IDLE_MINUTES * 60_000) / IDLE_SPEED);
  const reading = meter.read();
  await client.stop();
  return { action: 'idle in the background, a minute', minutes: IDLE_MINUTES, ...reading };
}
