import { describe, expect, it } from 'vitest';
import { emptyIntake, type Intake } from '@shared/domain/intake';
import { splitIntake } from '@shared/domain/problems/split-intake';

const intake: Intake = {
  ...emptyIntake({ name: 'Ada Moss', phone: '555 0101', email: 'ada@example.com' }),
  problem: 'The till is dead. Also I need a mouse.',
  since: 'today',
  affected: 'few',
  affectedText: 'Till 2 and 3',
  impact: 'stopped',
  lostFunction: 'Taking payments',
  recentChange: 'A new router came yesterday',
  workaround: 'some',
  workaroundText: 'Cash only',
  restarted: 'both',
  restartedAt: '2026-03-02T08:42:00.000Z',
  triedText: 'Another socket',
};
const parts = [{ text: 'The till is dead.' }, { text: 'Also I need a mouse.' }];

describe('splitIntake', () => {
  it('gives each part a text of its own and copies the shared facts', () => {
    const [first, second] = splitIntake(intake, parts);
    expect(first).toEqual({ ...intake, problem: 'The till is dead.' });
    expect(second).toEqual({
      ...intake,
      problem: 'Also I need a mouse.',
      impact: null,
      lostFunction: '',
      workaround: null,
      workaroundText: '',
    });
  });

  it('makes intakes that do not share what the user can edit', () => {
    const [first, second] = splitIntake(intake, parts);
    expect(first?.contact).not.toBe(second?.contact);
    expect(first?.contact).not.toBe(intake.contact);
  });

  it('leaves an intake without parts as it is', () => {
    expect(splitIntake(intake, [])).toEqual([intake]);
  });
});
