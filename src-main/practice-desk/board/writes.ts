import type { Attachment } from '@shared/domain/attachment';
import type { Intake } from '@shared/domain/intake';
import type { Ref } from '@shared/domain/primitives';
import { assertNever, err, ok, type Result } from '@shared/domain/result';
import type { SurveyAnswers } from '@shared/domain/survey';
import type { StateChange } from '@shared/domain/ticket';
import type { Person } from '@shared/board-api';
import type { Courtesy, TicketRecord } from '../data/tables';
import { DISPATCHER } from '../staff/team';
import { isEmergency, isHardware, topicOf } from '../staff/topics';
import type { Words } from '../staff/words';
import { byStaff, enter, reach, say, statusOf, withTicket } from './record';

/** What the user writes to the board, as changes of a ticket. Nothing here knows HTTP or the disk. */

/** Why a write is not possible: `stale` where the ticket has moved on, `duplicate` where it was done before. */
export type Refusal = {
  readonly conflict: 'closed' | 'stale' | 'duplicate';
  readonly why: 'closed' | 'notResolved' | 'alreadyRated' | 'noSurvey' | 'outageOver';
};

/** What every write knows. */
export interface Occurrence {
  readonly ref: Ref;
  readonly person: Person;
  readonly at: Date;
  readonly words: Words;
  readonly newId: () => string;
}

/** A ticket as it is just after it was filed. The problem is its first message, with the files. */
export function file(
  content: {
    id: string;
    number: string;
    summary: string;
    intake: Intake;
    attachments: readonly Attachment[];
  },
  occurrence: Occurrence,
  timeZone: string,
): TicketRecord {
  const { ref, person, at, words } = occurrence;
  const { id, number, summary, intake } = content;
  const isProblem = intake.kind === 'problem';
  const empty: TicketRecord = {
    ownerId: person.id,
    phase: 'created',
    topic: isProblem ? topicOf(summary, intake) : 'other',
    triage: {
      emergency: intake.emergency || (isProblem && isEmergency(summary, intake)),
      hardware: isProblem && isHardware(summary, intake),
      restartSaid: !isProblem || intake.restarted !== null,
      person: intake.kind === 'problem' ? null : intake.kind,
    },
    asked: [],
    solutions: 0,
    next: null,
    courtesy: null,
    writes: [ref],
    survey: null,
    ticket: {
      id,
      number,
      ref,
      summary,
      step: 'created',
      statusLabel: words.t('practice:status.created'),
      closed: false,
      withdrawn: false,
      emergency: intake.emergency,
      visit: null,
      assignee: null,
      createdAt: at.toISOString(),
      updatedAt: at.toISOString(),
      question: null,
      survey: 'none',
      steps: [],
      messages: [],
      details: words.details(intake, timeZone),
      version: 0,
    },
  };
  const first = { ...fromRequester(occurrence, intake.problem), attachments: content.attachments };
  return say(reach(empty, 'created', at, person.name), first);
}

/** Adds what the user wrote. It answers an open question; at other times somebody will say that it was read. */
export function message(
  record: TicketRecord,
  content: { text: string; followUp?: boolean; attachments: readonly Attachment[] },
  occurrence: Occurrence,
): Result<TicketRecord, Refusal> {
  if (record.ticket.closed) return err({ conflict: 'closed', why: 'closed' });
  const said = say(record, {
    ...fromRequester(occurrence, content.text),
    attachments: content.attachments,
    ...(content.followUp ? { followUp: true } : {}),
  });
  const noted = { ...withWrite(said, occurrence.ref), courtesy: owed(record, content, occurrence.at) };
  return ok(withoutQuestion(noted, occurrence.words));
}

