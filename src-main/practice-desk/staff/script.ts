import type { Agreement } from '@shared/domain/agreement';
import type { Attachment } from '@shared/domain/attachment';
import { assertNever } from '@shared/domain/result';
import type { Staff } from '@shared/domain/ticket';
import { byStaff, enter, reach, say, statusOf, withTicket } from '../board/record';
import type { Action, QuestionKind, TicketRecord } from '../data/tables';
import { DISPATCHER, engineerFor } from './team';
import type { Words } from './words';

/** What the staff know when they do something. */
export interface Scene {
  /** When it happens; after a pause of the desk this is when it was due. */
  readonly at: Date;
  readonly words: Words;
  readonly agreement: Agreement;
  readonly newId: () => string;
  /** Hands over the note that goes with a first solution; called once at most. */
  readonly note: () => Attachment | null;
}

/**
 * What the staff do next by themselves; `null` while a question waits for its answer, a solution for its confirmation,
 * or when the ticket is closed. The way is received, reviewed, assigned, worked on, asked, solved.
 */
export function nextAction(record: TicketRecord): Action | null {
  if (record.ticket.closed || record.ticket.question !== null) return null;
  switch (record.phase) {
    case 'created':
      return 'receive';
    case 'received':
      return 'review';
    case 'reviewed':
      return 'assign';
    case 'assigned':
      return 'start';
    case 'working':
      return 'ask';
    case 'investigating':
    case 'retrying':
      return 'resolve';
    case 'reopened':
      return 'apologise';
    case 'resolved':
    case 'closed':
      return null;
    default:
      return assertNever(record.phase);
  }
}

/** Does one thing on a ticket. */
export function perform(record: TicketRecord, action: Action, scene: Scene): TicketRecord {
  switch (action) {
    case 'receive':
      return receive(record, scene);
    case 'review':
      return review(record, scene);
    case 'assign':
      return assign(record, scene);
    case 'start':
      return start(record, scene);
    case 'ask':
      return ask(record, scene);
    case 'resolve':
      return resolve(record, scene);
    case 'apologise':
      return enter(
        speak(record, ownerOf(record), scene, scene.words.t('practice:staff.apology')),
        'retrying',
        scene.words,
      );
    default:
      return assertNever(action);
  }
}

/** Gives the short answer that is owed. */
export function payCourtesy(record: TicketRecord, scene: Scene): TicketRecord {
  if (record.courtesy === null) return record;
  const text = scene.words.courtesy(record.courtesy.kind);
  return { ...speak(record, spokesperson(record), scene, text), courtesy: null };
}

/** A question of the engineer with the answers expected most. It waits until the user answers. */
export function askFreely(
  record: TicketRecord,
  question: { text: string; quickAnswers: readonly string[]; attachments: readonly Attachment[] },
  scene: Scene,
): TicketRecord {
  const id = scene.newId();
  const asked = say(record, {
    id,
    ref: null,
    at: scene.at,
    author: byStaff(spokesperson(record)),
    text: question.text,
    attachments: question.attachments,
  });
  const waiting = withTicket(asked, {
    question: { messageId: id, quickAnswers: [...question.quickAnswers] },
  });
  return withTicket(waiting, { statusLabel: statusOf(waiting, scene.words) });
}

/** Something the staff say. */
export function speak(
  record: TicketRecord,
  staff: Staff,
  scene: Scene,
  text: string,
  attachments: readonly Attachment[] = [],
): TicketRecord {
  return say(record, {
    id: scene.newId(),
    ref: null,
    at: scene.at,
    author: byStaff(staff),
    text,
    attachments,
  });
}

/** Who answers the user: the engineer, or the dispatcher while there is none. */
export const spokesperson = (record: TicketRecord): Staff => record.ticket.assignee ?? DISPATCHER;

const ownerOf = (record: TicketRecord): Staff => record.ticket.assignee ?? engineerFor(record.topic);

function receive(record: TicketRecord, scene: Scene): TicketRecord {
  const { t } = scene.words;
  const number = record.ticket.number;
  const name = firstName(record);
  const text = record.ticket.emergency
    ? t('practice:staff.receivedEmergency', { number })
    : name === ''
      ? t('practice:staff.receivedNoName', { number })
      : t('practice:staff.received', { name, number });
  const { person } = record.triage;
  const told = person === null ? text : [text, t(`practice:staff.person.${person}`)].join('\n\n');
  const reached = reach(record, 'received', scene.at, DISPATCHER.name);
  return enter(speak(reached, DISPATCHER, scene, told), 'received', scene.words);
}

function firstName(record: TicketRecord): string {
  const author = record.ticket.messages[0]?.author;
  return author?.kind === 'requester' ? (author.name.trim().split(/\s+/)[0] ?? '') : '';
}

function review(record: TicketRecord, scene: Scene): TicketRecord {
  const onSite = record.triage.hardware && scene.agreement.kind !== 'remoteOnly';
  const { emergency } = record.triage;
  const reached = reach(record, 'reviewed', scene.at, DISPATCHER.name);
  const seen = withTicket(reached, { visit: onSite ? 'onSite' : 'remote', emergency });
  const told = [
    ...(emergency ? [scene.words.t('practice:staff.reviewedEmergency')] : []),
    ...(onSite ? [scene.words.t('practice:staff.reviewedOnSite')] : []),
  ].join('\n');
  return enter(told === '' ? seen : speak(seen, DISPATCHER, scene, told), 'reviewed', scene.words);
}

function assign(record: TicketRecord, scene: Scene): TicketRecord {
  const engineer = engineerFor(record.topic);
  const reached = reach(record, 'assigned', scene.at, engineer.name);
  return enter(withTicket(reached, { assignee: engineer }), 'assigned', scene.words);
}

function start(record: TicketRecord, scene: Scene): TicketRecord {
  const staff = ownerOf(record);
  const engineer = staff.name.split(' ')[0] ?? staff.name;
  const key = record.ticket.visit === 'onSite' ? 'practice:staff.startedOnSite' : 'practice:staff.started';
  const reached = reach(withTicket(record, { assignee: staff }), 'working', scene.at, staff.name);
  return enter(speak(reached, staff, scene, scene.words.t(key, { engineer })), 'working', scene.words);
}

function ask(record: TicketRecord, scene: Scene): TicketRecord {
  const kind = questionFor(record);
  const { person } = record.triage;
  const question =
    person === null ? scene.words.question(kind, record.topic) : scene.words.personQuestion(person);
  const moved = enter({ ...record, asked: [...record.asked, kind] }, 'investigating', scene.words);
  return askFreely(moved, { ...question, attachments: [] }, scene);
}

/** A restart is always the first question where the user did not speak of it (guide, chapter 5, step 5). */
const questionFor = (record: TicketRecord): QuestionKind =>
  record.triage.restartSaid || record.asked.includes('restart') ? 'topic' : 'restart';

function resolve(record: TicketRecord, scene: Scene): TicketRecord {
  const staff = ownerOf(record);
  const { person } = record.triage;
  const solution =
    person === null
      ? scene.words.solution(record.topic, record.solutions > 0)
      : scene.words.t(`practice:personDone.${person}`);
  const note = record.solutions === 0 && person === null ? scene.note() : null;
  const text = note ? `${solution}\n\n${scene.words.t('practice:staff.note')}` : solution;
  const reached = reach(
    withTicket(record, { assignee: staff, question: null }),
    'resolved',
    scene.at,
    staff.name,
  );
  const told = speak(reached, staff, scene, text, note ? [note] : []);
  return enter({ ...told, solutions: record.solutions + 1 }, 'resolved', scene.words);
}
