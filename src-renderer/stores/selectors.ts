import { useEffect, useMemo } from 'react';
import type { CallFault } from '@shared/contract';
import { emailOffer, insteadLanes, isByEmail } from '@shared/domain/by-email';
import type { OutboxItem } from '@shared/domain/outbox';
import type { TicketKey } from '@shared/domain/route';
import type { Message, Ticket, TicketSummary } from '@shared/domain/ticket';
import { keyOfItem } from '@shared/domain/ticket-key';
import { useAppStore } from './app-store';
import { isUnsent, listRows, type CreateItem, type ListRow } from './list-rows';
import { useOutboxStore, type Progress } from './outbox-store';
import { openTicket, useTicketStore } from './ticket-store';

/** All rows, of the board and of the outbox, in no order. */
export function useListRows(): readonly ListRow[] {
  const tickets = useTicketStore((state) => state.tickets);
  const items = useOutboxStore((state) => state.items);
  return useMemo(() => listRows(tickets.values(), [...items.values()]), [tickets, items]);
}

/** What the window knows about the ticket with a key. */
export interface TicketView {
  /** `loading` until the whole ticket is here; `missing`: nobody knows it; `failed`: `fault` says why. */
  readonly phase: 'loading' | 'ready' | 'failed' | 'missing';
  /** The row's facts, as soon as the board has the ticket. */
  readonly summary: TicketSummary | null;
  readonly ticket: Ticket | null;
  /** The outbox item that files it, while the outbox still lists it. */
  readonly create: CreateItem | null;
  /** Every item of the ticket that the outbox lists, delivered ones included, in order. */
  readonly items: readonly OutboxItem[];
  /** Those that the board has not taken yet. */
  readonly pending: readonly OutboxItem[];
  /** It goes by e-mail, or went: the desk answers by e-mail, and nothing else is ever known of it here. */
  readonly byEmail: boolean;
  readonly fault: CallFault | null;
}

/** The ticket with this key, asked for when needed and again when its row changes. */
export function useTicket(key: TicketKey): TicketView {
  const rows = useListRows();
  const listPhase = useTicketStore((state) => state.phase);
  const outboxPhase = useOutboxStore((state) => state.phase);
  const allItems = useOutboxStore((state) => state.items);
  const row = useMemo(() => rowOfKey(rows, key), [rows, key]);
  const summary = row?.kind === 'ticket' ? row.ticket : null;
  const id = summary?.id ?? null;
  const ticket = useTicketStore((state) => (id === null ? null : (state.whole.get(id) ?? null)));
  const fault = useTicketStore((state) => (id === null ? null : (state.faults.get(id) ?? null)));
  const items = useMemo(() => itemsOfTicket(allItems.values(), row), [allItems, row]);
  const create = useMemo(
    () => items.find((item): item is CreateItem => item.write.kind === 'create') ?? null,
    [items],
  );
  const pending = useMemo(() => items.filter(isUnsent), [items]);

  const isMailbox = useAppStore((state) => state.app?.capabilities?.read === false);
  const byEmail = summary === null && create !== null && (isMailbox || isByEmail(create));

  const changed = summary?.updatedAt;
  useEffect(() => {
    if (id !== null) void openTicket(id);
  }, [id, changed]);

  const isLoading = listPhase === 'loading' || outboxPhase === 'loading';
  const phase = phaseOf(row, ticket, fault, isLoading);
  return { phase, summary, ticket, create, items, pending, byEmail, fault };
}

function phaseOf(
  row: ListRow | null,
  ticket: Ticket | null,
  fault: CallFault | null,
  isLoading: boolean,
): TicketView['phase'] {
  if (row === null) return isLoading ? 'loading' : 'missing';
  if (row.kind === 'pending' || ticket !== null) return 'ready';
  return fault === null ? 'loading' : 'failed';
}

/** The row with a key; a ticket filed here is also found by the board's id (a notification or deep link may use it). */
export function rowOfKey(rows: readonly ListRow[], key: TicketKey): ListRow | null {
  return (
    rows.find((row) => row.key === key) ??
    rows.find((row) => row.kind === 'ticket' && `id:${row.ticket.id}` === key) ??
    rows.find((row) => row.kind === 'ticket' && `ref:${row.ticket.ref}` === key) ??
    null
  );
}

function itemsOfTicket(items: Iterable<OutboxItem>, row: ListRow | null): readonly OutboxItem[] {
  if (row === null) return [];
  const keys = new Set(row.kind === 'ticket' ? [row.key, `id:${row.ticket.id}`] : [row.key]);
  return [...items].filter((item) => keys.has(keyOfItem(item))).toSorted((a, b) => a.sequence - b.sequence);
}

/** Messages written here that the board does not show yet, by ref; a delivered one stays until the board shows it. */
export function unseenMessages(
  messages: readonly Message[],
  items: readonly OutboxItem[],
): readonly OutboxItem[] {
  const shown = new Set(messages.map((message) => message.ref));
  return items.filter((item) => item.write.kind === 'message' && !shown.has(item.ref));
}

/** The lanes that the user sends by e-mail instead, for words about what waits in them. */
export function useInsteadLanes(): ReadonlySet<string> {
  const items = useOutboxStore((state) => state.items);
  return useMemo(() => insteadLanes(items.values()), [items]);
}

/** Whether the user is offered to send an item by e-mail instead, and where it would go. */
export function useEmailOffer(item: OutboxItem): {
  readonly kind: ReturnType<typeof emailOffer>;
  readonly deskAddress: string;
} {
  const fallback = useAppStore((state) => state.app?.fallback ?? null);
  return { kind: emailOffer(item, fallback), deskAddress: fallback?.deskAddress ?? '' };
}

/** How far an item has left; `null` where it is not being sent or main does not say. */
export const useProgress = (ref: string): Progress | null =>
  useOutboxStore((state) => state.progress.get(ref) ?? null);
