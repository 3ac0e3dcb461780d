import type { Instant } from './primitives';

/** A point in time: a date, UTC ISO text, or milliseconds since the epoch. */
export type Moment = Date | Instant | number;

/** Where and in which language a time is told. */
export interface TellingPlace {
  /** BCP 47 tag. One without a region (`en`) gets the 24-hour clock; `en-US` the clock of its region. */
  readonly locale: string;
  /** IANA zone of the reader. */
  readonly timeZone: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Nearer days are told by their weekday: "Monday" could only be one day. */
const WEEKDAY_REACH = 6;

/**
 * How long ago something was, as short as a list row needs: `now`, `12 min`, `2 h`, `3 d`. Rounded down; a day is
 * 24 hours. A time in the future counts as now, because clocks of two machines differ.
 */
export function ageOf(from: Moment, now: Moment, locale: string): string {
  const age = dateOf(now).getTime() - dateOf(from).getTime();
  if (age < MINUTE) return dayName(0, locale, 'second');
  if (age < HOUR) return amount(Math.floor(age / MINUTE), 'minute', locale);
  if (age < DAY) return amount(Math.floor(age / HOUR), 'hour', locale);
  return amount(Math.floor(age / DAY), 'day', locale);
}

/**
 * When something was or will be, as people say it: `today 9:42`, `yesterday 16:10`, `tomorrow 8:00`, `Monday 9:42`
 * (less than a week away), `3 March`, `3 March 2025` (another year). Days are those of the reader's calendar.
 */
export function whenOf(at: Moment, now: Moment, place: TellingPlace): string {
  const days = daysBetween(now, at, place.timeZone);
  const day = dayOf(at, now, place);
  return Math.abs(days) <= WEEKDAY_REACH ? `${day} ${clockOf(at, place)}` : day;
}

/** The day of `whenOf` without the time: `today`, `yesterday`, `Monday`, `3 March`. */
export function dayOf(at: Moment, now: Moment, place: TellingPlace): string {
  const days = daysBetween(now, at, place.timeZone);
  if (Math.abs(days) <= 1) return dayName(days, place.locale, 'day');
  if (Math.abs(days) <= WEEKDAY_REACH) return format(at, place, { weekday: 'long' });
  const sameYear = civilDay(at, place.timeZone).year === civilDay(now, place.timeZone).year;
  return format(at, place, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** The time of day, without a leading zero where the language has none: `9:42`, `17:00`. */
export function clockOf(at: Moment, place: TellingPlace): string {
  const parts = dateFormat(regional(place.locale), {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: place.timeZone,
  }).formatToParts(dateOf(at));
  const plain = isPlainEnglish(place.locale);
  return parts
    .map(({ type, value }) => (plain && type === 'hour' ? value.replace(/^0(?=\d)/, '') : value))
    .join('');
}

/** A calendar day (`YYYY-MM-DD`), which belongs to no time zone: `Tuesday, 3 March 2026`, or what `options` leave of it. */
export function calendarDayOf(
  day: string,
  locale: string,
  options: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
): string {
  return format(`${day}T00:00:00.000Z`, { locale, timeZone: 'UTC' }, options);
}

/** The exact time with weekday, date, seconds and zone, for a tooltip: `Monday, 2 March 2026 at 9:42:07 CET`. */
export function exactOf(at: Moment, place: TellingPlace): string {
  return format(at, place, { dateStyle: 'full', timeStyle: 'long' });
}

/**
 * How many minutes from `now` until `at`, at least 1: for "in about 3 minutes". Rounded to the nearest, because the `now`
 * of a screen may be some seconds old: rounded up, three minutes would read as four.
 */
export function minutesUntil(at: Moment, now: Moment): number {
  return Math.max(1, Math.round((dateOf(at).getTime() - dateOf(now).getTime()) / MINUTE));
}

/** A moment as a `Date`. */
export const dateOf = (moment: Moment): Date => (moment instanceof Date ? moment : new Date(moment));

/** How many calendar days `to` lies after `from` in a time zone; negative if before. 23 and 25 hour days count as one. */
export function daysBetween(from: Moment, to: Moment, timeZone: string): number {
  return (civilDay(to, timeZone).start - civilDay(from, timeZone).start) / DAY;
}

/** The calendar day of a moment in a zone; `start` is that day's midnight as if the zone were UTC. */
function civilDay(at: Moment, timeZone: string): { readonly year: number; readonly start: number } {
  const parts = dateFormat('en-u-ca-iso8601-nu-latn', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone,
  }).formatToParts(dateOf(at));
  const part = (type: 'year' | 'month' | 'day') => Number(parts.find((one) => one.type === type)?.value);
  return { year: part('year'), start: Date.UTC(part('year'), part('month') - 1, part('day')) };
}

function format(at: Moment, { locale, timeZone }: TellingPlace, options: Intl.DateTimeFormatOptions): string {
  return dateFormat(regional(locale), { ...options, timeZone }).format(dateOf(at));
}

const dayName = (days: number, locale: string, unit: 'day' | 'second'): string =>
  relativeFormat(regional(locale), { numeric: 'auto' }).format(days, unit);

/** A number with its short unit, always with a space between: `12 min`, `2 h`. */
function amount(value: number, unit: 'minute' | 'hour' | 'day', locale: string): string {
  const parts = numberFormat(isPlainEnglish(locale) ? 'en-US' : locale, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'minute' ? 'short' : 'narrow',
  }).formatToParts(value);
  return parts
    .filter(({ type }) => type !== 'literal')
    .map(({ value: text }) => text.trim())
    .join(' ');
}

/** Making a formatter costs a hundred times more than using one, and a list of tickets uses thousands. */
function kept<Options, Formatter>(
  make: (locale: string, options: Options) => Formatter,
): (locale: string, options: Options) => Formatter {
  const made = new Map<string, Formatter>();
  return (locale, options) => {
    const key = `${locale} ${JSON.stringify(options)}`;
    const known = made.get(key) ?? make(locale, options);
    made.set(key, known);
    return known;
  };
}

const dateFormat = kept(
  (locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);
const numberFormat = kept(
  (locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
);
const relativeFormat = kept(
  (locale, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options),
);

const isPlainEnglish = (locale: string): boolean => locale === 'en';

/** Plain `en` reads dates and times as most of the world does; a tag with a region as that region does. */
const regional = (locale: string): string => (isPlainEnglish(locale) ? 'en-GB' : locale);

/** A length of time in its largest unit, in full: `23 days`, `5 hours`, `12 minutes`, `40 seconds`. Rounded down. */
export function durationOf(seconds: number, locale: string): string {
  const [count, unit] =
    seconds < 60
      ? [seconds, 'second']
      : seconds < 3600
        ? [seconds / 60, 'minute']
        : seconds < 2 * 86_400
          ? [seconds / 3600, 'hour']
          : [seconds / 86_400, 'day'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.floor(count),
  );
}
