import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyIntake } from '../../../src-shared/domain/intake';
import {
  endWatch,
  isConfirmed,
  isOverdue,
  nextReminderAt,
  startWatch,
  tickWatch,
  type EmergencyWatch,
} from '../../../src-shared/domain/emergency-watch';

const REF = '0195f3a0-0000-7000-8000-000000000001';
const FILED = '2026-03-02T08:42:00.000Z';
const MINUTE = 60_000;
const at = (minutes: number): Date => new Date(Date.parse(FILED) + minutes * MINUTE);
const watch = startWatch(REF, FILED, 30, emptyIntake());

/** Looks at the given minutes, in order; gives those at which the user was reminded. */
function remindersAt(minutes: readonly number[], first: EmergencyWatch = watch): number[] {
  let current = first;
  return minutes.filter((minute) => {
    const ticked = tickWatch(current, at(minute));
    current = ticked.watch;
    return ticked.remind;
  });
}

describe('the clock of an emergency', () => {
  it('reminds after the agreed time, then every hour', () => {
    const everyMinute = Array.from({ length: 200 }, (_, minute) => minute);
    expect(remindersAt(everyMinute)).toEqual([30, 90, 150]);
  });

  it('reminds once after a long sleep and counts from there', () =>
    expect(remindersAt([5, 500, 500.1, 559, 560])).toEqual([500, 560]));

  it('is never late by more than its own time when the clock was set back', () =>
    expect(remindersAt([10, -120, -91, -90])).toEqual([-90]));

  it('never reminds twice within the hour, however often and whenever one looks', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 60 }), (minutes) => {
        const told = remindersAt([...minutes].sort((one, other) => one - other));
        told
          .slice(1)
          .forEach((minute, index) => expect(minute - (told[index] ?? 0)).toBeGreaterThanOrEqual(60));
        if (told[0] !== undefined) expect(told[0]).toBeGreaterThanOrEqual(30);
      }),
    ));

  it.each(['confirmed', 'reached', 'stopped', 'over'] as const)('is silent once it is %s', (state) => {
    const ended = endWatch(watch, state, at(10));
    expect(nextReminderAt(ended)).toBeNull();
    expect(remindersAt([30, 90, 5000], ended)).toEqual([]);
    expect(endWatch(ended, 'over', at(20))).toBe(ended);
  });

  it('is overdue from the first reminder until it ends', () => {
    expect(isOverdue(watch)).toBe(false);
    const late = tickWatch(watch, at(31)).watch;
    expect(isOverdue(late)).toBe(true);
    expect(isOverdue(endWatch(late, 'reached', at(32)))).toBe(false);
  });
});

describe('a confirmation', () => {
  const created = { step: 'created' as const, assignee: null, messages: [] };
  const by = (author: 'requester' | 'staff') => ({
    id: 'm1',
    ref: null,
    at: FILED,
    author:
      author === 'staff'
        ? { kind: 'staff' as const, staff: { name: 'Mara', role: 'dispatcher' as const } }
        : { kind: 'requester' as const, name: 'Sam' },
    text: 'Hello',
    attachments: [],
  });

  it('is not that the board has taken the ticket, nor what the user wrote', () => {
    expect(isConfirmed(created)).toBe(false);
    expect(isConfirmed({ ...created, step: null, messages: [by('requester')] })).toBe(false);
  });

  it('is a step beyond, somebody who has it, or a word of the staff', () => {
    expect(isConfirmed({ ...created, step: 'received' })).toBe(true);
    expect(isConfirmed({ ...created, assignee: { name: 'Jonas', role: 'engineer' } })).toBe(true);
    expect(isConfirmed({ ...created, messages: [by('requester'), by('staff')] })).toBe(true);
  });
});
