import type { BusinessHours } from './agreement';
import { isTimeZone } from './hours';
import { dateOf, type Moment } from './time-words';

/** Days that follow each other with the same opening times; 1 is Monday. */
export interface OpeningRow {
  readonly from: number;
  readonly to: number;
  /** Wall-clock times in the provider's zone; none: closed. */
  readonly spans: readonly { readonly from: string; readonly to: string }[];
}

/** The week in as few rows as it takes, Monday first, closed days included; empty where no hours are known. */
export function openingRows(week: BusinessHours['week']): readonly OpeningRow[] {
  if (week.length === 0) return [];
  const rows: OpeningRow[] = [];
  for (let day = 1; day <= 7; day += 1) {
    const spans = week
      .filter((entry) => entry.day === day && entry.from < entry.to)
      .map(({ from, to }) => ({ from, to }))
      .toSorted((a, b) => a.from.localeCompare(b.from));
    const last = rows.at(-1);
    if (last !== undefined && JSON.stringify(last.spans) === JSON.stringify(spans))
      rows.splice(-1, 1, { ...last, to: day });
    else rows.push({ from: day, to: day, spans });
  }
  return rows;
}

/** The next days on which the desk is closed, today included, in order, each day once; at most `max`. */
export function holidaysAhead(
  hours: BusinessHours,
  now: Moment,
  max: number,
): readonly BusinessHours['holidays'][number][] {
  const from = dayAt(now, hours.timeZone);
  const ahead = hours.holidays
    .filter(({ day }) => day >= from)
    .toSorted((a, b) => a.day.localeCompare(b.day));
  return ahead.filter(({ day }, index) => ahead[index - 1]?.day !== day).slice(0, max);
}

/** How an agreement's term stands on the provider's calendar. */
export function termState(
  term: { readonly from: string; readonly to: string },
  now: Moment,
  timeZone: string,
): 'ahead' | 'running' | 'ended' {
  const day = dayAt(now, timeZone);
  if (day < term.from) return 'ahead';
  return day > term.to ? 'ended' : 'running';
}

/** The calendar day (`YYYY-MM-DD`) in a zone; in UTC where this machine does not know it. */
export function dayAt(now: Moment, timeZone: string): string {
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(dateOf(now));
}
