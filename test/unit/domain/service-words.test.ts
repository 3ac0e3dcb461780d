import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../src-shared/domain/agreement';
import { callTerms, handlingAt, openingWords } from '../../../src-shared/domain/service-words';

const agreement = (timeZone: string, more: Partial<Agreement> = {}): Agreement => ({
  provider: 'Northside IT',
  customer: 'Lindner & Co',
  hours: {
    timeZone,
    week: [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '17:00' })),
    holidays: [{ day: '2026-03-09', name: 'Founders’ Day' }],
  },
  afterHours: 'included',
  kind: 'traditional',
  emergencyConfirmMinutes: 30,
  callSheet: [],
  covered: [],
  notCovered: [],
  standing: 'good',
  term: null,
  ...more,
});
const NEW_YORK = agreement('America/New_York');
const inNewYork = { locale: 'en', timeZone: 'America/New_York' };
const words = (now: string, place = inNewYork, of: Agreement = NEW_YORK) => {
  const handling = handlingAt(of, now);
  if (!('opensAt' in handling)) throw new Error(handling.kind);
  return { kind: handling.kind, ...openingWords(handling.opensAt, now, place, of.hours.timeZone) };
};

describe('when a general request is taken up', () => {
  it('now, while the desk is open', () =>
    expect(handlingAt(NEW_YORK, '2026-03-05T15:00:00.000Z')).toMatchObject({ kind: 'now' }));

  it('the same day before the desk opens', () =>
    expect(words('2026-03-05T11:00:00.000Z')).toMatchObject({ kind: 'laterToday' }));

  it('on the next business day after it has closed, by name even if that is tomorrow', () =>
    expect(words('2026-03-05T23:00:00.000Z')).toEqual({
      kind: 'nextBusinessDay',
      opens: 'Friday 8:00',
      deskTime: null,
    }));

  it('past weekend, holiday and the night on which the clocks go forward', () =>
    // Friday evening; Sunday has 23 hours, Monday is a holiday.
    expect(words('2026-03-06T23:00:00.000Z')).toMatchObject({ opens: 'Tuesday 8:00' }));

  it('at the same wall clock on the night on which the clocks go back', () => {
    const handling = handlingAt(NEW_YORK, '2026-11-01T05:30:00.000Z');
    expect(handling).toMatchObject({ opensAt: new Date('2026-11-02T13:00:00.000Z') });
    expect(words('2026-11-01T06:30:00.000Z')).toMatchObject({ opens: 'Monday 8:00' });
  });

  it('in the reader’s own time, with the desk’s beside it', () =>
    expect(words('2026-03-05T23:00:00.000Z', { locale: 'en', timeZone: 'Europe/Berlin' })).toEqual({
      kind: 'nextBusinessDay',
      opens: 'Friday 14:00',
      deskTime: '8:00',
    }));

  it('says so where nothing is known', () => {
    expect(handlingAt(null, '2026-03-05T23:00:00.000Z')).toEqual({ kind: 'unknown' });
    expect(handlingAt(agreement('Nowhere/At_All'), '2026-03-05T15:00:00.000Z')).toEqual({ kind: 'unknown' });
  });
});

describe('an emergency call', () => {
  it('costs what the agreement says outside the hours, and nothing is said of it within', () => {
    expect(callTerms(NEW_YORK, '2026-03-05T15:00:00.000Z')).toMatchObject({ kind: 'openNow' });
    expect(callTerms(NEW_YORK, '2026-03-05T23:00:00.000Z')).toEqual({ kind: 'included' });
    expect(callTerms({ ...NEW_YORK, afterHours: 'charged' }, '2026-03-07T15:00:00.000Z')).toEqual({
      kind: 'charged',
    });
    expect(callTerms(null, '2026-03-07T15:00:00.000Z')).toEqual({ kind: 'unknown' });
  });
});
