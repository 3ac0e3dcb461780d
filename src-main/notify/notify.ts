import {
  coalesce,
  inQuietHours,
  ticketEvents,
  type Telling,
  type TicketEvent,
} from '@shared/domain/notification';
import type { Announcement } from '@shared/domain/agreement';
import { newsEvents, type NewsEvent } from '@shared/domain/outage';
import type { TicketId } from '@shared/domain/primitives';
import type { Route } from '@shared/domain/route';
import type { Settings } from '@shared/domain/settings';
import type { StateChange, Ticket, TicketSummary } from '@shared/domain/ticket';
import { keyOfTicket } from '@shared/domain/ticket-key';
import type { Translate } from '@shared/locales';
import type { Clock, Log } from '../platform/types';
import type { Ledger } from './ledger';
import type { Toaster, ToastOutcome } from './toaster';
import { newsToast, reminderToast, signedOutToast, toastOf } from './words';

/** What became of one notification, and what it stood for. */
export type NotifyOutcome = { readonly covers: readonly string[] } & (
  ToastOutcome | { readonly kind: 'suppressed'; readonly reason: 'disabled' | 'quietHours' }
);

/** A ticket before and after, and what the user changed of it from here. */
export interface NotifyChange {
  readonly before: Ticket | undefined;
  readonly after: Ticket;
  readonly own: ReadonlySet<StateChange>;
}

/** What notifying needs. */
export interface NotifyDeps {
  readonly toaster: Toaster;
  readonly settings: () => Pick<Settings, 'notifications'>;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** IANA zone of the reader. */
  readonly timeZone: string;
  readonly t: Translate;
  readonly log: Log;
  /** A notification was clicked. */
  readonly onOpen: (route: Route) => void;
  readonly onOutcome?: (outcome: NotifyOutcome) => void;
}

/** Tells the user of what happened. */
export interface Notify {
  /** Takes changes as they come; what deserves it is told when the burst is over. */
  take(changes: readonly NotifyChange[]): void;
  /** Announcements as they are now: what deserves it is told at once, each happening a single time. */
  takeNews(announcements: readonly Announcement[]): void;
  /** Surveys that have waited long enough: each is reminded of once, and not while notifications are off or quiet. */
  remind(tickets: readonly TicketSummary[]): void;
  /**
   * The session is over, and so many things wait to be sent: told once until the user is signed in again, after a restart
   * neither, and not while notifications are off or quiet.
   */
  signedOut(waiting: number): void;
  /** The user is signed in: the next end of the session is told again. */
  signedIn(): void;
  /** Tells at once what waits; resolves with what became of it. */
  flush(): Promise<readonly NotifyOutcome[]>;
  /** Tells what waits and ends. */
  close(): Promise<void>;
}

/** In the ledger while it has been told that the session is over. */
const SIGNED_OUT = 'signedOut';
/** A burst is over when nothing came for this long, or after the longest time. In milliseconds. */
const QUIET_MS = 1_200;
const LONGEST_BURST_MS = 4_000;

/**
 * Decides what is told, once: a happening is written to the ledger before it is shown, so that a crash may swallow a
 * notification but never repeats one. What settings suppress is not told later; the badge keeps counting it.
 */
