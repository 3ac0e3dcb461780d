import { parseDate, type CalendarDate } from '@internationalized/date';
import type { BusinessHours } from './agreement';
import { dayAt } from './agreement-words';
import type { Moment } from './time-words';

/** A person joining is announced at least this many business days ahead, to be sure that everything is ready. */
export const NOTICE_DAYS = 5;
/** Further than this many days ahead nothing is near. */
const FAR = 60;

/** How much time there is to prepare for a day. */
export type JoinLeaveNotice = 'past' | 'today' | 'near' | 'fine';

/**
 * Whether a first or last working day leaves the provider time to prepare (guide, chapter 1: user changes are announced
 * in advance). Near is told kindly and refuses nothing. Days are those of the provider's calendar, business days those
 * of its hours; Monday to Friday where none are known.
 */
export function joinLeaveNotice(
  kind: 'joining' | 'leaving',
  day: string,
  now: Moment,
  hours: BusinessHours | null,
  timeZone: string,
): JoinLeaveNotice {
  const today = dayAt(now, hours?.timeZone ?? timeZone);
  if (day < today) return 'past';
  if (day === today) return 'today';
  const needed = kind === 'joining' ? NOTICE_DAYS : 1;
  return businessDaysBetween(parseDate(today), parseDate(day), hours) < needed ? 'near' : 'fine';
}

/** Business days after `from` and before `to`. */
function businessDaysBetween(from: CalendarDate, to: CalendarDate, hours: BusinessHours | null): number {
  let count = 0;
  for (let ahead = 1; ahead <= FAR; ahead += 1) {
    const day = from.add({ days: ahead });
    if (day.compare(to) >= 0) return count;
    if (isBusinessDay(day, hours)) count += 1;
  }
  return NOTICE_DAYS;
}

function isBusinessDay(day: CalendarDate, hours: BusinessHours | null): boolean {
  const weekday = day.toDate('UTC').getUTCDay() || 7;
  if (hours === null || hours.week.length === 0) return weekday <= 5;
  if (hours.holidays.some((holiday) => holiday.day === day.toString())) return false;
  return hours.week.some((entry) => entry.day === weekday);
}