/** "It works", "still broken" or "never mind". What the user adds in words becomes a message. */
export function changeState(
  record: TicketRecord,
  content: { change: StateChange; text: string },
  occurrence: Occurrence,
): Result<TicketRecord, Refusal> {
  if (record.ticket.closed) return err({ conflict: 'closed', why: 'closed' });
  if (content.change !== 'withdraw' && record.phase !== 'resolved')
    return err({ conflict: 'stale', why: 'notResolved' });
  const written = withWrite(record, occurrence.ref);
  const said = content.text.trim() === '' ? written : say(written, fromRequester(occurrence, content.text));
  return ok(changed({ ...said, courtesy: null }, content.change, occurrence));
}

/** The five ratings, once per ticket. */
export function rate(
  record: TicketRecord,
  content: { answers: SurveyAnswers; comment: string },
  occurrence: Occurrence,
): Result<TicketRecord, Refusal> {
  switch (record.ticket.survey) {
    case 'none':
      return err({ conflict: 'stale', why: 'noSurvey' });
    case 'answered':
      return err({ conflict: 'duplicate', why: 'alreadyRated' });
    case 'waiting': {
      const survey = { ...content, at: occurrence.at.toISOString() };
      return ok(withTicket({ ...withWrite(record, occurrence.ref), survey }, { survey: 'answered' }));
    }
    default:
      return assertNever(record.ticket.survey);
  }
}

function changed(record: TicketRecord, change: StateChange, occurrence: Occurrence): TicketRecord {
  const { at, words, newId } = occurrence;
  const assignee = record.ticket.assignee;
  switch (change) {
    case 'works':
      return enter(withTicket(record, { closed: true, question: null, survey: 'waiting' }), 'closed', words);
    case 'stillBroken':
      return enter(reach(record, 'working', at, assignee?.name ?? null), 'reopened', words);
    case 'withdraw': {
      const text = words.t('practice:staff.withdrawn', { number: record.ticket.number });
      const closed = withTicket(record, { closed: true, withdrawn: true, question: null });
      const answer = {
        id: newId(),
        ref: null,
        at,
        author: byStaff(assignee ?? DISPATCHER),
        text,
        attachments: [],
      };
      return enter(say(closed, answer), 'closed', words);
    }
    default:
      return assertNever(change);
  }
}

const withWrite = (record: TicketRecord, ref: Ref): TicketRecord => ({
  ...record,
  writes: [...record.writes, ref],
});

function withoutQuestion(record: TicketRecord, words: Words): TicketRecord {
  if (record.ticket.question === null) return record;
  const answered = withTicket(record, { question: null });
  return withTicket(answered, { statusLabel: statusOf(answered, words) });
}

function fromRequester(occurrence: Occurrence, text: string): Parameters<typeof say>[1] {
  const { newId, ref, at, person } = occurrence;
  return { id: newId(), ref, at, author: { kind: 'requester', name: person.name }, text, attachments: [] };
}

const NOT_RESTARTED = /^\s*no\b|\bnot yet\b|\bcan(no|')t restart\b/i;
const GLAD = /\b(thanks?|thank you|works?( now| again)?|fixed|great|perfect)\b/i;
const NOT_GLAD = /\b(not|n't|still|no longer|again broken)\b/i;

/** Which short answer a message deserves, due when the last one was owed: one answer covers what is written meanwhile. */
function owed(
  record: TicketRecord,
  content: { text: string; followUp?: boolean },
  at: Date,
): TicketRecord['courtesy'] {
  return {
    kind: content.followUp ? 'followedUp' : courtesyFor(record, content.text),
    at: record.courtesy?.at ?? at.toISOString(),
  };
}

function courtesyFor(record: TicketRecord, text: string): Courtesy {
  if (record.phase === 'resolved') return GLAD.test(text) && !NOT_GLAD.test(text) ? 'glad' : 'afterResolved';
  if (record.ticket.question !== null) {
    return record.asked.at(-1) === 'restart' && NOT_RESTARTED.test(text) ? 'notRestarted' : 'answered';
  }
  return text.trim() === '' ? 'fileNoted' : 'noted';
}
