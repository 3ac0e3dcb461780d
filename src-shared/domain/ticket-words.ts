import type { Agreement } from './agreement';
import { wasSentByEmail } from './by-email';
import { phoneFor } from './call-sheet';
import type { DeskFault } from './fault';
import { hoursAt } from './hours';
import type { ItemState, OutboxItem, Write } from './outbox';
import { assertNever } from './result';
import type { Step, Ticket, TicketSummary } from './ticket';
import { isBlank } from './text';
import { minutesUntil, whenOf, type Moment, type TellingPlace } from './time-words';

/** Colour and icon of a state; a word always goes with it. */
export type Tone = 'attention' | 'waiting' | 'active' | 'done' | 'unknown';

type RowName =
  | Exclude<Step, 'resolved'>
  | 'assignedTo'
  | 'workingBy'
  | 'question'
  | 'answerOnItsWay'
  | 'confirm'
  | 'closed'
  | 'withdrawn'
  | 'notSent'
  | 'unknown'
  | 'noStatus';

type NextName =
  | 'notSent'
  | 'withdrawn'
  | 'closed'
  | 'survey'
  | 'surveyOnItsWay'
  | 'worksOnItsWay'
  | 'stillBrokenOnItsWay'
  | 'withdrawOnItsWay'
  | 'question'
  | 'questionBy'
  | 'answerOnItsWay'
  | 'confirm'
  | 'confirmWith'
  | 'emergency'
  | 'emergencyCall'
  | 'working'
  | 'workingBy'
  | 'workingClosed'
  | 'workingByClosed'
  | 'created'
  | 'createdClosed'
  | 'received'
  | 'receivedClosed'
  | 'reviewed'
  | 'reviewedRemote'
  | 'reviewedOnSite'
  | 'reviewedClosed'
  | 'assigned'
  | 'assignedTo'
  | 'assignedClosed'
  | 'assignedToClosed'
  | 'unknown'
  | 'noStatus';

type ItemName =
  | 'queued'
  | 'offline'
  | 'ambiguous'
  | 'busy'
  | 'retry'
  | 'sending'
  | 'delivered'
  | 'signedOut'
  | 'aheadInLane'
  | 'held'
  | 'rejected'
  | 'conflictClosed'
  | 'conflictStale'
  | 'conflictDuplicate'
  | 'conflictGone'
  | 'ratedAlready'
  | 'outageOver'
  | 'sentByEmail'
  | 'queuedByEmail'
  | 'undecided'
  | 'mailSignIn'
  | 'notSent';

/** A key of `status.json`. */
export type StatusKey =
  | `step.${Step}`
  | `row.${RowName}`
  | `next.${NextName}.${'title' | 'text'}`
  | `item.${ItemName}.${'word' | 'detail'}`;

/** A text of `status.json` with what it needs: `t(`status:${word.key}`, word.params)`. */
export interface StatusWord {
  readonly key: StatusKey;
  readonly params: Readonly<Record<string, string | number>>;
}

/** The state of a ticket in a list row. */
export interface RowState {
  readonly tone: Tone;
  readonly word: StatusWord;
}

/** What happens next: the word itself is the text; `title` goes above it and takes the same params. */
export interface NextWord extends StatusWord {
  readonly title: StatusKey;
}

/** An outbox item in words: the word itself is short (a row); `detail` says what it means and what can be done. */
export interface ItemWord extends StatusWord {
  readonly detail: StatusKey;
  readonly tone: Tone;
}

/** What `whatHappensNext` has to know besides the ticket. */
export interface NextContext extends TellingPlace {
  readonly agreement: Agreement | null;
  readonly now: Moment;
  /** Items of the outbox that belong to this ticket. */
  readonly pending?: readonly OutboxItem[];
}

/**
 * The state of a ticket in a list row: what needs the user first, then the step in plain words. A status that maps to
 * no step is shown in the board's own words, never hidden.
 */
