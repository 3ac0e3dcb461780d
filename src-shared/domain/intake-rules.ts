import { DEVICE_KEYS } from './device';
import type { Contact, Intake, JoinOrLeave } from './intake';
import { MAX_LINE_LENGTH, MAX_TEXT_LENGTH } from './primitives';
import { err, ok, type Result } from './result';
import { MAX_SUMMARY_LENGTH } from './primitives';
import { cleanText, isBlank, shorten, summarise } from './text';
import type { IntakeDraft } from './draft';

/** What keeps an answer from going as it is. */
export interface IntakeProblem {
  readonly field: keyof Intake;
  readonly problem: 'empty' | 'tooLong';
}

/** What goes to the board when a draft is sent. */
export interface CheckedIntake {
  readonly summary: string;
  readonly intake: Intake;
}

/**
 * Turns a draft into what can be sent, or tells what is in the way. Only the problem itself must be written (guide,
 * chapter 4: details help to triage, but a report with few is better than none). Texts are cleaned and trimmed; a text
 * that is still over its limit is named and never cut. Problems come in the order of the form. Of somebody who joins or leaves the
 * name and the day are needed, too (guide, chapter 1: announced in advance).
 */
export function checkIntake(draft: IntakeDraft): Result<CheckedIntake, readonly IntakeProblem[]> {
  const intake = tidy(draft);
  const problems = fieldsOf(INTAKE_FITS).flatMap((field): IntakeProblem[] => {
    if (field === 'problem' && isBlank(intake.problem)) return [{ field, problem: 'empty' }];
    if (field === 'person' && isUnnamed(intake)) return [{ field, problem: 'empty' }];
    return fits(intake, INTAKE_FITS, field) ? [] : [{ field, problem: 'tooLong' }];
  });
  return problems.length > 0 ? err(problems) : ok({ summary: summaryOf(intake), intake });
}

/**
 * Whether each answer is within its limit, in the order of the form. `IntakeSchema` says the same; the window checks with
 * this as the user types and so needs no schemas. Of every answer there is, one has to say whether it can be too long.
 */
type Fits<Shape> = { readonly [Field in keyof Shape]: (value: Shape[Field]) => boolean };

const isLine = (text: string): boolean => text.length <= MAX_LINE_LENGTH;
const isText = (text: string): boolean => text.length <= MAX_TEXT_LENGTH;
const isChoice = (): boolean => true;

const CONTACT_FITS: Fits<Contact> = { name: isLine, phone: isLine, email: isLine };

const PERSON_FITS: Fits<JoinOrLeave> = {
  name: isLine,
  position: isLine,
  day: isChoice,
  devices: isText,
  software: isText,
  mailbox: isLine,
  accessLike: isLine,
  mailboxAfter: isChoice,
  accessEnds: isChoice,
  accessText: isLine,
  notes: isText,
};

const INTAKE_FITS: Fits<Intake> = {
  problem: isText,
  since: isChoice,
  sinceText: isLine,
  affected: isChoice,
  affectedText: isLine,
  impact: isChoice,
  lostFunction: isLine,
  recentChange: isText,
  workaround: isChoice,
  workaroundText: isText,
  restarted: isChoice,
  restartedAt: isChoice,
  triedText: isText,
  contact: (contact) => fitsAll(contact, CONTACT_FITS),
  emergency: isChoice,
  kind: isChoice,
  person: (person) => person === null || fitsAll(person, PERSON_FITS),
  device: (lines) => lines.length <= DEVICE_KEYS.length && lines.every(({ value }) => isLine(value)),
};

const fieldsOf = <Shape>(all: Fits<Shape>): (keyof Shape)[] => Object.keys(all) as (keyof Shape)[];
const fits = <Shape, Field extends keyof Shape>(value: Shape, all: Fits<Shape>, field: Field): boolean =>
  all[field](value[field]);
const fitsAll = <Shape>(value: Shape, all: Fits<Shape>): boolean =>
  fieldsOf(all).every((field) => fits(value, all, field));

/** Of a request for a person its first line as it is: a name may have full stops of its own. */
const summaryOf = ({ kind, problem }: Intake): string =>
  kind === 'problem' ? summarise(problem) : shorten(problem.split('\n')[0] ?? '', MAX_SUMMARY_LENGTH);

/** Cleans and trims every text; answers of one line lose their line breaks. */
function tidy(draft: IntakeDraft): Intake {
  return {
    ...draft,
    problem: block(draft.problem),
    sinceText: line(draft.sinceText),
    affectedText: line(draft.affectedText),
    lostFunction: line(draft.lostFunction),
    recentChange: block(draft.recentChange),
    workaroundText: block(draft.workaroundText),
    triedText: block(draft.triedText),
    contact: contactOf(draft.contact),
    person: draft.kind === 'problem' || draft.person === null ? null : personOf(draft.person),
  };
}

const isUnnamed = ({ kind, person }: Intake): boolean =>
  kind !== 'problem' && (person === null || isBlank(person.name) || person.day === null);

const personOf = (person: JoinOrLeave): JoinOrLeave => ({
  ...person,
  name: line(person.name),
  position: line(person.position),
  devices: block(person.devices),
  software: block(person.software),
  mailbox: line(person.mailbox),
  accessLike: line(person.accessLike),
  accessText: line(person.accessText),
  notes: block(person.notes),
});

const contactOf = (contact: Contact): Contact => ({
  name: line(contact.name),
  phone: line(contact.phone),
  email: line(contact.email),
});

const block = (text: string): string => cleanText(text).trim();
const line = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim();
