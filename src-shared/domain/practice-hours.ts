import { fromDate, toCalendarDate } from '@internationalized/date';
import type { BusinessHours, PracticeHours } from './agreement';
import { hoursAt } from './hours';

const WORKDAYS = [1, 2, 3, 4, 5];
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];
/** Of these one is always closed now: they have no moment in common. */
const DAYTIMES = [
  { from: '08:00', to: '17:00' },
  { from: '17:00', to: '20:00' },
] as const;
/** Marks the holiday that a tester asked for; nobody sees it. */
const HOLIDAY_MARK = '\u2060';

type Week = BusinessHours['week'];
const weekOf = (days: readonly number[], from: string, to: string): Week =>
  days.map((day) => ({ day, from, to }));

/** The week on which customer and practice desk agreed. */
export const agreedWeek = (): Week => weekOf(WORKDAYS, DAYTIMES[0].from, DAYTIMES[0].to);

/** The hours as a tester wants them at `now`; `holidayName` is what to call today then. */
export function practiceHours(
  hours: BusinessHours,
  wanted: PracticeHours,
  now: Date,
  holidayName: string,
): BusinessHours {
  const agreed = { ...hours, week: agreedWeek(), holidays: hours.holidays.filter((day) => !isMarked(day)) };
  switch (wanted) {
    case 'agreed':
      return agreed;
    case 'open': {
      const today = dayAt(now, hours.timeZone);
      const holidays = agreed.holidays.filter(({ day }) => day !== today);
      return { ...agreed, holidays, week: weekOf(ALL_DAYS, '00:00', '23:59') };
    }
    case 'closed': {
      const weeks = DAYTIMES.map(({ from, to }) => ({ ...agreed, week: weekOf(WORKDAYS, from, to) }));
      return weeks.find((one) => !hoursAt(one, now).open) ?? agreed;
    }
    case 'holiday': {
      const day = dayAt(now, hours.timeZone);
      const others = agreed.holidays.filter((one) => one.day !== day);
      return { ...agreed, holidays: [...others, { day, name: `${holidayName}${HOLIDAY_MARK}` }] };
    }
  }
}

/** How the hours are set, as far as that can be told from them. */
export function practiceHoursOf(hours: BusinessHours, now: Date): PracticeHours {
  if (hours.holidays.some((one) => isMarked(one) && one.day === dayAt(now, hours.timeZone))) return 'holiday';
  if (JSON.stringify(hours.week) === JSON.stringify(agreedWeek())) return 'agreed';
  return hoursAt(hours, now).open ? 'open' : 'closed';
}

const isMarked = ({ name }: { readonly name: string }): boolean => name.endsWith(HOLIDAY_MARK);
const dayAt = (now: Date, timeZone: string): string => toCalendarDate(fromDate(now, timeZone)).toString();
