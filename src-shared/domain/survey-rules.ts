import type { OutboxItem } from './outbox';
import type { Instant, TicketId } from './primitives';
import { err, ok, type Result } from './result';
import { SURVEY_QUESTIONS, type SurveyAnswers, type SurveyQuestion } from './survey';
import type { TicketSummary } from './ticket';
import { dateOf, type Moment } from './time-words';

/** A survey as far as it is answered. */
export type PartialAnswers = { readonly [Question in SurveyQuestion]?: SurveyAnswers[Question] | undefined };

/** The questions still to be answered, in the order they are asked. */
export const unanswered = (answers: PartialAnswers): readonly SurveyQuestion[] =>
  SURVEY_QUESTIONS.filter((question) => answers[question] === undefined);

/** All five answers, or the questions that are missing: a survey goes out complete or not at all (guide, chapter 5). */
export function completeAnswers(answers: PartialAnswers): Result<SurveyAnswers, readonly SurveyQuestion[]> {
  const { overall, time, quality, process, people } = answers;
  if (overall && time && quality && process && people) return ok({ overall, time, quality, process, people });
  return err(unanswered(answers));
}

/**
 * The tickets whose survey waits for the user, the latest closed first: closed, asked for, not put aside, and no
 * answers for it in the outbox, whatever became of them: the outbox speaks of those.
 */
export function surveysWaiting<
  Row extends Pick<TicketSummary, 'id' | 'ref' | 'closed' | 'survey' | 'updatedAt'>,
>(
  tickets: readonly Row[],
  dismissed: readonly TicketId[],
  items: readonly Pick<OutboxItem, 'write'>[] = [],
): readonly Row[] {
  const hidden = new Set(dismissed);
  return tickets
    .filter((ticket) => ticket.closed && ticket.survey === 'waiting' && !hidden.has(ticket.id))
    .filter((ticket) => !items.some((item) => ratesTicket(item, ticket)))
    .sort((one, other) => dateOf(other.updatedAt).getTime() - dateOf(one.updatedAt).getTime());
}

/** A survey nobody touched is reminded of after two days, and never after two weeks: then it is only a nuisance. */
const REMIND_AFTER_MS = 2 * 24 * 60 * 60_000;
const REMIND_UNTIL_MS = 14 * 24 * 60 * 60_000;
const LATER_MS = 24 * 60 * 60_000;

/** When a survey that is put off is asked for again: this time tomorrow. */
export const askAgainAt = (now: Moment): Instant => new Date(dateOf(now).getTime() + LATER_MS).toISOString();

/**
 * Whether it is time to remind of a survey that waits: when the user wanted to be asked again, or else two days after
 * the ticket was closed. That it happens once for each ticket is the caller's memory.
 */
export function surveyReminderDue(
  ticket: Pick<TicketSummary, 'updatedAt'>,
  later: Instant | undefined,
  now: Moment,
): boolean {
  const time = dateOf(now).getTime();
  const closed = dateOf(ticket.updatedAt).getTime();
  const due = later === undefined ? closed + REMIND_AFTER_MS : dateOf(later).getTime();
  return time >= due && time < closed + REMIND_UNTIL_MS;
}

/** Whether the ratings deserve an offer to call: any of them 1 or 2 (issue: a low rating offers a call back). */
export const isLowRating = (answers: PartialAnswers): boolean =>
  SURVEY_QUESTIONS.some((question) => (answers[question] ?? 5) <= 2);

function ratesTicket(
  { write }: Pick<OutboxItem, 'write'>,
  ticket: Pick<TicketSummary, 'id' | 'ref'>,
): boolean {
  if (write.kind !== 'rate') return false;
  return write.target.kind === 'board' ? write.target.id === ticket.id : write.target.ref === ticket.ref;
}
