import { emailSentAt, wasSentByEmail } from '@shared/domain/by-email';
import type { OutboxItem, Write } from '@shared/domain/outbox';
import type { TicketId } from '@shared/domain/primitives';
import type { TicketKey } from '@shared/domain/route';
import type { TicketSummary } from '@shared/domain/ticket';
import { keyOfItem, keyOfTicket } from '@shared/domain/ticket-key';

type CreateWrite = Extract<Write, { kind: 'create' }>;
/** The outbox item that files a ticket. */
export type CreateItem = OutboxItem & { readonly write: CreateWrite };

/** One row of the list: a ticket of the board, or one that the board does not have yet. */
export type ListRow =
  | {
      readonly kind: 'ticket';
      readonly key: TicketKey;
      readonly ticket: TicketSummary;
      /** Writes of this ticket that the board has not taken yet, in order. */
      readonly pending: readonly OutboxItem[];
    }
  | {
      readonly kind: 'pending';
      readonly key: TicketKey;
      /** The create; `delivered` for the moment until the board's list names the ticket. */
      readonly item: CreateItem;
      readonly pending: readonly OutboxItem[];
    };

/** The order of the list. `attention`: what needs the user first, then the latest change. */
export const SORTS = ['attention', 'newest', 'oldest'] as const;
export type Sort = (typeof SORTS)[number];

/** Whether an item files a ticket. */
export const isCreate = (item: OutboxItem): item is CreateItem => item.write.kind === 'create';
/** Whether the board has not taken an item yet. */
export const isUnsent = (item: OutboxItem): boolean => item.state.kind !== 'delivered';

/**
 * The tickets of the board and those still in the outbox as one list, in no order. A ticket filed here has the same
 * key before and after delivery, so that its row, its draft and the selection stay.
 */
export function listRows(tickets: Iterable<TicketSummary>, items: readonly OutboxItem[]): ListRow[] {
  const creates = items.filter(isCreate);
  const keyOfReceipt = new Map(
    creates.flatMap((item) =>
      item.state.kind === 'delivered' ? [[item.state.receipt.ticketId, keyOfItem(item)]] : [],
    ),
  );
  const pending = pendingByKey(items, keyOfReceipt);
  const rows: ListRow[] = [];
  const known = new Set<TicketKey>();
  for (const ticket of tickets) {
    const key = keyOfReceipt.get(ticket.id) ?? keyOfTicket(ticket);
    known.add(key);
    rows.push(ticketRow(key, ticket, pending.get(key)));
  }
  for (const item of creates) {
    const key = keyOfItem(item);
    if (!known.has(key)) rows.push({ kind: 'pending', key, item, pending: pending.get(key) ?? [] });
  }
  return rows;
}

/** Unsent writes by the key of their ticket. A lane by id belongs to the key under which the ticket was filed here. */
function pendingByKey(
  items: readonly OutboxItem[],
  keyOfReceipt: ReadonlyMap<TicketId, TicketKey>,
): ReadonlyMap<TicketKey, readonly OutboxItem[]> {
  const byKey = new Map<TicketKey, OutboxItem[]>();
  for (const item of items.filter(isUnsent).toSorted((a, b) => a.sequence - b.sequence)) {
    const own = keyOfItem(item);
    const key = (own.startsWith('id:') ? keyOfReceipt.get(own.slice(3)) : undefined) ?? own;
    byKey.set(key, [...(byKey.get(key) ?? []), item]);
  }
  return byKey;
}

const NONE: readonly OutboxItem[] = [];
/** Rows without anything pending, kept so that an unchanged ticket keeps its row object (10,000 rows stay cheap). */
const quietRows = new WeakMap<TicketSummary, ListRow>();

function ticketRow(
  key: TicketKey,
  ticket: TicketSummary,
  pending: readonly OutboxItem[] | undefined,
): ListRow {
  if (pending !== undefined) return { kind: 'ticket', key, ticket, pending };
  const kept = quietRows.get(ticket);
  if (kept?.key === key) return kept;
  const row: ListRow = { kind: 'ticket', key, ticket, pending: NONE };
  quietRows.set(ticket, row);
  return row;
}

/** When a row was filed. */
export const filedAt = (row: ListRow): string =>
  row.kind === 'ticket' ? row.ticket.createdAt : row.item.acceptedAt;
/** When something last happened to a row. */
export const changedAt = (row: ListRow): string =>
  row.kind === 'ticket' ? row.ticket.updatedAt : (emailSentAt(row.item.state) ?? row.item.acceptedAt);
/** What a row is about. */
export const summaryOf = (row: ListRow): string =>
  row.kind === 'ticket' ? row.ticket.summary : row.item.write.summary;
/** Whether a row is an emergency: the board says so, or the user where nobody else ever will. */
export const isEmergency = (row: ListRow): boolean =>
  row.kind === 'ticket'
    ? row.ticket.emergency
    : row.item.write.intake.emergency && wasSentByEmail(row.item.state);
/** Whether a row belongs to the closed ones. */
export const isClosed = (row: ListRow): boolean => row.kind === 'ticket' && row.ticket.closed;

/** Whether something of a row waits for the user: an answer, a confirmation, or an item that could not go out. */
export function needsUser(row: ListRow): boolean {
  if (row.pending.some((item) => item.state.kind === 'needsAttention')) return true;
  if (row.kind === 'pending' || row.ticket.closed) return false;
  const answered = row.pending.some((item) => item.write.kind === 'message' || item.write.kind === 'state');
  return !answered && (row.ticket.question !== null || row.ticket.step === 'resolved');
}

/** The rows in order; the same rows give the same order. */
export function sortRows(rows: readonly ListRow[], sort: Sort): ListRow[] {
  switch (sort) {
    case 'attention':
      return rows.toSorted(
        (a, b) =>
          Number(needsUser(b)) - Number(needsUser(a)) ||
          compare(changedAt(b), changedAt(a)) ||
          compare(a.key, b.key),
      );
    case 'newest':
      return rows.toSorted((a, b) => compare(filedAt(b), filedAt(a)) || compare(a.key, b.key));
    case 'oldest':
      return rows.toSorted((a, b) => compare(filedAt(a), filedAt(b)) || compare(a.key, b.key));
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Keeps the order of rows that were there before, for as long as the pointer or the keyboard is in the list: nothing
 * may move under it. Rows that are new go last, rows that are gone leave.
 */
export function heldOrder(rows: readonly ListRow[], before: readonly TicketKey[]): ListRow[] {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const kept = before.flatMap((key) => byKey.get(key) ?? []);
  const seen = new Set(before);
  return [...kept, ...rows.filter((row) => !seen.has(row.key))];
}

const haystacks = new WeakMap<TicketSummary, string>();

/** Whether a row matches what was typed: every word is somewhere in its summary, number, names or status. */
export function matches(row: ListRow, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text =
    row.kind === 'ticket'
      ? haystackOf(row.ticket)
      : folded(`${row.item.write.summary} ${row.item.write.intake.problem}`);
  return words.every((word) => text.includes(word));
}

/** What was typed as words to look for: case and accents do not count. */
export const searchWords = (typed: string): readonly string[] =>
  folded(typed)
    .split(/\s+/)
    .filter((word) => word !== '');

function haystackOf(ticket: TicketSummary): string {
  const kept = haystacks.get(ticket);
  if (kept !== undefined) return kept;
  const text = folded(
    `${ticket.number} ${ticket.summary} ${ticket.statusLabel} ${ticket.assignee?.name ?? ''}`,
  );
  haystacks.set(ticket, text);
  return text;
}

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
