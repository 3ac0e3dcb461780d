import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ageOf,
  clockOf,
  dayOf,
  daysBetween,
  exactOf,
  minutesUntil,
  whenOf,
} from '../../../src-shared/domain/time-words';
import { DETROIT } from './builders';

const NOW = '2026-03-04T14:42:00.000Z'; // Wednesday 9:42 in Detroit
const detroit = { locale: 'en', timeZone: DETROIT };
const before = (milliseconds: number) => new Date(Date.parse(NOW) - milliseconds);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('ageOf', () => {
  it.each([
    [0, 'now'],
    [59 * SECOND, 'now'],
    [-5 * MINUTE, 'now'],
    [MINUTE, '1 min'],
    [59 * MINUTE + 59 * SECOND, '59 min'],
    [HOUR, '1 h'],
    [24 * HOUR - 1, '23 h'],
    [24 * HOUR, '1 d'],
    [90 * 24 * HOUR, '90 d'],
  ])('%d ms ago is %j', (age, words) => expect(ageOf(before(age), NOW, 'en')).toBe(words));

  it('speaks other languages', () => {
    expect(ageOf(before(0), NOW, 'de')).toBe('jetzt');
    expect(ageOf(before(3 * 24 * HOUR), NOW, 'fr')).toBe('3 j');
  });
});

describe('whenOf', () => {
  it.each([
    ['2026-03-04T14:42:00Z', 'today 9:42'],
    ['2026-03-04T05:00:00Z', 'today 0:00'],
    ['2026-03-04T04:59:59Z', 'yesterday 23:59'],
    ['2026-03-03T21:10:00Z', 'yesterday 16:10'],
    ['2026-03-03T04:59:00Z', 'Monday 23:59'],
    ['2026-02-26T14:00:00Z', 'Thursday 9:00'],
    ['2026-02-25T14:00:00Z', '25 February'],
    ['2025-12-31T14:00:00Z', '31 December 2025'],
    ['2026-03-05T04:59:00Z', 'today 23:59'],
    ['2026-03-05T13:00:00Z', 'tomorrow 8:00'],
    ['2026-03-09T12:00:00Z', 'Monday 8:00'],
    ['2026-03-11T12:00:00Z', '11 March'],
  ])('%s is %j', (at, words) => expect(whenOf(at, NOW, detroit)).toBe(words));

  it('goes by the reader\u2019s zone', () => {
    const at = '2026-03-04T23:30:00Z';
    expect(whenOf(at, NOW, { locale: 'en', timeZone: 'UTC' })).toBe('today 23:30');
    expect(whenOf(at, NOW, { locale: 'en', timeZone: 'Asia/Tokyo' })).toBe('tomorrow 8:30');
    expect(whenOf(at, NOW, { locale: 'en', timeZone: 'Asia/Kolkata' })).toBe('tomorrow 5:00');
  });

  it('counts days right where the clock jumps', () => {
    // Detroit loses 2:00 to 3:00 on 8 March 2026 and repeats 1:00 to 2:00 on 1 November 2026.
    expect(whenOf('2026-03-08T04:59:00Z', '2026-03-09T04:00:00Z', detroit)).toBe('Saturday 23:59');
    expect(whenOf('2026-03-08T05:00:00Z', '2026-03-09T03:59:00Z', detroit)).toBe('today 0:00');
    expect(whenOf('2026-11-01T04:00:00Z', '2026-11-02T04:59:00Z', detroit)).toBe('today 0:00');
    expect(whenOf('2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z', detroit)).toBe('yesterday 0:00');
  });

  it('uses the clock and calendar of a region where one is named', () => {
    expect(whenOf(NOW, NOW, { locale: 'en-US', timeZone: DETROIT }).replace(/\s/g, ' ')).toBe(
      'today 9:42 AM',
    );
    expect(dayOf('2026-01-02T14:00:00Z', NOW, { locale: 'en-US', timeZone: DETROIT })).toBe('January 2');
    expect(whenOf('2026-03-03T21:10:00Z', NOW, { locale: 'de', timeZone: DETROIT })).toBe('gestern 16:10');
  });

  it('names the same day as daysBetween, at any time and in any zone', () => {
    const zones = fc.constantFrom(
      'UTC',
      DETROIT,
      'Europe/Berlin',
      'Asia/Kolkata',
      'Pacific/Apia',
      'Pacific/Chatham',
      'America/St_Johns',
    );
    const dates = fc.date({
      min: new Date('2000-01-01T00:00Z'),
      max: new Date('2050-01-01T00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        dates,
        fc.integer({ min: -8 * 24 * HOUR, max: 8 * 24 * HOUR }),
        zones,
        (now, apart, timeZone) => {
          const at = new Date(now.getTime() + apart);
          const civil = (date: Date) =>
            Date.parse(`${new Intl.DateTimeFormat('sv-SE', { timeZone }).format(date)}T00:00Z`);
          const days = (civil(at) - civil(now)) / (24 * HOUR);
          expect(daysBetween(now, at, timeZone)).toBe(days);
          const words = whenOf(at, now, { locale: 'en', timeZone });
          expect(words.startsWith('today ')).toBe(days === 0);
          expect(words.startsWith('yesterday ')).toBe(days === -1);
          expect(words.startsWith('tomorrow ')).toBe(days === 1);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('clockOf and exactOf', () => {
  it('shows 24 hours without a leading zero in plain English', () => {
    expect(clockOf('2026-03-04T05:05:00Z', detroit)).toBe('0:05');
    expect(clockOf('2026-03-04T22:00:00Z', detroit)).toBe('17:00');
  });
  it('tells everything on demand', () => {
    expect(exactOf('2026-03-04T14:42:07Z', { locale: 'en', timeZone: 'Europe/Berlin' })).toMatch(
      /Wednesday,? 4 March 2026.*15:42:07 (CET|GMT\+1)/,
    );
  });
});

describe('minutesUntil', () => {
  it.each([
    [-5000, 1],
    [0, 1],
    [1, 1],
    [MINUTE, 1],
    [1.6 * MINUTE, 2],
    // Three minutes, told by a clock that is 20 seconds behind.
    [3 * MINUTE + 20 * SECOND, 3],
    [15 * MINUTE, 15],
  ])('in %d ms is %d', (ahead, minutes) => expect(minutesUntil(before(-ahead), NOW)).toBe(minutes));
});
