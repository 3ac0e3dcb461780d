import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRACTICE_HOURS } from '../../../src-shared/domain/agreement';
import { hoursAt } from '../../../src-shared/domain/hours';
import { agreedWeek, practiceHours, practiceHoursOf } from '../../../src-shared/domain/practice-hours';

const hours = {
  timeZone: 'America/New_York',
  week: agreedWeek(),
  holidays: [{ day: '2026-12-25', name: 'Christmas' }],
};
const moments = fc.date({
  min: new Date('2026-01-01T00:00:00Z'),
  max: new Date('2026-12-31T00:00:00Z'),
  noInvalidDate: true,
});

describe('the practice desk’s hours', () => {
  it('are what the tester asked for, whenever that is, and can be told again', () =>
    fc.assert(
      fc.property(moments, fc.array(fc.constantFrom(...PRACTICE_HOURS), { minLength: 1 }), (now, wishes) => {
        const set = wishes.reduce((before, wish) => practiceHours(before, wish, now, 'Holiday'), hours);
        const wish = wishes.at(-1) ?? 'agreed';
        const state = hoursAt(set, now);
        if (wish === 'closed' || wish === 'holiday') expect(state.open).toBe(false);
        if (wish === 'holiday')
          expect(state).toMatchObject({ holiday: expect.stringContaining('Holiday') as unknown });
        // Closed at the agreed times already: nothing had to be changed.
        if (wish !== 'closed')
          expect(practiceHoursOf(set, now)).toBe(wish === 'open' && !state.open ? 'closed' : wish);
      }),
    ));

  it('go back to what was agreed', () => {
    const now = new Date('2026-03-04T15:00:00Z');
    const changed = practiceHours(practiceHours(hours, 'holiday', now, 'Holiday'), 'closed', now, 'Holiday');
    expect(hoursAt(changed, now).open).toBe(false);
    expect(practiceHours(changed, 'agreed', now, 'Holiday')).toEqual(hours);
  });
});
