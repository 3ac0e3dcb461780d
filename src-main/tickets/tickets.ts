import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { TicketId } from '@shared/domain/primitives';
import { TicketSchema, type Ticket, type TicketSummary } from '@shared/domain/ticket';
import type { OpenDocuments } from '../platform/documents.types';
import { createSerial } from '../platform/serial';
import type { Clock, Log } from '../platform/types';
import { MarksSchema, noMarks, type Marks } from './marks';
import { hasNews } from './news';
import type { TicketChange, Tickets, TicketsChange } from './tickets.types';

/** What the ticket cache needs. */
export interface TicketsDeps {
  /** Opened in the folder of the account. */
  readonly documents: OpenDocuments;
  readonly clock: Clock;
  readonly log: Log;
}

const MARKS = 'marks';
/** How many tickets are written to disk at the same time. */
const WRITES_AT_ONCE = 8;
/** How much older than the truth the stored time of confirmation may be, in ms: it changes with every contact. */
const CONFIRM_STORE_MS = 10 * 60_000;

/** Opens the ticket cache of an account; `load` comes before everything else. */
export function createTickets({ documents, clock, log }: TicketsDeps): Tickets {
  const ticketFolder = documents('tickets', TicketSchema);
  const markFolder = documents('ticket-marks', MarksSchema);
  const serial = createSerial();
  const tickets = new Map<TicketId, Ticket>();
  /** Tickets that are shown but could not be stored (disk full): the stored cursor must not cover them. */
  const unstored = new Set<TicketId>();
  const listeners = new Set<(change: TicketsChange) => void>();
  let marks: Marks = noMarks();
  let stored: Marks = marks;

  const tell = (change: Partial<TicketsChange>): void =>
    listeners.forEach((listener) => listener({ upserted: [], removed: [], ...change }));

  async function storeMarks(next: Marks): Promise<void> {
    marks = next;
    const durable = { ...next, cursor: unstored.size === 0 ? next.cursor : stored.cursor };
    if (await attempt(log, 'tickets.marksNotStored', () => markFolder.write(MARKS, durable)))
      stored = durable;
  }

  async function storeTicket(ticket: Ticket): Promise<void> {
    const written = await attempt(log, 'tickets.notStored', () =>
      ticketFolder.write(fileName(ticket.id), ticket),
    );
    if (written) unstored.delete(ticket.id);
    else unstored.add(ticket.id);
  }

  async function take(incoming: readonly Ticket[]): Promise<readonly TicketChange[]> {
    const changes = newest(incoming)
      .map((after) => ({ before: tickets.get(after.id), after }))
      .filter(isNews);
    await inBatches(changes, WRITES_AT_ONCE, ({ after }) => storeTicket(after));
    changes.forEach(({ after }) => tickets.set(after.id, after));
    if (changes.length === 0) return changes;
    if (marks.syncedAt === null)
      await storeMarks({ ...marks, readAt: { ...marks.readAt, ...seenNow(changes) } });
    tell({ upserted: changes });
    return changes;
  }

  async function forget(id: TicketId): Promise<void> {
    if (!tickets.delete(id)) return;
    unstored.delete(id);
    await attempt(log, 'tickets.notRemoved', () => ticketFolder.remove(fileName(id)));
    const { [id]: _seen, ...readAt } = marks.readAt;
    const { [id]: _later, ...laterSurveys } = marks.laterSurveys;
    await storeMarks({
      ...marks,
      readAt,
      laterSurveys,
      dismissedSurveys: marks.dismissedSurveys.filter((one) => one !== id),
    });
    tell({ removed: [id] });
  }

  /** One change of the cache after the other. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => serial.run('tickets', task);
  const mark = (change: (marks: Marks) => Marks): Promise<void> =>
    inTurn(async () => {
      await storeMarks(change(marks));
      tell({});
    });

  return {
    load: () =>
      inTurn(async () => {
        const loaded = await ticketFolder.loadAll();
        const loadedMarks = await markFolder.loadAll();
        loaded.documents.forEach((ticket) => tickets.set(ticket.id, ticket));
        marks = stored = loadedMarks.documents.get(MARKS) ?? noMarks();
        if (loaded.quarantined > 0) await storeMarks({ ...marks, cursor: null });
        return { quarantined: loaded.quarantined + loadedMarks.quarantined };
      }),
    list: () => [...tickets.values()].sort(latestFirst).map(summaryOf),
    get: (id) => tickets.get(id),
    findByRef: (ref) => [...tickets.values()].find((ticket) => ticket.ref === ref),
    upsert: (incoming) => inTurn(() => take(incoming)),
    remove: (id) => inTurn(() => forget(id)),
    cursor: () => marks.cursor,
    setCursor: (cursor) =>
      inTurn(async () => {
        await inBatches(
          [...unstored].flatMap((id) => tickets.get(id) ?? []),
          WRITES_AT_ONCE,
          storeTicket,
        );
        if (cursor !== stored.cursor || cursor !== marks.cursor) await storeMarks({ ...marks, cursor });
      }),
    syncedAt: () => marks.syncedAt,
    confirm: () =>
      inTurn(async () => {
        const now = clock.now();
        const next = { ...marks, syncedAt: now.toISOString() };
        const age =
          stored.syncedAt === null ? Number.POSITIVE_INFINITY : now.getTime() - Date.parse(stored.syncedAt);
        if (Math.abs(age) >= CONFIRM_STORE_MS) await storeMarks(next);
        else marks = next;
        tell({});
      }),
    dismissedSurveys: () => marks.dismissedSurveys,
    dismissSurvey: (id) =>
      mark((now) => ({ ...now, dismissedSurveys: [...new Set([...now.dismissedSurveys, id])] })),
    laterSurveys: () => marks.laterSurveys,
    putOffSurvey: (id, until) =>
      mark((now) => ({ ...now, laterSurveys: { ...now.laterSurveys, [id]: until } })),
    markRead: async (id) => {
      const ticket = tickets.get(id);
      if (ticket && hasNews(ticket, marks.readAt[id])) {
        await mark((now) => ({ ...now, readAt: { ...now.readAt, [id]: ticket.updatedAt } }));
      }
    },
    unread: () =>
      [...tickets.values()].filter((ticket) => hasNews(ticket, marks.readAt[ticket.id])).map(({ id }) => id),
    clear: () =>
      inTurn(async () => {
        const removed = [...tickets.keys()];
        tickets.clear();
        unstored.clear();
        await storeMarks(noMarks());
        await inBatches(removed, WRITES_AT_ONCE, (id) =>
          attempt(log, 'tickets.notRemoved', () => ticketFolder.remove(fileName(id))),
        );
        tell({ removed });
      }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Board ids are opaque and may differ only in case: a hash is a file name on every system. */
const fileName = (id: TicketId): string => createHash('sha256').update(id).digest('hex');

const latestFirst = (a: Ticket, b: Ticket): number =>
  Date.parse(b.updatedAt) - Date.parse(a.updatedAt) || (a.id < b.id ? -1 : 1);

const summaryOf = ({
  steps: _steps,
  messages: _messages,
  details: _details,
  ...summary
}: Ticket): TicketSummary => summary;

/** Of several copies of a ticket in one listing, the last. */
const newest = (incoming: readonly Ticket[]): readonly Ticket[] => [
  ...new Map(incoming.map((ticket) => [ticket.id, ticket])).values(),
];

/** Answers overtake one another: what is older than the cache is no news, and neither is what says the same. */
const isNews = ({ before, after }: TicketChange): boolean =>
  before === undefined ||
  (Date.parse(after.updatedAt) >= Date.parse(before.updatedAt) && !isDeepStrictEqual(before, after));

/** What the first listing of an account brings is not news to its user. */
const seenNow = (changes: readonly TicketChange[]): Marks['readAt'] =>
  Object.fromEntries(changes.map(({ after }) => [after.id, after.updatedAt]));

/** The cache goes on without the disk; the log tells. */
async function attempt(log: Log, event: string, task: () => Promise<void>): Promise<boolean> {
  try {
    await task();
    return true;
  } catch (error) {
    log.error(event, error);
    return false;
  }
}

async function inBatches<T>(
  all: readonly T[],
  size: number,
  task: (one: T) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < all.length; start += size)
    await Promise.all(all.slice(start, start + size).map(task));
}
