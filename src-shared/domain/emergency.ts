import { namesEssentialSystem, tellsOfSecurityRisk } from './emergency-words';
import type { Intake } from './intake';

/** Why a problem looks like an emergency (guide, chapter 6, point 2; chapter 4, question 1). */
export type EmergencyReason = 'productionStopped' | 'mostPeopleAffected' | 'noWayAround' | 'securityRisk';

/** A problem that should be phoned in first; the ticket is filed too. Reasons in order of weight, at least one. */
export interface EmergencyAssessment {
  readonly reasons: readonly [EmergencyReason, ...EmergencyReason[]];
}

/** The answers that the rule reads; a draft will do. */
export type EmergencyFacts = Pick<Intake, 'problem' | 'affected' | 'impact' | 'lostFunction' | 'workaround'>;

/**
 * Whether a problem looks like an emergency, judged by the answers alone; `null` if not. Work that has stopped for
 * more than one person, work made harder for most, no way around for several people whose work has stopped or who need
 * a system that the company cannot do without, or a sign of a security risk.
 * One person's trouble is none without such a sign: it can wait for its turn.
 */
export function assessEmergency(intake: EmergencyFacts): EmergencyAssessment | null {
  const { affected, impact, workaround } = intake;
  const several = affected === 'few' || affected === 'most' || affected === 'everyone';
  const most = affected === 'most' || affected === 'everyone';
  const reasons: EmergencyReason[] = [];
  if (impact === 'stopped' && most) reasons.push('productionStopped');
  if (most && impact !== 'annoying') reasons.push('mostPeopleAffected');
  const pressing = impact === 'stopped' || (impact !== 'annoying' && isAboutEssential(intake));
  if (pressing && several && workaround === 'none') reasons.push('noWayAround');
  if (tellsOfSecurityRisk(intake.problem)) reasons.push('securityRisk');
  const [first, ...more] = reasons;
  return first === undefined ? null : { reasons: [first, ...more] };
}

/** Whether the problem, or what cannot be done because of it, names a system that the company cannot do without. */
export const isAboutEssential = ({
  problem,
  lostFunction,
}: Pick<Intake, 'problem' | 'lostFunction'>): boolean => namesEssentialSystem(`${lostFunction}\n${problem}`);

/** Under what "It can wait" is remembered for a draft. */
export const EMERGENCY_NOTICE = 'emergency';

/** Whether a ticket goes marked as an emergency: it looks like one and the user did not say otherwise, or they say so. */
export const goesAsEmergency = (draft: {
  readonly intake: EmergencyFacts & Pick<Intake, 'emergency'>;
  readonly dismissedNotices?: readonly string[] | undefined;
}): boolean =>
  draft.intake.emergency ||
  (assessEmergency(draft.intake) !== null && !draft.dismissedNotices?.includes(EMERGENCY_NOTICE));
