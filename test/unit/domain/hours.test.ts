import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusinessHours } from '../../../src-shared/domain/agreement';
import { hoursAt, hoursWord, isTimeZone } from '../../../src-shared/domain/hours';
import { createTranslator } from '../../../src-shared/locales';
import { anAgreement, DETROIT, HERE } from './builders';

const hours = anAgreement().hours;
const at = (state: ReturnType<typeof hoursAt>) =>
  (state.open ? state.until : state.opensAt)?.toISOString() ?? null;
const ask = (now: string, of: BusinessHours = hours) => {
  const state = hoursAt(of, now);
  return [state.open, at(state)];
};

describe('hoursAt', () => {
  it.each([
    ['a Monday morning', '2026-03-02T14:42:00Z', true, '2026-03-02T22:00:00.000Z'],
    ['the first moment', '2026-03-02T13:00:00Z', true, '2026-03-02T22:00:00.000Z'],
    ['just before', '2026-03-02T12:59:59.999Z', false, '2026-03-02T13:00:00.000Z'],
    ['the last moment', '2026-03-02T21:59:59.999Z', true, '2026-03-02T22:00:00.000Z'],
    ['closing time', '2026-03-02T22:00:00Z', false, '2026-03-03T13:00:00.000Z'],
    ['Friday evening', '2026-02-27T23:00:00Z', false, '2026-03-02T13:00:00.000Z'],
    ['Sunday, while it is Monday in UTC', '2026-03-02T03:00:00Z', false, '2026-03-02T13:00:00.000Z'],
    ['a weekend in which the clock jumps', '2026-03-07T15:00:00Z', false, '2026-03-09T12:00:00.000Z'],
    ['a weekend in which the clock falls back', '2026-10-31T15:00:00Z', false, '2026-11-02T13:00:00.000Z'],
  ])('%s', (_what, now, open, until) => expect(ask(now)).toEqual([open, until]));

  it('is closed on a holiday, by name, and looks past it', () => {
    expect(hoursAt(hours, '2026-05-25T15:00:00Z')).toEqual({
      open: false,
      opensAt: new Date('2026-05-26T12:00:00Z'),
      holiday: 'Memorial Day',
    });
    expect(hoursAt(hours, '2026-05-22T22:00:00Z')).toEqual({
      open: false,
      opensAt: new Date('2026-05-26T12:00:00Z'),
      holiday: null,
    });
  });

  it('joins spans that touch and keeps a lunch break', () => {
    const split = (second: string): BusinessHours => ({
      ...hours,
      week: [
        { day: 1, from: second, to: '17:00' },
        { day: 1, from: '08:00', to: '12:00' },
      ],
    });
    expect(ask('2026-03-02T14:00:00Z', split('12:00'))).toEqual([true, '2026-03-02T22:00:00.000Z']);
    expect(ask('2026-03-02T14:00:00Z', split('13:00'))).toEqual([true, '2026-03-02T17:00:00.000Z']);
    expect(ask('2026-03-02T17:30:00Z', split('13:00'))).toEqual([false, '2026-03-02T18:00:00.000Z']);
  });

  it('keeps a span that starts in the hour that daylight saving skips or repeats', () => {
    const night = (to: string): BusinessHours => ({ ...hours, week: [{ day: 7, from: '01:30', to }] });
    expect(ask('2026-03-08T06:29:59Z', night('02:30'))).toEqual([false, '2026-03-08T06:30:00.000Z']);
    expect(ask('2026-03-08T06:30:00Z', night('04:00'))).toEqual([true, '2026-03-08T08:00:00.000Z']);
    expect(ask('2026-11-01T05:30:00Z', night('04:00'))).toEqual([true, '2026-11-01T09:00:00.000Z']);
  });

  it('does not guess where no hours are known', () => {
    const unknown = { open: false, opensAt: null, holiday: null };
    expect(hoursAt({ ...hours, week: [] }, '2026-03-02T14:42:00Z')).toEqual(unknown);
    expect(hoursAt({ ...hours, timeZone: 'Mars/Olympus' }, '2026-03-02T14:42:00Z')).toEqual(unknown);
    expect(isTimeZone(DETROIT)).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
  });

  it('changes exactly when it says, for any week', () => {
    const time = fc
      .integer({ min: 0, max: 24 * 60 - 1 })
      .map(
        (minutes) =>
          `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
      );
    const entry = fc
      .record({ day: fc.integer({ min: 1, max: 7 }), from: time, to: time })
      .filter(({ from, to }) => from < to);
    const week = fc.array(entry, { minLength: 1, maxLength: 8 });
    const zone = fc.constantFrom(
      'UTC',
      DETROIT,
      'Europe/Berlin',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Pacific/Apia',
    );
    const moment = fc.date({
      min: new Date('2020-01-01T00:00Z'),
      max: new Date('2040-01-01T00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(week, zone, moment, (days, timeZone, now) => {
        const of = { timeZone, week: days, holidays: [] };
        const state = hoursAt(of, now);
        const change = state.open ? state.until : state.opensAt;
        // A span that daylight saving swallows whole may be the only one: then there is nothing before next week.
        expect(change).not.toBeNull();
        if (change === null) return;
        expect(change.getTime()).toBeGreaterThan(now.getTime());
        expect(hoursAt(of, change).open).toBe(!state.open);
        expect(hoursAt(of, change.getTime() - 1).open).toBe(state.open);
      }),
      { numRuns: 200 },
    );
  });
});

describe('hoursWord', () => {
  const { t } = createTranslator('en');
  const words = (now: string, of: BusinessHours = hours) => {
    const { key, params } = hoursWord(hoursAt(of, now), now, HERE);
    return t(key, params);
  };
  it.each([
    ['2026-03-02T14:42:00Z', 'Open until 17:00'],
    ['2026-03-02T12:00:00Z', 'Closed, opens today 8:00'],
    ['2026-02-27T23:00:00Z', 'Closed, opens Monday 8:00'],
    ['2026-05-25T15:00:00Z', 'Closed for Memorial Day, opens tomorrow 8:00'],
  ])('%s: %j', (now, text) => expect(words(now)).toBe(text));
  it('tells in the reader\u2019s own zone', () => {
    const now = '2026-03-02T14:42:00Z';
    const { key, params } = hoursWord(hoursAt(hours, now), now, { locale: 'en', timeZone: 'Europe/Berlin' });
    expect(t(key, params)).toBe('Open until 23:00');
  });
  it('says that it does not know', () =>
    expect(words('2026-03-02T14:42:00Z', { ...hours, week: [] })).toBe('Opening hours not known'));
});
