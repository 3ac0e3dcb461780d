import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAt, holidaysAhead, openingRows, termState } from '../../../src-shared/domain/agreement-words';
import { calendarDayOf } from '../../../src-shared/domain/time-words';
import { anAgreement, DETROIT } from './builders';

const { hours } = anAgreement();
const span = { from: '08:00', to: '17:00' };

describe('openingRows', () => {
  it('puts days of the same hours into one row, and says which are closed', () =>
    expect(openingRows(hours.week)).toEqual([
      { from: 1, to: 5, spans: [span] },
      { from: 6, to: 7, spans: [] },
    ]));

  it('keeps a lunch break in order', () =>
    expect(
      openingRows([
        { day: 1, from: '13:00', to: '17:00' },
        { day: 1, from: '08:00', to: '12:00' },
      ])[0],
    ).toEqual({
      from: 1,
      to: 1,
      spans: [
        { from: '08:00', to: '12:00' },
        { from: '13:00', to: '17:00' },
      ],
    }));

  it('does not say closed where nothing is known', () => expect(openingRows([])).toEqual([]));

  it('covers every day of the week once, for any week', () => {
    const entry = fc.record({
      day: fc.integer({ min: 1, max: 7 }),
      from: fc.constantFrom('07:00', '08:00', '13:00'),
      to: fc.constantFrom('12:00', '17:00'),
    });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1 }), (week) => {
        const rows = openingRows(week);
        const days = rows.flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, at) => from + at),
        );
        expect(days).toEqual([1, 2, 3, 4, 5, 6, 7]);
      }),
    );
  });
});

describe('holidaysAhead', () => {
  const of = {
    ...hours,
    holidays: ['2026-12-25', '2026-01-01', '2026-05-25', '2026-05-25'].map((day) => ({ day, name: day })),
  };
  const days = (now: string) => holidaysAhead(of, now, 2).map(({ day }) => day);
  it('starts with today on the provider\u2019s calendar', () => {
    expect(days('2026-05-25T12:00:00Z')).toEqual(['2026-05-25', '2026-12-25']);
    expect(days('2026-05-26T03:00:00Z')).toEqual(['2026-05-25', '2026-12-25']);
    expect(days('2026-05-26T05:00:00Z')).toEqual(['2026-12-25']);
  });
});

describe('termState', () => {
  const term = { from: '2026-01-01', to: '2026-12-31' };
  it.each([
    ['2026-01-01T04:59:59Z', 'ahead'],
    ['2026-01-01T05:00:00Z', 'running'],
    ['2027-01-01T04:59:59Z', 'running'],
    ['2027-01-01T05:00:00Z', 'ended'],
  ])('%s: %s', (now, state) => expect(termState(term, now, DETROIT)).toBe(state));
});

it('tells a calendar day wherever the reader is', () => {
  expect(calendarDayOf('2026-03-03', 'en')).toMatch(/^Tuesday,? 3 March 2026$/);
  expect(dayAt('2026-03-03T02:00:00Z', DETROIT)).toBe('2026-03-02');
  expect(dayAt('2026-03-03T02:00:00Z', 'Mars/Olympus')).toBe('2026-03-03');
});