export function createNotify(deps: NotifyDeps): Notify {
  const { toaster, settings, ledger, clock, timeZone, t, log } = deps;
  const routes = new Map<TicketId, Route>();
  let burst: readonly TicketEvent[] = [];
  let began: number | null = null;
  let cancel = (): void => undefined;
  let tail: Promise<readonly NotifyOutcome[]> = Promise.resolve([]);

  const suppression = (): 'disabled' | 'quietHours' | null => {
    if (!settings().notifications.enabled) return 'disabled';
    return inQuietHours(settings(), clock.now(), timeZone) ? 'quietHours' : null;
  };
  const routeOf = (telling: Telling): Route => {
    if (telling.kind === 'many') return { screen: 'tickets' };
    const { kind, ticketId } = telling.event;
    if (kind === 'surveyWaiting') return { screen: 'survey', ticketId };
    return routes.get(ticketId) ?? { screen: 'ticket', key: `id:${ticketId}` };
  };

  const tell = async (telling: Telling): Promise<NotifyOutcome> => {
    const { covers } = telling;
    await ledger.add(covers).catch((error: unknown) => log.error('notify.ledger', error));
    const reason = suppression();
    if (reason === 'disabled' || (reason === 'quietHours' && !isOfEmergency(telling)))
      return { kind: 'suppressed', reason, covers };
    const route = routeOf(telling);
    const toast = toastOf(telling, settings().notifications.hideDetails, t);
    return { ...(await toaster.show(toast, () => deps.onOpen(route))), covers };
  };

  const tellAll = async (events: readonly TicketEvent[]): Promise<readonly NotifyOutcome[]> => {
    const outcomes: NotifyOutcome[] = [];
    const news = events.filter(({ dedupeKey }) => !ledger.has(dedupeKey));
    // Apart from the others, so that what is told in quiet hours is told of the emergencies alone.
    const emergencies = coalesce(news.filter(({ emergency }) => emergency));
    for (const telling of [...emergencies, ...coalesce(news.filter(({ emergency }) => !emergency))]) {
      const outcome = await tell(telling);
      outcomes.push(outcome);
      log.info('notify.outcome', { ...describe(outcome), count: outcome.covers.length });
      deps.onOutcome?.(outcome);
    }
    return outcomes;
  };

  /** Told already, or on the way to be told: listed anew with every change of the facts. */
  const claim = (key: string): boolean => {
    if (ledger.has(key)) return false;
    ledger.add([key]).catch((error: unknown) => log.error('notify.ledger', error));
    return true;
  };

  /**
   * Quiet hours do not hold for an outage: whoever works then runs into it and would file a ticket; whoever does not has
   * the computer off. They hold for all other news, which the banner tells anyway.
   */
  const tellNews = async (event: NewsEvent): Promise<NotifyOutcome> => {
    const covers = [event.dedupeKey];
    const reason = suppression();
    if (reason === 'disabled' || (reason === 'quietHours' && event.kind !== 'outage'))
      return { kind: 'suppressed', reason, covers };
    const toast = newsToast(event, settings().notifications.hideDetails, t);
    return { ...(await toaster.show(toast, () => deps.onOpen({ screen: 'tickets' }))), covers };
  };

  const remindOf = async (ticket: TicketSummary, key: string): Promise<NotifyOutcome> => {
    const toast = reminderToast(ticket, settings().notifications.hideDetails, t);
    const route: Route = { screen: 'survey', ticketId: ticket.id };
    return { ...(await toaster.show(toast, () => deps.onOpen(route))), covers: [key] };
  };

  const tellSignedOut = async (waiting: number): Promise<NotifyOutcome> => {
    const toast = signedOutToast(waiting, t);
    return { ...(await toaster.show(toast, () => deps.onOpen({ screen: 'signIn' }))), covers: [SIGNED_OUT] };
  };

  const inTurn = (task: () => Promise<NotifyOutcome>): void => {
    tail = tail.then(async () => {
      const outcome = await task();
      log.info('notify.outcome', { ...describe(outcome), count: outcome.covers.length });
      deps.onOutcome?.(outcome);
      return [outcome];
    });
  };

  const flush = (): Promise<readonly NotifyOutcome[]> => {
    cancel();
    const events = burst;
    burst = [];
    began = null;
    tail = tail.then(() => tellAll(events));
    return tail;
  };
  const flushWhenQuiet = (): void => {
    const now = clock.now().getTime();
    began ??= now;
    cancel();
    const wait = Math.min(QUIET_MS, Math.max(0, began + LONGEST_BURST_MS - now));
    cancel = clock.after(wait, () => void flush());
  };

  return {
    take(changes) {
      const events = changes.flatMap(({ before, after, own }) => ticketEvents(before, after, own));
      for (const { after } of changes) routes.set(after.id, { screen: 'ticket', key: keyOfTicket(after) });
      const news = events.filter(({ dedupeKey }) => !ledger.has(dedupeKey));
      if (news.length === 0) return;
      burst = [...burst, ...news];
      flushWhenQuiet();
    },
    takeNews(announcements) {
      for (const event of newsEvents(announcements, clock.now()))
        if (claim(event.dedupeKey)) inTurn(() => tellNews(event));
    },
    remind(tickets) {
      if (suppression() !== null) return;
      for (const ticket of tickets) {
        const key = `${ticket.id}|surveyReminder`;
        if (claim(key)) inTurn(() => remindOf(ticket, key));
      }
    },
    signedOut(waiting) {
      if (suppression() === null && claim(SIGNED_OUT)) inTurn(() => tellSignedOut(waiting));
    },
    signedIn() {
      if (!ledger.has(SIGNED_OUT)) return;
      ledger.forget([SIGNED_OUT]).catch((error: unknown) => log.error('notify.ledger', error));
    },
    flush,
    async close() {
      await flush();
      await ledger.settled();
    },
  };
}

/** Whoever files an emergency at night waits for an answer at night: quiet hours do not hold for it. */
const isOfEmergency = (telling: Telling): boolean =>
  (telling.kind === 'one' ? [telling.event] : telling.events).every(({ emergency }) => emergency);

function describe(outcome: NotifyOutcome): { outcome: string; reason?: string } {
  return outcome.kind === 'shown'
    ? { outcome: outcome.kind }
    : { outcome: outcome.kind, reason: outcome.reason };
}