export function rowState(ticket: TicketSummary, pending: readonly OutboxItem[] = []): RowState {
  if (pending.some(needsUser)) return row('attention', 'notSent');
  if (ticket.withdrawn) return row('done', 'withdrawn');
  if (ticket.closed) return row('done', 'closed');
  if (onItsWay(pending, 'state')) return row('waiting', 'answerOnItsWay');
  if (ticket.question) {
    return onItsWay(pending, 'message') ? row('waiting', 'answerOnItsWay') : row('attention', 'question');
  }
  if (ticket.step === null) return unknownRow(ticket.statusLabel);
  return stepRow(ticket.step, engineerOf(ticket));
}

function stepRow(step: Step, engineer: string | null): RowState {
  switch (step) {
    case 'created':
    case 'received':
    case 'reviewed':
      return row('waiting', step);
    case 'assigned':
      return engineer === null
        ? row('waiting', 'assigned')
        : row('waiting', 'assignedTo', { name: engineer });
    case 'working':
      return engineer === null ? row('active', 'working') : row('active', 'workingBy', { name: engineer });
    case 'resolved':
      return row('attention', 'confirm');
    default:
      return assertNever(step);
  }
}

const unknownRow = (label: string): RowState =>
  isBlank(label) ? row('unknown', 'noStatus') : row('unknown', 'unknown', { label: label.trim() });

/**
 * What the user can expect next of a ticket (DOMAIN: A ticket; guide, chapter 5): an expected step, never a promised
 * time. What needs the user comes first; what the user just did and has not left yet is taken as done. Outside
 * business hours a general request waits for the next opening (guide, chapter 6); an emergency is a matter for the phone.
 */
export function whatHappensNext(ticket: Ticket, context: NextContext): NextWord {
  const pending = context.pending ?? [];
  if (pending.some(needsUser)) return next('notSent');
  return (
    afterOwnChange(pending) ??
    afterEnd(ticket, pending) ??
    afterQuestion(ticket, pending) ??
    atStep(ticket, context)
  );
}

function afterOwnChange(pending: readonly OutboxItem[]): NextWord | null {
  const last = pending.findLast((item) => item.write.kind === 'state' && item.state.kind !== 'delivered');
  if (last?.write.kind !== 'state') return null;
  switch (last.write.change) {
    case 'works':
      return next('worksOnItsWay');
    case 'stillBroken':
      return next('stillBrokenOnItsWay');
    case 'withdraw':
      return next('withdrawOnItsWay');
    default:
      return assertNever(last.write.change);
  }
}

function afterEnd(ticket: Ticket, pending: readonly OutboxItem[]): NextWord | null {
  if (ticket.withdrawn) return next('withdrawn');
  if (!ticket.closed) return null;
  if (ticket.survey !== 'waiting') return next('closed');
  return onItsWay(pending, 'rate') ? next('surveyOnItsWay') : next('survey');
}

function afterQuestion(ticket: Ticket, pending: readonly OutboxItem[]): NextWord | null {
  if (!ticket.question) return null;
  if (onItsWay(pending, 'message')) return next('answerOnItsWay');
  const name = askedBy(ticket, ticket.question.messageId);
  return name === null ? next('question') : next('questionBy', { name });
}

function atStep(ticket: Ticket, context: NextContext): NextWord {
  const name = engineerOf(ticket);
  switch (ticket.step) {
    case null:
      return isBlank(ticket.statusLabel)
        ? next('noStatus')
        : next('unknown', { label: ticket.statusLabel.trim() });
    case 'resolved':
      return name === null ? next('confirm') : next('confirmWith', { name });
    case 'created':
    case 'received':
    case 'reviewed':
    case 'assigned':
      return ticket.emergency
        ? emergencyNext(context)
        : waitingNext(ticket, ticket.step, name, opensAgain(context));
    case 'working':
      return workingNext(
        name,
        ticket.emergency || isWorkedOnAfterHours(ticket, context) ? null : opensAgain(context),
      );
    default:
      return assertNever(ticket.step);
  }
}

