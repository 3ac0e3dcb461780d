import type { OutboxItem } from './outbox';
import type { TicketId } from './primitives';
import { err, ok, type Result } from './result';
import { SURVEY_QUESTIONS, type SurveyAnswers, type SurveyQuestion } from './survey';
import type { TicketSummary } from './ticket';
import { dateOf } from './time-words';

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

function ratesTicket(
  { write }: Pick<OutboxItem, 'write'>,
  ticket: Pick<TicketSummary, 'id' | 'ref'>,
): boolean {
  if (write.kind !== 'rate') return false;
  return write.target.kind === 'board' ? write.target.id === ticket.id : write.target.ref === ticket.ref;
}
