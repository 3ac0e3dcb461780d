import type { Instant, TicketId } from './primitives';
import { assertNever } from './result';
import type { Settings } from './settings';
import type { Message, StateChange, Step, StepEntry, Ticket } from './ticket';
import { dateOf, type Moment } from './time-words';

interface EventCommon {
  readonly ticketId: TicketId;
  readonly number: string;
  readonly summary: string;
  readonly emergency: boolean;
  /** When it happened, as the board says. */
  readonly at: Instant;
  /** The same for the same happening, after a restart too; different for each happening. */
  readonly dedupeKey: string;
}

/** Something of a ticket that deserves telling. `name` is who did it, where the board says so. */
export type TicketEvent =
  | (EventCommon & { readonly kind: 'received' })
  | (EventCommon & { readonly kind: 'reviewed'; readonly visit: Ticket['visit'] })
  | (EventCommon & { readonly kind: 'assigned'; readonly name: string | null })
  | (EventCommon & { readonly kind: 'working'; readonly name: string | null })
  | (EventCommon & { readonly kind: 'question'; readonly name: string | null; readonly text: string })
  | (EventCommon & { readonly kind: 'reply'; readonly name: string | null; readonly text: string })
  | (EventCommon & { readonly kind: 'resolved'; readonly name: string | null })
  | (EventCommon & { readonly kind: 'surveyWaiting' })
  | (EventCommon & { readonly kind: 'reopened' })
  | (EventCommon & { readonly kind: 'closed' });

/** How much an event matters: `high` needs the user, `normal` is news, `low` only reassures. */
export type Importance = 'high' | 'normal' | 'low';

/** One notification: the event to name, and every event it stands for (its own included), as dedupe keys. */
export type Telling =
  | { readonly kind: 'one'; readonly event: TicketEvent; readonly covers: readonly string[] }
  /** More tickets at once than anybody wants to be told one by one; `events` has the most telling one of each. */
  | { readonly kind: 'many'; readonly events: readonly TicketEvent[]; readonly covers: readonly string[] };

/** So many tickets are told one by one; more become one notification. */
export const MAX_SINGLE_TELLINGS = 3;

const NO_CHANGES: ReadonlySet<StateChange> = new Set();

/**
 * What happened between two views of a ticket, oldest first. `before` is `undefined` for a ticket not seen yet; then
 * everything it shows has happened, and the caller decides by `at` what is still news (`happenedSince`), so that a
 * first sign-in does not tell of old tickets.
 *
 * What the user did is not told: an own message never is, and `own` names the state changes sent from here that this
 * view may show (`works` closes, `stillBroken` reopens, `withdraw` closes).
 */
export function ticketEvents(
  before: Ticket | undefined,
  after: Ticket,
  own: ReadonlySet<StateChange> = NO_CHANGES,
): readonly TicketEvent[] {
  const events = [
    ...reopening(before, after, own),
    ...stepEvents(before, after),
    ...messageEvents(before, after),
    ...ending(before, after, own),
  ];
  return [...events].sort((one, other) => dateOf(one.at).getTime() - dateOf(other.at).getTime());
}

/** Whether an event is news to somebody who has followed the tickets since a moment. */
export const happenedSince = (event: TicketEvent, since: Moment): boolean =>
  dateOf(event.at).getTime() >= dateOf(since).getTime();

function reopening(before: Ticket | undefined, after: Ticket, own: ReadonlySet<StateChange>): TicketEvent[] {
  if (!before || own.has('stillBroken') || after.closed) return [];
  const fellBack = before.step === 'resolved' && after.step !== null && after.step !== 'resolved';
  return before.closed || fellBack
    ? [{ ...common(after, 'reopened', after.updatedAt), kind: 'reopened' }]
    : [];
}

/**
 * One event for each step reached: those the board gave a time, and the one the ticket stands at. Of a ticket that is
 * closed by now, "resolved" would ask for a confirmation nobody waits for.
 */
function stepEvents(before: Ticket | undefined, after: Ticket): TicketEvent[] {
  if (after.withdrawn || after.step === null) return [];
  const known = new Set(before?.steps.map(entryKey));
  return reachedSteps(after)
    .filter((entry) => !known.has(entryKey(entry)) && !stoodThereUntimed(before, entry.step))
    .filter((entry) => !(after.closed && entry.step === 'resolved'))
    .flatMap((entry) => stepEvent(after, entry));
}

/** Whether the ticket already stood at the step while the board had no time for it. */
const stoodThereUntimed = (before: Ticket | undefined, step: Step): boolean =>
  before !== undefined && before.step === step && !stepsKnow(before, step);

function reachedSteps(ticket: Ticket): readonly StepEntry[] {
  const { step } = ticket;
  if (step === null || stepsKnow(ticket, step)) return ticket.steps;
  return [...ticket.steps, { step, at: ticket.updatedAt, by: null }];
}

const stepsKnow = (ticket: Ticket, step: Step): boolean => ticket.steps.some((entry) => entry.step === step);
const entryKey = ({ step, at }: StepEntry): string => `${step}:${at}`;

function stepEvent(ticket: Ticket, entry: StepEntry): TicketEvent[] {
  const base = common(ticket, `step:${entry.step}`, entry.at);
  const name = entry.by ?? ticket.assignee?.name ?? null;
  switch (entry.step) {
    case 'created':
      return [];
    case 'received':
      return [{ ...base, kind: 'received' }];
    case 'reviewed':
      return [{ ...base, kind: 'reviewed', visit: ticket.visit }];
    case 'assigned':
      return [{ ...base, kind: 'assigned', name: ticket.assignee?.name ?? entry.by }];
    case 'working':
    case 'resolved':
      return [{ ...base, kind: entry.step, name }];
    default:
      return assertNever(entry.step);
  }
}

