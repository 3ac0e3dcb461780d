import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinLeaveNotice } from '../../../src-shared/domain/join-leave';
import { anAgreement, DETROIT, MONDAY_MORNING } from './builders';

const { hours } = anAgreement();
const joins = (day: string, now = MONDAY_MORNING, of: typeof hours | null = hours) =>
  joinLeaveNotice('joining', day, now, of, DETROIT);

describe('joinLeaveNotice', () => {
  it.each([
    ['2026-03-01', 'past'],
    ['2026-03-02', 'today'],
    ['2026-03-03', 'near'],
    ['2026-03-09', 'near'],
    ['2026-03-10', 'fine'],
    ['2026-12-01', 'fine'],
  ])('from Monday 2 March, joining on %s is %s', (day, notice) => {
    expect(joins(day)).toBe(notice);
    expect(joins(day, MONDAY_MORNING, null)).toBe(notice);
  });

  it('counts no holiday as time to prepare', () => {
    expect(joins('2026-05-29', '2026-05-21T14:00:00Z')).toBe('near');
    expect(joins('2026-06-01', '2026-05-21T14:00:00Z')).toBe('fine');
  });

  it('reads the calendar of the provider', () => {
    expect(joins('2026-03-02', '2026-03-03T03:00:00Z')).toBe('today');
    expect(joins('2026-03-02', '2026-03-03T06:00:00Z')).toBe('past');
  });

  it('needs one business day for somebody who leaves', () => {
    const leaves = (day: string) => joinLeaveNotice('leaving', day, MONDAY_MORNING, hours, DETROIT);
    expect(leaves('2026-03-03')).toBe('near');
    expect(leaves('2026-03-04')).toBe('fine');
  });

  it('never gets worse for a later day', () => {
    const order = ['past', 'today', 'near', 'fine'];
    const day = fc.integer({ min: -30, max: 400 });
    const dayOf = (offset: number) =>
      new Date(Date.parse('2026-03-02') + offset * 86_400_000).toISOString().slice(0, 10);
    fc.assert(
      fc.property(day, day, (one, other) => {
        const [early, late] = [Math.min(one, other), Math.max(one, other)];
        expect(order.indexOf(joins(dayOf(late)))).toBeGreaterThanOrEqual(order.indexOf(joins(dayOf(early))));
      }),
    );
  });
});
