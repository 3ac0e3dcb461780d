import type { Intake } from '../domain/intake';
import type { Translate } from './index';

/** An answer with its question. */
export interface IntakeRow {
  readonly label: string;
  readonly value: string;
}

/**
 * The answers of a form in its own words and in the order of the form, then what goes along about the computer. Questions
 * without an answer are left out, and so is the problem itself.
 */
export function intakeRows(intake: Intake, t: Translate): readonly IntakeRow[] {
  const both = (choice: string | null, text: string): string =>
    [choice, text].filter((part) => part !== null && part !== '').join(': ');
  const { contact } = intake;
  const answers: readonly (readonly [string, string])[] = [
    [
      t('ticket:details.label.since'),
      intake.since === 'other'
        ? intake.sinceText
        : both(intake.since && t(`newTicket:since.${intake.since}`), ''),
    ],
    [
      t('ticket:details.label.affected'),
      both(
        intake.affected && t(`newTicket:affected.${intake.affected}`).replace('…', ''),
        intake.affectedText,
      ),
    ],
    [
      t('ticket:details.label.impact'),
      both(intake.impact && t(`newTicket:impact.${intake.impact}`), intake.lostFunction),
    ],
    [t('ticket:details.label.recentChange'), intake.recentChange],
    [
      t('ticket:details.label.workaround'),
      both(
        intake.workaround && t(`newTicket:workaround.${intake.workaround}`).replace('…', ''),
        intake.workaroundText,
      ),
    ],
    [
      t('ticket:details.label.restarted'),
      both(intake.restarted && t(`newTicket:restarted.${intake.restarted}`), ''),
    ],
    [t('ticket:details.label.tried'), intake.triedText],
    [
      t('ticket:details.label.contact'),
      [contact.name, contact.phone, contact.email].filter((part) => part !== '').join(', '),
    ],
  ];
  const computer = intake.device.map(({ key, value }) => [t(`device:label.${key}`), value] as const);
  return [...answers, ...computer]
    .filter(([, value]) => value.trim() !== '')
    .map(([label, value]) => ({ label, value }));
}
