import type { Instant } from '@shared/domain/primitives';
import type { Ticket } from '@shared/domain/ticket';

/** When the desk last did something on a ticket that its user may want to see; `null`: nothing yet. Own entries do not count. */
export function lastNewsAt(ticket: Pick<Ticket, 'messages' | 'steps'>): Instant | null {
  const messages = ticket.messages
    .filter((message) => message.author.kind === 'staff')
    .map((message) => message.at);
  const steps = ticket.steps.filter((entry) => entry.step !== 'created').map((entry) => entry.at);
  return [...messages, ...steps].reduce<Instant | null>(
    (latest, at) => (latest !== null && latest >= at ? latest : at),
    null,
  );
}

/** Whether the desk did something after the ticket was last opened. */
export function hasNews(ticket: Pick<Ticket, 'messages' | 'steps'>, readAt: Instant | undefined): boolean {
  const news = lastNewsAt(ticket);
  return news !== null && (readAt === undefined || Date.parse(news) > Date.parse(readAt));
}
