import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyIntake, IMPACT, WORKAROUND } from '../../../src-shared/domain/intake';
import {
  triage,
  TRIAGE_LEVELS,
  TRIAGE_REASONS,
  type TriageFacts,
  type TriageLevel,
} from '../../../src-shared/domain/triage';

const PEOPLE = ['me', 'few', 'most', 'everyone'] as const;
const EFFECTS = ['annoying', 'slower', 'stopped'] as const;
const WAYS = ['some', 'unknown', 'none'] as const;
const rank = (level: TriageLevel): number => TRIAGE_LEVELS.indexOf(level);
const facts = (more: Partial<TriageFacts>): TriageFacts => ({ ...emptyIntake(), ...more });

const text = fc.constantFrom(
  'The printer is jammed',
  'The server is down',
  'We got a ransom note',
  'Mail is slow',
);
const anyFacts = fc.record({
  problem: text,
  lostFunction: text,
  affected: fc.constantFrom(...PEOPLE, 'colleague' as const, null),
  impact: fc.constantFrom(...IMPACT, null),
  workaround: fc.constantFrom(...WORKAROUND, null),
});
/** Two answers of a scale, the milder first. */
const pair = <T>(scale: readonly T[]) =>
  fc.tuple(fc.nat(scale.length - 1), fc.nat(scale.length - 1)).map(([a, b]) => {
    const [low, high] = a <= b ? [a, b] : [b, a];
    return [scale[low] as T, scale[high] as T] as const;
  });
const notLess = (milder: TriageFacts, worse: TriageFacts): void => {
  const [one, other] = [triage(milder), triage(worse)];
  if (one === null || other === null) throw new Error('Both say something.');
  expect(rank(other.urgency)).toBeGreaterThanOrEqual(rank(one.urgency));
  expect(rank(other.impact)).toBeGreaterThanOrEqual(rank(one.impact));
};

describe('triage', () => {
  it('never calls more people less urgent', () =>
    fc.assert(
      fc.property(anyFacts, pair(PEOPLE), (base, [few, many]) =>
        notLess({ ...base, affected: few }, { ...base, affected: many }),
      ),
    ));

  it('never calls a worse effect less urgent', () =>
    fc.assert(
      fc.property(anyFacts, pair(EFFECTS), (base, [mild, bad]) =>
        notLess({ ...base, impact: mild }, { ...base, impact: bad }),
      ),
    ));

  it('never calls a missing way around less urgent', () =>
    fc.assert(
      fc.property(anyFacts, pair(WAYS), fc.constantFrom(...IMPACT), (base, [way, none], impact) =>
        notLess({ ...base, impact, workaround: way }, { ...base, impact, workaround: none }),
      ),
    ));

  it('is critical exactly in an emergency, and always says why', () =>
    fc.assert(
      fc.property(anyFacts, (base) => {
        const found = triage(base);
        if (found === null) {
          expect([base.affected, base.impact]).toEqual([null, null]);
          return;
        }
        expect(found.urgency === 'critical').toBe(found.emergency !== null);
        expect(found.reasons.length).toBeGreaterThan(0);
        expect([...found.reasons]).toEqual(TRIAGE_REASONS.filter((one) => found.reasons.includes(one)));
      }),
    ));

  it.each([
    [{}, null],
    [
      { affected: 'me', impact: 'annoying' },
      { impact: 'low', urgency: 'low', reasons: ['one', 'nuisance'] },
    ],
    [
      { affected: 'me', impact: 'stopped', workaround: 'some' },
      { impact: 'low', urgency: 'medium', reasons: ['workStopped', 'one', 'wayAround'] },
    ],
    [
      { problem: 'The shared drive is slow', affected: 'few', impact: 'slower' },
      { impact: 'high', urgency: 'medium', reasons: ['few', 'essential', 'slower'] },
    ],
    [
      { affected: 'everyone', impact: 'stopped', workaround: 'none' },
      { impact: 'high', urgency: 'critical', reasons: ['workStopped', 'everyone', 'noWayAround'] },
    ],
    [
      { problem: 'I think I was hacked', affected: 'me' },
      { impact: 'low', urgency: 'critical', reasons: ['securityRisk', 'one'] },
    ],
  ] as const)('reads %j as %j', (answers, expected) => {
    const found = triage(facts(answers));
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });
});
