import type { RtFields } from '@shared/domain/board';
import { MAX_TEXT_LENGTH, RefSchema, type Instant, type Ref } from '@shared/domain/primitives';
import { cleanText, shorten } from '@shared/domain/text';
import type { Message, Ticket } from '@shared/domain/ticket';
import type { Parts } from './body';
import { fieldOf } from './fields';
import { peopleOf } from './people';
import { openQuestion } from './question';
import type { RtTicket, RtTransaction } from './shapes';
import { timelineOf, visitOf, type Timeline } from './timeline';

/** Everything RT tells of a ticket. `history` and `messages`: oldest first. */
export interface TicketFacts {
  readonly ticket: RtTicket;
  readonly history: readonly RtTransaction[];
  readonly messages: readonly Message[];
  /** The body it was filed with, taken apart. */
  readonly filed: Parts | null;
}

/**
 * A resolved ticket that nobody has confirmed counts as closed after this, in ms: 14 days. Otherwise everything that was ever
 * resolved would ask on the first day whether it works.
 */
export const CLOSED_AFTER_MS = 14 * 24 * 60 * 60_000;

/** The ticket as Deskbell shows it. */
export function ticketOf(
  { ticket, history, messages, filed }: TicketFacts,
  fields: RtFields,
  now: Date,
): Ticket {
  const people = peopleOf(ticket);
  const timeline = timelineOf({ ticket, history, people, fields });
  const closed = isClosed(ticket, timeline, fields, now);
  const createdAt = ticket.Created ?? new Date(0).toISOString();
  return {
    id: ticket.id,
    number: ticket.id,
    ref: refOf(fieldOf(ticket, fields.ref)),
    summary: shorten(cleanText(ticket.Subject), 1000),
    step: timeline.step,
    statusLabel: ticket.Status.slice(0, 200),
    closed,
    withdrawn: timeline.isWithdrawn,
    emergency: filed?.emergency ?? false,
    visit: visitOf(ticket, fields.visit),
    assignee: people.owner,
    createdAt,
    updatedAt: ticket.LastUpdated ?? createdAt,
    question: openQuestion(messages, !closed && ticket.Status !== 'resolved'),
    survey: surveyOf(ticket, timeline, closed, fields, now),
    steps: [...timeline.steps],
    messages: [...messages],
    details: (filed?.rows ?? []).map(({ label, value }) => ({
      label: label.slice(0, 200),
      value: value.slice(0, MAX_TEXT_LENGTH),
    })),
  };
}

/** Whether the ticket can still be confirmed by its requester. */
const takesConfirmation = (ticket: RtTicket, { confirmed }: RtFields): boolean =>
  fieldOf(ticket, confirmed) !== null;

function isClosed(
  ticket: RtTicket,
  { resolvedAt, isConfirmed }: Timeline,
  fields: RtFields,
  now: Date,
): boolean {
  if (ticket.Status === 'rejected' || ticket.Status === 'deleted') return true;
  if (ticket.Status !== 'resolved') return false;
  return isConfirmed || !takesConfirmation(ticket, fields) || isOld(resolvedAt, now);
}

const isOld = (at: Instant | null, now: Date): boolean =>
  at !== null && now.getTime() - Date.parse(at) > CLOSED_AFTER_MS;

/** The survey is asked for when the requester said that it works; where that cannot be said, while it is fresh. */
function surveyOf(
  ticket: RtTicket,
  { resolvedAt, isConfirmed }: Timeline,
  closed: boolean,
  fields: RtFields,
  now: Date,
): Ticket['survey'] {
  const answers = surveyAnswers(ticket, fields);
  if (answers === null) return 'none';
  if (answers.every((answer) => answer !== '')) return 'answered';
  if (!closed || resolvedAt === null) return 'none';
  return isConfirmed || (!takesConfirmation(ticket, fields) && !isOld(resolvedAt, now)) ? 'waiting' : 'none';
}

/** What the five fields say; `null`: the ticket has no survey. */
export function surveyAnswers(
  ticket: RtTicket,
  { survey, surveyComment }: RtFields,
): readonly string[] | null {
  if (survey === null || fieldOf(ticket, surveyComment) === null) return null;
  const answers = survey.map((name) => fieldOf(ticket, name));
  return answers.every((answer) => answer !== null) ? answers : null;
}

/** A ref, where the text is one. */
export function refOf(text: string | null): Ref | null {
  const ref = RefSchema.safeParse(text?.toLowerCase());
  return ref.success ? ref.data : null;
}
