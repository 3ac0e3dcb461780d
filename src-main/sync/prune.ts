import type { OutboxItem } from '@shared/domain/outbox';
import type { Announcement } from '@shared/domain/agreement';
import type { Ticket } from '@shared/domain/ticket';

/** After this long a delivered item goes in any case, in ms: 7 days. */
export const DELIVERED_KEPT_MS = 7 * 24 * 60 * 60_000;

/** What is known about the ticket of a delivered item, or about the outage that was joined. */
export interface Seen {
  /** As the cache has it. */
  readonly ticket: Ticket | undefined;
  /** When the request began that brought it last, in ms since 1970. */
  readonly fetchedAt: number | undefined;
  readonly announcement?: Announcement | undefined;
}

/**
 * Whether a delivered item must stay in the outbox: until the cache shows what it did, so that nothing the user sent
 * vanishes from the screen in between.
 */
export function keepDelivered(
  { state, write, ref }: OutboxItem,
  { ticket, fetchedAt, announcement }: Seen,
  now: Date,
): boolean {
  if (state.kind !== 'delivered') return true;
  const deliveredAt = Date.parse(state.at);
  if (now.getTime() - deliveredAt > DELIVERED_KEPT_MS) return false;
  if (write.kind === 'join')
    return announcement !== undefined && announcement.endedAt === null && announcement.joined !== true;
  if (write.kind === 'create') return ticket === undefined;
  if (write.kind === 'message' && ticket?.messages.some((message) => message.ref === ref)) return false;
  return fetchedAt === undefined || fetchedAt < deliveredAt;
}
