import type { OutboxItem, TicketTarget } from './outbox';
import type { Ref, TicketId } from './primitives';
import type { TicketKey } from './route';
import type { TicketSummary } from './ticket';

/**
 * The key of a ticket on screen. A ticket filed by a Deskbell keeps the `ref:` key it had in the outbox, so that its
 * place, its draft and its window stay when the board has taken it; all others go by the board's id.
 */
export const keyOfTicket = (ticket: Pick<TicketSummary, 'id' | 'ref'>): TicketKey =>
  ticket.ref === null ? keyOfId(ticket.id) : keyOfRef(ticket.ref);

/**
 * The key of the ticket that an item of the outbox belongs to. The lane tells it, because the lane is the ticket's
 * lasting identity: a message to a ticket filed here may name the board's id and still belong under the `ref:` key.
 */
export const keyOfItem = (item: Pick<OutboxItem, 'lane'>): TicketKey =>
  item.lane.startsWith(BY_ID) ? item.lane : `${BY_REF}${item.lane}`;

/** The key that a target alone gives. For a ticket of the board that was filed here, `keyOfTicket` knows better. */
export const keyOfTarget = (target: TicketTarget): TicketKey =>
  target.kind === 'outbox' ? keyOfRef(target.ref) : keyOfId(target.id);

/**
 * The outbox lane of a ticket: writes of one lane leave in order. It is the ref of the ticket's create where a
 * Deskbell filed it, else `id:<ticket id>`. Give the ticket, not a target, where it is known: only then is the lane
 * the same before and after the board took the ticket.
 */
export function laneOf(of: TicketTarget | Pick<TicketSummary, 'id' | 'ref'>): string {
  return laneOfKey('kind' in of ? keyOfTarget(of) : keyOfTicket(of));
}

/** The lane of the ticket with this key; see `laneOf`. */
export const laneOfKey = (key: TicketKey): string =>
  key.startsWith(BY_REF) ? key.slice(BY_REF.length) : key;

/**
 * What a write for the ticket with this key must name. The board's ticket where there is one: among `tickets`, or
 * because the create in `items` was delivered. A ticket that is still in the outbox goes by the ref of its create.
 * `null`: nobody knows the ticket.
 */
export function targetOf(
  key: TicketKey,
  tickets: readonly Pick<TicketSummary, 'id' | 'ref'>[],
  items: readonly Pick<OutboxItem, 'ref' | 'write' | 'state'>[],
): TicketTarget | null {
  const ticket = tickets.find((one) => keyOfTicket(one) === key || keyOfId(one.id) === key);
  if (ticket) return { kind: 'board', id: ticket.id };
  const create = items.find((item) => item.write.kind === 'create' && keyOfRef(item.ref) === key);
  if (!create) return null;
  if (create.state.kind === 'delivered') return { kind: 'board', id: create.state.receipt.ticketId };
  return { kind: 'outbox', ref: create.ref };
}

const BY_ID = 'id:';
const BY_REF = 'ref:';
const keyOfId = (id: TicketId): TicketKey => `${BY_ID}${id}`;
const keyOfRef = (ref: Ref): TicketKey => `${BY_REF}${ref}`;
