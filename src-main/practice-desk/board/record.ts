import type { Attachment } from '@shared/domain/attachment';
import type { Ref } from '@shared/domain/primitives';
import { assertNever } from '@shared/domain/result';
import { STEPS, type Message, type Staff, type Step } from '@shared/domain/ticket';
import type { BoardTicket } from '@shared/board-api';
import type { Phase, TicketRecord } from '../data/tables';
import type { Words } from '../staff/words';

/** Small changes of a ticket from which the larger ones are made. Records are never changed in place. */

/** The record with some fields of its ticket replaced. */
export function withTicket(record: TicketRecord, change: Partial<BoardTicket>): TicketRecord {
  return { ...record, ticket: { ...record.ticket, ...change } };
}

/** The step that belongs to a phase; `null`: the ticket keeps the step it has. */
export function stepOf(phase: Phase): Step | null {
  switch (phase) {
    case 'created':
    case 'received':
    case 'reviewed':
    case 'assigned':
    case 'working':
    case 'resolved':
      return phase;
    case 'investigating':
    case 'reopened':
    case 'retrying':
      return 'working';
    case 'closed':
      return null;
    default:
      return assertNever(phase);
  }
}

/** Notes when and by whom a step was reached. Steps after it are no longer true and go. */
export function reach(record: TicketRecord, step: Step, at: Date, by: string | null): TicketRecord {
  const before = record.ticket.steps.filter((entry) => STEPS.indexOf(entry.step) < STEPS.indexOf(step));
  return withTicket(record, { steps: [...before, { step, at: at.toISOString(), by }] });
}

/** Moves to a phase: step and status word follow. */
export function enter(record: TicketRecord, phase: Phase, words: Words): TicketRecord {
  const moved = { ...record, phase };
  return withTicket(moved, {
    step: stepOf(phase) ?? record.ticket.step,
    statusLabel: statusOf(moved, words),
  });
}

/** The status word of a ticket where it is now. */
export function statusOf(record: TicketRecord, words: Words): string {
  if (record.ticket.question !== null) return words.t('practice:status.question');
  switch (record.phase) {
    case 'investigating':
      return words.t('practice:status.working');
    case 'retrying':
      return words.t('practice:status.reopened');
    case 'closed':
      return words.t(record.ticket.withdrawn ? 'practice:status.withdrawn' : 'practice:status.closed');
    default:
      return words.t(`practice:status.${record.phase}`);
  }
}

/** What somebody wrote. */
export interface Entry {
  readonly id: string;
  readonly ref: Ref | null;
  readonly at: Date;
  readonly author: Message['author'];
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** The requester follows up with it. */
  readonly followUp?: true;
}

/** Adds to the conversation; times never run backwards in it. */
export function say(record: TicketRecord, entry: Entry): TicketRecord {
  const last = record.ticket.messages.at(-1)?.at;
  const at = entry.at.toISOString();
  const message: Message = {
    ...entry,
    at: last !== undefined && last > at ? last : at,
    attachments: [...entry.attachments],
  };
  return withTicket(record, { messages: [...record.ticket.messages, message] });
}

/** A member of staff as author. */
export const byStaff = (staff: Staff): Message['author'] => ({ kind: 'staff', staff });