function emergencyNext({ agreement }: NextContext): NextWord {
  const phone = phoneFor(agreement, 'emergency');
  if (agreement === null || phone === null) return next('emergency');
  return next('emergencyCall', { phone, count: agreement.emergencyConfirmMinutes });
}

function waitingNext(
  ticket: Ticket,
  step: 'created' | 'received' | 'reviewed' | 'assigned',
  name: string | null,
  opens: string | null,
): NextWord {
  if (step === 'assigned' && name !== null) {
    return opens === null ? next('assignedTo', { name }) : next('assignedToClosed', { name, opens });
  }
  if (opens !== null) return next(`${step}Closed`, { opens });
  if (step !== 'reviewed' || ticket.visit === null) return next(step);
  return next(ticket.visit === 'onSite' ? 'reviewedOnSite' : 'reviewedRemote');
}

function workingNext(name: string | null, opens: string | null): NextWord {
  if (opens === null) return name === null ? next('working') : next('workingBy', { name });
  return name === null ? next('workingClosed', { opens }) : next('workingByClosed', { name, opens });
}

/** Whether something happened to the ticket since the desk closed: then somebody is at it whatever the hours say. */
function isWorkedOnAfterHours(ticket: Ticket, { agreement }: NextContext): boolean {
  return agreement !== null && !hoursAt(agreement.hours, new Date(ticket.updatedAt)).open;
}

/** When the desk opens again, in words; `null` while it is open or where its hours are not known. */
function opensAgain({ agreement, now, locale, timeZone }: NextContext): string | null {
  if (!agreement) return null;
  const state = hoursAt(agreement.hours, now);
  return state.open || state.opensAt === null ? null : whenOf(state.opensAt, now, { locale, timeZone });
}

/** Whether the service desk can be reached: what something that waits is waiting for. */
export type Reach = 'checking' | 'online' | 'offline' | 'signedOut';

/** What `itemWords` has to know besides the item. */
export interface ItemContext {
  readonly now: Moment;
  readonly reach: Reach;
  /** The user sends it by e-mail instead: how the board can be reached does not matter. */
  readonly byEmail?: boolean;
}

/** What is told of an item; what it writes matters to a few words only. */
type Told = Pick<OutboxItem, 'state'> & Partial<Pick<OutboxItem, 'write'>>;

/**
 * An item of the outbox in words: where it stands, that it is safe, and what the user can do. A send that did not
 * work and is tried again is no fault of anybody; only what needs the user asks for attention. What waits says what it
 * waits for now, whatever the last try met: the network, the user who signed out, or its turn.
 */
export function itemWords(item: Told, context: ItemContext): ItemWord {
  const { state } = item;
  switch (state.kind) {
    case 'queued':
      return queuedWords(state, context);
    case 'sending':
      return itemWord('active', 'sending');
    case 'delivered':
      return itemWord('done', wasSentByEmail(state) ? 'sentByEmail' : 'delivered');
    case 'held':
      return itemWord(state.reason === 'signedOut' ? 'attention' : 'waiting', state.reason);
    case 'needsAttention':
      return notNeeded(item) ?? refusedWords(state.fault, context);
    default:
      return assertNever(state);
  }
}

function queuedWords(state: Extract<ItemState, { kind: 'queued' }>, context: ItemContext): ItemWord {
  const { now, reach } = context;
  if (context.byEmail === true) return queuedByEmail(state, now);
  if (reach === 'signedOut') return itemWord('attention', 'signedOut');
  const count = state.notBefore === null ? 1 : minutesUntil(state.notBefore, now);
  const fault = state.lastFault?.kind;
  // That it may have arrived matters more than the network it needs to find out.
  if (reach === 'offline' && fault !== 'ambiguous') return itemWord('waiting', 'offline');
  switch (fault) {
    case undefined:
      return itemWord('waiting', 'queued');
    case 'offline':
      return itemWord('waiting', reach === 'online' ? 'queued' : 'offline');
    case 'ambiguous':
      return itemWord('waiting', 'ambiguous');
    case 'authExpired':
      return itemWord('attention', 'signedOut');
    case 'throttled':
      return itemWord('waiting', 'busy', { count });
    case 'serverFault':
    case 'rejected':
    case 'conflict':
      return itemWord('waiting', 'retry', { count });
    default:
      return assertNever(fault);
  }
}