/** New words of the provider's people. A question that is still open is told as one; every other message as a reply. */
function messageEvents(before: Ticket | undefined, after: Ticket): TicketEvent[] {
  const known = new Set(before?.messages.map((message) => message.id));
  const open = after.closed ? null : (after.question?.messageId ?? null);
  const isNews = (message: Message) =>
    !known.has(message.id) || (message.id === open && before?.question?.messageId !== open);
  return after.messages
    .filter(isNews)
    .flatMap((message) => messageEvent(after, message, message.id === open));
}

function messageEvent(ticket: Ticket, message: Message, isQuestion: boolean): TicketEvent[] {
  if (message.author.kind === 'requester') return [];
  const kind = isQuestion ? 'question' : 'reply';
  return [
    {
      ...common(ticket, kind, message.at),
      dedupeKey: `${ticket.id}|${kind}|${message.id}`,
      kind,
      name: message.author.staff.name,
      text: message.text,
    },
  ];
}

function ending(before: Ticket | undefined, after: Ticket, own: ReadonlySet<StateChange>): TicketEvent[] {
  const asks = after.survey === 'waiting' && before?.survey !== 'waiting';
  if (asks && after.closed) return [{ ...common(after, 'survey', after.updatedAt), kind: 'surveyWaiting' }];
  const ended = after.closed && !before?.closed;
  const byUser = own.has('works') || own.has('withdraw');
  return ended && !byUser ? [{ ...common(after, 'closed', after.updatedAt), kind: 'closed' }] : [];
}

function common(ticket: Ticket, what: string, at: Instant): EventCommon {
  const { id, number, summary, emergency } = ticket;
  return { ticketId: id, number, summary, emergency, at, dedupeKey: `${id}|${what}|${at}` };
}

/** How much an event matters. Everything of an emergency does. */
export function importance(event: TicketEvent): Importance {
  if (event.emergency) return 'high';
  switch (event.kind) {
    case 'question':
    case 'resolved':
      return 'high';
    case 'assigned':
    case 'working':
    case 'reply':
    case 'reopened':
    case 'surveyWaiting':
      return 'normal';
    case 'received':
    case 'reviewed':
    case 'closed':
      return 'low';
    default:
      return assertNever(event);
  }
}

/**
 * Whether the user wants no notifications at this moment, by the clock of `timeZone` (the user's). Quiet hours may
 * cross midnight, include their start and not their end; the same start and end mean the whole day.
 */
export function inQuietHours(
  settings: Pick<Settings, 'notifications'>,
  now: Moment,
  timeZone: string,
): boolean {
  const { enabled, from, to } = settings.notifications.quietHours;
  if (!enabled) return false;
  const time = wallTimeAt(now, timeZone);
  if (from === to) return true;
  return from < to ? from <= time && time < to : time >= from || time < to;
}

/** `HH:MM` in a zone; sorts as text. */
function wallTimeAt(now: Moment, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  return format.format(dateOf(now));
}

/**
 * Turns the events of one burst into notifications: one per ticket, naming the event that matters most (the latest
 * among equals), in the order of the burst; more than `MAX_SINGLE_TELLINGS` tickets become one. Each event is covered
 * exactly once; one that comes twice counts once.
 */
export function coalesce(events: readonly TicketEvent[]): readonly Telling[] {
  const unique = [...new Map(events.map((event) => [event.dedupeKey, event])).values()];
  const tellings = [...groupByTicket(unique).values()].map(tellingOf);
  if (tellings.length <= MAX_SINGLE_TELLINGS) return tellings;
  return [
    {
      kind: 'many',
      events: tellings.map(({ event }) => event),
      covers: tellings.flatMap(({ covers }) => covers),
    },
  ];
}

function groupByTicket(events: readonly TicketEvent[]): ReadonlyMap<TicketId, readonly TicketEvent[]> {
  const groups = new Map<TicketId, TicketEvent[]>();
  for (const event of events) groups.set(event.ticketId, [...(groups.get(event.ticketId) ?? []), event]);
  return groups;
}

function tellingOf(events: readonly TicketEvent[]): Extract<Telling, { kind: 'one' }> {
  const event = events.reduce((best, one) => (compare(one, best) >= 0 ? one : best));
  return { kind: 'one', event, covers: events.map(({ dedupeKey }) => dedupeKey) };
}

/** By importance, then by what needs an action, then by time. */
const compare = (one: TicketEvent, other: TicketEvent): number =>
  WEIGHT[importance(one)] - WEIGHT[importance(other)] ||
  ACTION[one.kind] - ACTION[other.kind] ||
  dateOf(one.at).getTime() - dateOf(other.at).getTime();

const WEIGHT = { low: 0, normal: 1, high: 2 } as const satisfies Record<Importance, number>;

/** Where two events matter alike: what the user has to act on goes first, then words, then steps. */
const ACTION = {
  question: 2,
  resolved: 2,
  surveyWaiting: 2,
  reply: 1,
  reopened: 0,
  working: 0,
  assigned: 0,
  reviewed: 0,
  received: 0,
  closed: 0,
} as const satisfies Record<TicketEvent['kind'], number>;
