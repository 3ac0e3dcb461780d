import { fromDate } from '@internationalized/date';
import type { BusinessHours } from './agreement';
import { hoursAt, isTimeZone } from './hours';
import type { OutboxItem } from './outbox';
import type { Message, Ticket } from './ticket';
import { dateOf, type Moment } from './time-words';

/** How long after a call that nobody answered the next one is due, in milliseconds (guide, chapter 4, question 5). */
export const CALL_AGAIN_AFTER = 60 * 60_000;
const DAY = 24 * 60 * 60_000;

/**
 * What following up on a ticket means now (guide, chapter 4, question 5: about a day after it was filed, at once if
 * something changed; an emergency is phoned in, every hour until somebody answered).
 */
export type FollowUp =
  /** Nothing to follow up: the ticket is closed. */
  | { readonly kind: 'closed' }
  /** The engineer waits for the user: answering helps more than asking. */
  | { readonly kind: 'question' }
  /** It is called solved: saying whether it works helps more than asking. */
  | { readonly kind: 'confirm' }
  /** An emergency is asked about by phone. `again`: nobody has taken it yet, so it is called again every hour. */
  | { readonly kind: 'call'; readonly again: boolean }
  | { readonly kind: 'now'; readonly askedAt: Date }
  /** Asked less than a day ago; something that changed may still be told at once. */
  | { readonly kind: 'later'; readonly askedAt: Date; readonly dueAt: Date };

/** The ticket as far as the rule reads it; `null` while it has not left this computer. */
export type FollowUpTicket = Pick<
  Ticket,
  'closed' | 'question' | 'step' | 'emergency' | 'createdAt' | 'assignee'
> & { readonly messages: readonly Pick<Message, 'at' | 'author' | 'followUp'>[] };

/** What the rule is judged by. */
export interface FollowUpFacts {
  readonly ticket: FollowUpTicket | null;
  /** What was written here for this ticket, delivered or not. */
  readonly items: readonly Pick<OutboxItem, 'acceptedAt' | 'write' | 'state'>[];
  readonly now: Moment;
  /** IANA zone of the user: a day later is the same time on the clock. */
  readonly timeZone: string;
}

/**
 * Whether the user can follow up now, and else what to do instead or when the next one is due. A day is counted from
 * filing or from the last follow-up, whichever is later; answering a question uses nothing up.
 */
export function followUpOf(facts: FollowUpFacts): FollowUp {
  const { ticket, now, timeZone } = facts;
  if (ticket?.closed === true) return { kind: 'closed' };
  if (ticket !== null && ticket.question !== null) return { kind: 'question' };
  if (ticket?.step === 'resolved') return { kind: 'confirm' };
  if (isEmergency(facts)) return { kind: 'call', again: (ticket?.assignee ?? null) === null };
  const at = dateOf(now);
  const askedAt = lastAsked(facts, at);
  const dueAt = dayLater(askedAt, timeZone);
  return dueAt <= at ? { kind: 'now', askedAt } : { kind: 'later', askedAt, dueAt };
}

/**
 * When a follow-up sent at `now` is read: `null` while the service desk is open (or its hours are not known), else its
 * next opening (guide, chapter 6: after hours is for emergencies only).
 */
export function readFrom(hours: BusinessHours | null, now: Moment): Date | null {
  if (hours === null) return null;
  const state = hoursAt(hours, now);
  return state.open ? null : state.opensAt;
}

/** The dispatcher says what an emergency is; until the review the user's own mark counts. */
function isEmergency({ ticket, items }: FollowUpFacts): boolean {
  if (ticket?.emergency === true) return true;
  const isReviewed = ticket !== null && ticket.step !== 'created' && ticket.step !== 'received';
  return !isReviewed && items.some(({ write }) => write.kind === 'create' && write.intake.emergency);
}

/** The latest filing or follow-up; one that the board dates after `now` counts as now, because clocks differ. */
function lastAsked({ ticket, items }: FollowUpFacts, now: Date): Date {
  const asked = [
    ...(ticket === null ? [] : [ticket.createdAt]),
    ...(ticket?.messages ?? [])
      .filter(({ author, followUp }) => author.kind === 'requester' && followUp === true)
      .map(({ at }) => at),
    ...items.filter(isAsking).map(({ acceptedAt }) => acceptedAt),
  ].map((at) => Math.min(dateOf(at).getTime(), now.getTime()));
  return asked.length === 0 ? now : new Date(Math.max(...asked));
}

/** Written here and not refused: it is or will be at the board. */
function isAsking({ write, state }: FollowUpFacts['items'][number]): boolean {
  if (state.kind === 'needsAttention') return false;
  return write.kind === 'create' || (write.kind === 'message' && write.followUp === true);
}

/** The same time on the clock a day later; one that daylight saving skips is the moment the clock jumps past it. */
function dayLater(at: Date, timeZone: string): Date {
  if (!isTimeZone(timeZone)) return new Date(at.getTime() + DAY);
  return fromDate(at, timeZone).add({ days: 1 }).toDate();
}
