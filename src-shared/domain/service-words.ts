import type { Agreement } from './agreement';
import { hoursAt, isTimeZone } from './hours';
import { clockOf, dateOf, dayOf, daysBetween, whenOf, type Moment, type TellingPlace } from './time-words';

/** When a general request is looked at (guide, chapter 6: anything but an emergency waits for the next business day). */
export type Handling =
  | { readonly kind: 'now'; readonly until: Date }
  /** The desk is closed and opens again on the same day of its own calendar. */
  | { readonly kind: 'laterToday'; readonly opensAt: Date }
  | { readonly kind: 'nextBusinessDay'; readonly opensAt: Date; readonly holiday: string | null }
  | { readonly kind: 'unknown' };

/** When the service desk takes up a general request that is sent at `now`; by the provider's hours, holidays and zone. */
export function handlingAt(agreement: Agreement | null, now: Moment): Handling {
  if (agreement === null) return { kind: 'unknown' };
  const { hours } = agreement;
  const state = hoursAt(hours, now);
  if (state.open) return { kind: 'now', until: state.until };
  if (state.opensAt === null) return { kind: 'unknown' };
  return daysBetween(now, state.opensAt, hours.timeZone) === 0
    ? { kind: 'laterToday', opensAt: state.opensAt }
    : { kind: 'nextBusinessDay', opensAt: state.opensAt, holiday: state.holiday };
}

/** What an emergency call costs and who is there: said before the call (guide, chapter 6). */
export type CallTerms =
  { readonly kind: 'openNow'; readonly until: Date } | { readonly kind: 'included' | 'charged' | 'unknown' };

/** The terms of an emergency call at a moment. */
export function callTerms(agreement: Agreement | null, now: Moment): CallTerms {
  if (agreement === null) return { kind: 'unknown' };
  const state = hoursAt(agreement.hours, now);
  return state.open ? { kind: 'openNow', until: state.until } : { kind: agreement.afterHours };
}

/**
 * The opening of a next business day, with the day always named, as people look at calendars: `Monday 8:00`, and
 * `3 March 8:00` from a week on. Told in the reader's zone; where the desk lives in another, the desk's own time of day
 * is given, too.
 */
export function openingWords(
  opensAt: Moment,
  now: Moment,
  place: TellingPlace,
  deskZone: string,
): { readonly opens: string; readonly deskTime: string | null } {
  const isNear = Math.abs(daysBetween(now, opensAt, place.timeZone)) <= 6;
  const day = isNear
    ? new Intl.DateTimeFormat(place.locale, { weekday: 'long', timeZone: place.timeZone }).format(
        dateOf(opensAt),
      )
    : dayOf(opensAt, now, place);
  const own = clockOf(opensAt, place);
  const desk = isTimeZone(deskZone) ? clockOf(opensAt, { ...place, timeZone: deskZone }) : own;
  return { opens: `${day} ${own}`, deskTime: desk === own ? null : desk };
}

/** When the desk opens later the same day: `today 8:00`; in the reader's zone it may be another day. */
export const laterWords = (opensAt: Moment, now: Moment, place: TellingPlace): string =>
  whenOf(opensAt, now, place);
