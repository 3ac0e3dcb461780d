import {
  assessEmergency,
  isAboutEssential,
  type EmergencyAssessment,
  type EmergencyFacts,
} from './emergency';
import type { AFFECTED, IMPACT, WORKAROUND } from './intake';

/** How far it reaches, or how much it presses; `critical` is an emergency. In this order. */
export const TRIAGE_LEVELS = ['low', 'medium', 'high', 'critical'] as const;
/** How far it reaches, or how much it presses. */
export type TriageLevel = (typeof TRIAGE_LEVELS)[number];

/** What speaks for a level, in the order in which it is told. */
export const TRIAGE_REASONS = [
  'securityRisk',
  'workStopped',
  'everyone',
  'most',
  'few',
  'one',
  'essential',
  'noWayAround',
  'slower',
  'wayAround',
  'nuisance',
] as const;
/** What speaks for a level. */
export type TriageReason = (typeof TRIAGE_REASONS)[number];

/** How the provider will probably see a problem: a suggestion, never a promise. */
export interface Triage {
  /** How far it reaches: people, and the importance of what is affected. */
  readonly impact: Exclude<TriageLevel, 'critical'>;
  /** How much it presses: what it stops, whether there is a way around, what it endangers. */
  readonly urgency: TriageLevel;
  readonly reasons: readonly TriageReason[];
  readonly emergency: EmergencyAssessment | null;
}

/** The answers that the rule reads. */
export type TriageFacts = EmergencyFacts;

const PEOPLE = { me: 0, colleague: 0, few: 1, most: 2, everyone: 2 } as const satisfies Record<
  (typeof AFFECTED)[number],
  number
>;
const PRESSURE = { annoying: 0, slower: 1, stopped: 2 } as const satisfies Record<
  (typeof IMPACT)[number],
  number
>;

/**
 * The suggested impact and urgency with the reasons, from importance of the system, number of people, workaround and
 * security risk (guide, chapters 4 and 5). `null` until an answer says something. More people, a worse effect or no way
 * around never make it less; an emergency (guide, chapter 6) is critical.
 */
export function triage(facts: TriageFacts): Triage | null {
  const { affected, impact, workaround } = facts;
  const emergency = assessEmergency(facts);
  if (affected === null && impact === null && emergency === null) return null;
  const essential = isAboutEssential(facts);
  const reach = (affected === null ? 0 : PEOPLE[affected]) + (essential ? 1 : 0);
  const pressure = (impact === null ? 0 : PRESSURE[impact]) + relief(workaround);
  return {
    impact: level(reach, 2) as Triage['impact'],
    urgency: emergency === null ? level(pressure, 2) : 'critical',
    reasons: reasonsFor(facts, emergency, essential),
    emergency,
  };
}

/** A way around takes some of the pressure away. */
const relief = (workaround: (typeof WORKAROUND)[number] | null): number => (workaround === 'some' ? -1 : 0);

const level = (points: number, max: number): TriageLevel =>
  TRIAGE_LEVELS[Math.max(0, Math.min(points, max))] ?? 'low';

function reasonsFor(
  { affected, impact, workaround }: TriageFacts,
  emergency: EmergencyAssessment | null,
  essential: boolean,
): readonly TriageReason[] {
  const holds: Readonly<Record<TriageReason, boolean>> = {
    securityRisk: emergency?.reasons.includes('securityRisk') === true,
    workStopped: impact === 'stopped',
    everyone: affected === 'everyone',
    most: affected === 'most',
    few: affected === 'few',
    one: affected === 'me' || affected === 'colleague',
    essential,
    noWayAround: workaround === 'none',
    slower: impact === 'slower',
    wayAround: workaround === 'some',
    nuisance: impact === 'annoying',
  };
  return TRIAGE_REASONS.filter((reason) => holds[reason]);
}
