import type { CallFault } from '@shared/contract';
import type { Draft, MessageDraft, SurveyDraft, TicketDraft } from '@shared/domain/draft';
import { checkIntake } from '@shared/domain/intake-rules';
import type { OutboxItem, Write } from '@shared/domain/outbox';
import { MAX_TEXT_LENGTH, type TicketId } from '@shared/domain/primitives';
import { assertNever, err, ok, type Result } from '@shared/domain/result';
import { completeAnswers } from '@shared/domain/survey-rules';
import { cleanText, isBlank } from '@shared/domain/text';
import type { TicketSummary } from '@shared/domain/ticket';
import { laneOf, laneOfKey, targetOf } from '@shared/domain/ticket-key';

/** A write and the lane it belongs to. */
export interface Addressed {
  readonly lane: string;
  readonly write: Write;
}

/** What is known about tickets when something is sent. */
export interface Known {
  readonly tickets: readonly TicketSummary[];
  readonly items: readonly OutboxItem[];
}

/**
 * Turns a draft into what goes to the board, texts cleaned. `invalid`: what the user has to change first;
 * `notFound`: the ticket it belongs to is not known (any more).
 */
export function toWrite(draft: Draft, known: Known): Result<Addressed, CallFault> {
  switch (draft.kind) {
    case 'ticket':
      return ticketWrite(draft);
    case 'message':
      return messageWrite(draft, known);
    case 'survey':
      return surveyWrite(draft, known);
    default:
      return assertNever(draft);
  }
}

function ticketWrite(draft: TicketDraft): Result<Addressed, CallFault> {
  const checked = checkIntake(draft.intake);
  if (!checked.ok) return err({ kind: 'invalid', problems: [...checked.fault] });
  return ok({ lane: draft.id, write: { kind: 'create', ...checked.value, files: draft.files } });
}

function messageWrite(draft: MessageDraft, known: Known): Result<Addressed, CallFault> {
  const text = cleanText(draft.text).trim();
  if (isBlank(text) && draft.files.length === 0) return invalid('text', 'empty');
  if (text.length > MAX_TEXT_LENGTH) return invalid('text', 'tooLong');
  const target = targetOf(draft.ticketKey, known.tickets, known.items);
  if (!target) return err({ kind: 'notFound' });
  const lane = target.kind === 'board' ? laneOfTicket(target.id, known) : undefined;
  return ok({
    lane: lane ?? laneOfKey(draft.ticketKey),
    write: {
      kind: 'message',
      target,
      text,
      files: draft.files,
      ...(draft.followUp ? { followUp: true } : {}),
    },
  });
}

function surveyWrite(draft: SurveyDraft, known: Known): Result<Addressed, CallFault> {
  const answers = completeAnswers(draft.answers);
  if (!answers.ok) return invalid('answers', 'empty');
  const target = { kind: 'board', id: draft.ticketId } as const;
  const comment = cleanText(draft.comment).trim();
  return ok({
    lane: laneOfTicket(draft.ticketId, known) ?? laneOf(target),
    write: { kind: 'rate', target, answers: answers.value, comment },
  });
}

function laneOfTicket(id: TicketId, known: Known): string | undefined {
  const ticket = known.tickets.find((one) => one.id === id);
  return ticket && laneOf(ticket);
}

const invalid = (field: string, problem: 'empty' | 'tooLong'): Result<never, CallFault> =>
  err({ kind: 'invalid', problems: [{ field, problem }] });
