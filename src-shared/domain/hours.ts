import { CalendarDateTime, fromDate, parseTime, toCalendarDate, toZoned } from '@internationalized/date';
import type { CalendarDate } from '@internationalized/date';
import type { BusinessHours } from './agreement';
import { clockOf, dateOf, whenOf, type Moment, type TellingPlace } from './time-words';

/** Whether the service desk takes general requests at a moment. Emergencies are taken by phone at any time. */
export type HoursState =
  | { readonly open: true; readonly until: Date }
  | {
      readonly open: false;
      /** The next opening; `null` where the agreement names no hours within the next year. */
      readonly opensAt: Date | null;
      /** The name of the holiday that keeps the desk closed today (in its own time zone), if one does. */
      readonly holiday: string | null;
    };

/** Words for `HoursState`: a key of `common.json` and what it needs. */
export interface HoursWord {
  readonly key: 'hours.openUntil' | 'hours.closed' | 'hours.holiday' | 'hours.unknown';
  readonly params: Readonly<Record<string, string | number>>;
}

interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** How far ahead an opening is looked for, in days. */
const REACH = 400;

/**
 * Whether the desk is open at `now`, until when, or when it opens (DOMAIN: emergencies, business hours; guide,
 * chapter 6). Hours are wall-clock times in the provider's zone, so that they stay the same across daylight saving;
 * a span includes its start and not its end. Spans that touch are one. A zone this machine does not know counts as
 * hours that are not known.
 */
export function hoursAt(hours: BusinessHours, now: Moment): HoursState {
  const at = dateOf(now);
  if (!isTimeZone(hours.timeZone)) return { open: false, opensAt: null, holiday: null };
  const today = toCalendarDate(fromDate(at, hours.timeZone));
  const current = spansOf(hours, today).find((span) => span.from <= at && at < span.to);
  if (current) return { open: true, until: current.to };
  return { open: false, opensAt: nextOpening(hours, today, at), holiday: holidayOn(hours, today) };
}

/** The state in words for the reader's own zone, e.g. `Open until 17:00`, `Closed, opens Monday 8:00`. */
export function hoursWord(state: HoursState, now: Moment, place: TellingPlace): HoursWord {
  if (state.open) return { key: 'hours.openUntil', params: { time: clockOf(state.until, place) } };
  if (state.opensAt === null) return { key: 'hours.unknown', params: {} };
  const opens = whenOf(state.opensAt, now, place);
  if (state.holiday === null) return { key: 'hours.closed', params: { opens } };
  return { key: 'hours.holiday', params: { opens, holiday: state.holiday } };
}

/** Whether this machine knows an IANA time zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).format(0) !== '';
  } catch {
    // The one way Intl has to say that it does not know a zone.
    return false;
  }
}

function nextOpening(hours: BusinessHours, today: CalendarDate, at: Date): Date | null {
  for (let ahead = 0; ahead <= REACH; ahead += 1) {
    const next = spansOf(hours, today.add({ days: ahead })).find((span) => span.from > at);
    if (next) return next.from;
  }
  return null;
}

/** The opening spans of a day, in order, none on a holiday. */
function spansOf(hours: BusinessHours, day: CalendarDate): readonly Span[] {
  if (holidayOn(hours, day) !== null) return [];
  return hours.week
    .filter((entry) => entry.day === weekdayOf(day))
    .map((entry) => ({
      from: wallTime(day, entry.from, hours.timeZone),
      to: wallTime(day, entry.to, hours.timeZone),
    }))
    .filter((span) => span.from < span.to)
    .sort((one, other) => one.from.getTime() - other.from.getTime())
    .reduce<readonly Span[]>(joined, []);
}

function joined(spans: readonly Span[], span: Span): readonly Span[] {
  const last = spans.at(-1);
  if (!last || last.to < span.from) return [...spans, span];
  return [...spans.slice(0, -1), { from: last.from, to: last.to > span.to ? last.to : span.to }];
}

/** A wall-clock time as an instant. One that daylight saving skips is the moment the clock jumps past it. */
function wallTime(day: CalendarDate, time: string, timeZone: string): Date {
  const { hour, minute } = parseTime(time);
  return toZoned(
    new CalendarDateTime(day.year, day.month, day.day, hour, minute),
    timeZone,
    'compatible',
  ).toDate();
}

const holidayOn = (hours: BusinessHours, day: CalendarDate): string | null =>
  hours.holidays.find((holiday) => holiday.day === day.toString())?.name ?? null;

/** 1 is Monday, 7 is Sunday (ISO). */
const weekdayOf = (day: CalendarDate): number => day.toDate('UTC').getUTCDay() || 7;