/** Whatever keeps it: a mail server is tried again by itself, and what may have arrived never waits here. */
function queuedByEmail({ notBefore }: Extract<ItemState, { kind: 'queued' }>, now: Moment): ItemWord {
  if (notBefore === null) return itemWord('waiting', 'queuedByEmail');
  return itemWord('waiting', 'retry', { count: minutesUntil(notBefore, now) });
}

/**
 * What somebody else did already, or what took care of itself: rated in another window or on another device, an outage
 * that ended meanwhile. Nothing the user has to mend.
 */
function notNeeded({ write, state }: Told): ItemWord | null {
  if (state.kind !== 'needsAttention' || state.fault.kind !== 'conflict') return null;
  if (write?.kind === 'rate' && state.fault.reason === 'duplicate') return itemWord('done', 'ratedAlready');
  return write?.kind === 'join' ? itemWord('done', 'outageOver') : null;
}

function refusedWords(fault: DeskFault, { byEmail }: ItemContext): ItemWord {
  switch (fault.kind) {
    case 'rejected':
      return itemWord('attention', 'rejected');
    case 'conflict':
      return itemWord('attention', CONFLICT_NAMES[fault.reason]);
    case 'authExpired':
      return itemWord('attention', byEmail === true ? 'mailSignIn' : 'signedOut');
    case 'ambiguous':
      return itemWord('attention', 'undecided');
    case 'offline':
    case 'throttled':
    case 'serverFault':
      return itemWord('attention', 'notSent');
    default:
      return assertNever(fault);
  }
}

const CONFLICT_NAMES = {
  closed: 'conflictClosed',
  stale: 'conflictStale',
  duplicate: 'conflictDuplicate',
  gone: 'conflictGone',
} as const satisfies Record<Extract<DeskFault, { kind: 'conflict' }>['reason'], ItemName>;

/**
 * What colleagues call somebody: the first word of a name written with its given name first. A name with a comma, a
 * title with a dot, or a single word stays whole.
 */
export function shortName(name: string): string {
  const whole = name.trim();
  const [first = ''] = whole.split(/\s+/);
  return first.length < 2 || /[,.]/.test(whole) ? whole : first;
}

/** The engineer who has the ticket; a dispatcher or a shared desk is nobody to name. */
function engineerOf(ticket: Pick<TicketSummary, 'assignee'>): string | null {
  const { assignee } = ticket;
  return assignee?.role === 'engineer' && !isBlank(assignee.name) ? shortName(assignee.name) : null;
}

/** Who asked: the author of the question, else the engineer who has the ticket. */
function askedBy(ticket: Ticket, messageId: string): string | null {
  const author = ticket.messages.find((message) => message.id === messageId)?.author;
  if (author?.kind === 'staff' && author.staff.role !== 'desk') return shortName(author.staff.name);
  return engineerOf(ticket);
}

const needsUser = (item: OutboxItem): boolean => item.state.kind === 'needsAttention';

/** Whether such a write waits to be sent. A delivered message may be older than the question, so it answers nothing. */
const onItsWay = (pending: readonly OutboxItem[], kind: Write['kind']): boolean =>
  pending.some(
    ({ write, state }) =>
      write.kind === kind && state.kind !== 'needsAttention' && state.kind !== 'delivered',
  );

const row = (tone: Tone, name: RowName, params: StatusWord['params'] = {}): RowState => ({
  tone,
  word: { key: `row.${name}`, params },
});

const next = (name: NextName, params: StatusWord['params'] = {}): NextWord => ({
  key: `next.${name}.text`,
  title: `next.${name}.title`,
  params,
});

const itemWord = (tone: Tone, name: ItemName, params: StatusWord['params'] = {}): ItemWord => ({
  key: `item.${name}.word`,
  detail: `item.${name}.detail`,
  params,
  tone,
});
