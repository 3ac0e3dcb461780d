import type { OutboxItem } from '@shared/domain/outbox';
import type { StateChange, TicketSummary } from '@shared/domain/ticket';
import { keyOfItem, keyOfTicket } from '@shared/domain/ticket-key';

/** How long after it was delivered a change of the user's may still show in the board's answers. In milliseconds. */
const SHOWS_FOR_MS = 10 * 60_000;

/** The state changes of a ticket that were sent from here and may be what its new view shows: they are not told. */
export function ownChanges(
  ticket: Pick<TicketSummary, 'id' | 'ref'>,
  items: readonly OutboxItem[],
  now: Date,
): ReadonlySet<StateChange> {
  const key = keyOfTicket(ticket);
  const recent = items.filter((item) => keyOfItem(item) === key && mayShow(item, now));
  return new Set(recent.flatMap(({ write }) => (write.kind === 'state' ? [write.change] : [])));
}

function mayShow({ state }: OutboxItem, now: Date): boolean {
  if (state.kind === 'needsAttention') return false;
  return state.kind !== 'delivered' || now.getTime() - Date.parse(state.at) < SHOWS_FOR_MS;
}
