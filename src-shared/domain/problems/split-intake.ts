import { emptyIntake, type Intake } from '../intake';

/**
 * One intake for each part of a text with several problems (DOMAIN: one problem per ticket). Each has its own problem
 * text. Facts about people and the machine are the same for all and copied: whom to contact, who is affected, since
 * when, the recent change, the restart and what was tried. How the work is hit, the lost job function and the way around
 * differ by problem and cannot be known: the answers given stay with the first part, which people write of first; the
 * others begin without, so that a small wish does not inherit the priority of an outage.
 * No parts: the intake alone, as it is. The result is as long as `parts`, or 1.
 */
export function splitIntake<T extends Intake>(intake: T, parts: readonly { readonly text: string }[]): T[] {
  if (parts.length === 0) return [intake];
  const { impact, lostFunction, workaround, workaroundText } = emptyIntake();
  return parts.map(({ text }, index) => ({
    ...intake,
    contact: { ...intake.contact },
    problem: text,
    ...(index === 0 ? {} : { impact, lostFunction, workaround, workaroundText }),
  }));
}
