import { create } from 'zustand';
import type { CallFault, CallResponse, PushPayload } from '@shared/contract';
import type { Instant, TicketId } from '@shared/domain/primitives';
import type { Ticket, TicketSummary } from '@shared/domain/ticket';
import { call } from '../api';

/** How many whole tickets the window keeps; the one opened longest ago leaves first. */
const KEPT_WHOLE = 20;

/** The tickets as main has them. */
export interface TicketMirror {
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly tickets: ReadonlyMap<TicketId, TicketSummary>;
  /** Whole tickets, as far as they were opened. */
  readonly whole: ReadonlyMap<TicketId, Ticket>;
  /** Why a whole ticket could not be had. */
  readonly faults: ReadonlyMap<TicketId, CallFault>;
  readonly dismissedSurveys: ReadonlySet<TicketId>;
  /** Surveys put off, with when they are asked for again. */
  readonly laterSurveys: Readonly<Record<TicketId, Instant>>;
  /** When the board last confirmed the list; `null`: never. */
  readonly syncedAt: Instant | null;
}

export const useTicketStore = create<TicketMirror>(() => ({
  phase: 'loading',
  tickets: new Map(),
  whole: new Map(),
  faults: new Map(),
  dismissedSurveys: new Set(),
  laterSurveys: {},
  syncedAt: null,
}));

/** Replaces the list; whole tickets stay. */
export function resetTickets(list: CallResponse<'tickets.list'>): void {
  const { tickets, dismissedSurveys, laterSurveys = {}, syncedAt } = list;
  useTicketStore.setState({
    phase: 'ready',
    tickets: new Map(tickets.map((ticket) => [ticket.id, ticket])),
    dismissedSurveys: new Set(dismissedSurveys),
    laterSurveys,
    syncedAt,
  });
}

/** Takes a push of main about rows. */
export function applyTickets({
  upserted,
  removed,
  dismissedSurveys,
  laterSurveys = {},
  syncedAt,
}: PushPayload<'tickets.changed'>): void {
  useTicketStore.setState((before) => {
    const common = { dismissedSurveys: new Set(dismissedSurveys), laterSurveys, syncedAt };
    if (upserted.length + removed.length === 0) return common;
    const tickets = new Map(before.tickets);
    for (const ticket of upserted) tickets.set(ticket.id, ticket);
    for (const id of removed) tickets.delete(id);
    return { ...common, tickets, whole: without(before.whole, removed) };
  });
}

/** Takes a whole ticket, asked for or pushed. */
export function applyTicket(ticket: Ticket): void {
  useTicketStore.setState((before) => {
    const whole = new Map(before.whole);
    whole.delete(ticket.id);
    whole.set(ticket.id, ticket);
    for (const id of [...whole.keys()].slice(0, Math.max(0, whole.size - KEPT_WHOLE))) whole.delete(id);
    return { whole, faults: without(before.faults, [ticket.id]) };
  });
}

/** The map without some keys; the same map where it has none of them. */
function without<Key, Value>(map: ReadonlyMap<Key, Value>, keys: readonly Key[]): ReadonlyMap<Key, Value> {
  if (!keys.some((key) => map.has(key))) return map;
  const rest = new Map(map);
  for (const key of keys) rest.delete(key);
  return rest;
}

/** Asks for a whole ticket; main answers from its cache and refreshes behind it. */
export async function openTicket(id: TicketId): Promise<void> {
  const answer = await call('tickets.get', { id });
  if (answer.ok) return applyTicket(answer.value);
  useTicketStore.setState((before) => ({ faults: new Map(before.faults).set(id, answer.fault) }));
}
