import type { FallbackState } from './fallback';
import type { OutboxItem, Receipt } from './outbox';
import { mayHaveArrived } from './outbox-rules';
import type { Instant, Ref } from './primitives';

/** How long what was sent by e-mail stays in the list, in milliseconds: 90 days. Nothing else shows it. */
export const SENT_BY_EMAIL_KEPT_MS = 90 * 24 * 60 * 60_000;

type Travelling = Pick<OutboxItem, 'via' | 'state'>;

/** What a mailbox gives for a write: its own ref, because a mailbox knows no tickets, and no number. */
export const emailReceipt = (ref: Ref): Receipt => ({ ticketId: ref, ticketNumber: '', via: 'email' });

/** Whether a create goes by e-mail, or went: decided by the user, or because the desk is a mailbox. */
export const isByEmail = ({ via, state }: Travelling): boolean => via === 'email' || wasSentByEmail(state);

/** Whether it was sent, and by e-mail: the desk answers by e-mail, and nothing is heard of it here. */
export const wasSentByEmail = (state: OutboxItem['state']): boolean => emailSentAt(state) !== null;

/** When it was sent by e-mail; `null`: it was not. */
export const emailSentAt = (state: OutboxItem['state']): Instant | null =>
  state.kind === 'delivered' && state.receipt.via === 'email' ? state.at : null;

/** The lanes of the tickets that the user sends by e-mail instead of to their board, with all that is written for them later. */
export const insteadLanes = (items: Iterable<OutboxItem>): ReadonlySet<string> =>
  new Set([...items].filter(({ via }) => via === 'email').map(({ lane }) => lane));

/** The lanes of the tickets that exist by e-mail only. */
function emailLanes(items: readonly OutboxItem[]): ReadonlySet<string> {
  const creates = items.filter((item) => item.write.kind === 'create' && isByEmail(item));
  return new Set(creates.map(({ lane }) => lane));
}

/**
 * Of the tickets that exist by e-mail only the lanes of those that stay in the list: as long as something of the ticket has not left, and 90 days after the last of it
 * was sent.
 */
export function keptEmailLanes(items: readonly OutboxItem[], now: Date): ReadonlySet<string> {
  const lanes = emailLanes(items);
  const isYoung = ({ state }: OutboxItem): boolean =>
    state.kind !== 'delivered' || now.getTime() - Date.parse(state.at) < SENT_BY_EMAIL_KEPT_MS;
  return new Set(items.filter((item) => lanes.has(item.lane) && isYoung(item)).map(({ lane }) => lane));
}

/**
 * Whether an item can be sent by e-mail instead of to its board. `inDoubt`: the board may have it already, so that it would
 * be filed twice; `no`: it is on its way, is no ticket of its own, or goes by e-mail already.
 */
export function emailInstead(item: OutboxItem): 'yes' | 'inDoubt' | 'no' {
  const { write, state } = item;
  if (write.kind !== 'create' || isByEmail(item)) return 'no';
  if (state.kind === 'sending' || state.kind === 'delivered') return 'no';
  return mayHaveArrived(state) ? 'inDoubt' : 'yes';
}

/**
 * Whether the user is offered to send an item by e-mail instead: when the board is out of reach for as long as the user has
 * chosen, and when the board has refused a ticket as it is. `inDoubt`: it would be offered, were it sure that it has not
 * arrived.
 */
export function emailOffer(item: OutboxItem, fallback: FallbackState | null): 'offered' | 'inDoubt' | 'none' {
  const possible = fallback === null ? 'no' : emailInstead(item);
  if (possible === 'no') return 'none';
  const { state } = item;
  const isRefused = state.kind === 'needsAttention' && state.fault.kind === 'rejected';
  if (fallback?.isOffered !== true && !isRefused) return 'none';
  return possible === 'inDoubt' ? 'inDoubt' : 'offered';
}

/** The item when the user has decided that it goes by e-mail; `null`: it cannot (see `emailInstead`). */
export function takenByEmail(item: OutboxItem): OutboxItem | null {
  if (emailInstead(item) !== 'yes') return null;
  const state = { kind: 'queued', attempts: 0, notBefore: null, lastFault: null } as const;
  return { ...item, via: 'email', state };
}
