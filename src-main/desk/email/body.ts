import type { Intake } from '@shared/domain/intake';
import type { Ref } from '@shared/domain/primitives';
import { cleanText } from '@shared/domain/text';
import type { Translate } from '@shared/locales';
import { intakeRows, type IntakeRow } from '@shared/locales/intake-rows';
import type { OutgoingFile } from '../connector';

/** Who should have had a copy, and why the server did not take it. */
export interface Note {
  readonly address: string;
  readonly words: string;
}

/** Between what the user wrote and what is for the desk. */
const RULE = '='.repeat(60);

/** What the user wrote, then the intake as a block with aligned values, then the reference. */
export function ticketBody(
  {
    intake,
    files,
    ref,
    note,
  }: {
    readonly intake: Intake;
    readonly files: readonly OutgoingFile[];
    readonly ref: Ref;
    readonly note: Note | null;
  },
  t: Translate,
): string {
  const emergency = intake.emergency
    ? [{ label: t('email:label.emergency'), value: t('email:emergency') }]
    : [];
  const notes = note === null ? [] : [t('email:copyRefused', { address: note.address, words: note.words })];
  return bodyOf(intake.problem, [...emergency, ...intakeRows(intake, t), ...fileRow(files, t)], notes, ref);
}

/** What the user wrote, and the reference of its ticket. */
export const messageBody = (
  {
    text,
    files,
    ticket,
  }: { readonly text: string; readonly files: readonly OutgoingFile[]; readonly ticket: Ref },
  t: Translate,
): string => bodyOf(text, fileRow(files, t), [], ticket);

/** The reference as it stands in the body, for people and parsers. */
export const refMark = (ref: Ref): string => `[ref ${ref}]`;

function bodyOf(words: string, rows: readonly IntakeRow[], notes: readonly string[], ref: Ref): string {
  const blocks = [aligned(rows), ...notes, refMark(ref)].filter((block) => block !== '');
  return `${cleanText(words).trim()}\n\n${RULE}\n${blocks.join('\n\n')}\n`;
}

/** `Label:   value` by line; further lines of a value stand below its first. */
function aligned(rows: readonly IntakeRow[]): string {
  const width = Math.max(...rows.map(({ label }) => label.length)) + 3;
  return rows
    .map(({ label, value }) => {
      const lines = cleanText(value).trim().split('\n');
      return `${label}:`.padEnd(width) + lines.join(`\n${' '.repeat(width)}`);
    })
    .join('\n');
}

const fileRow = (files: readonly OutgoingFile[], t: Translate): readonly IntakeRow[] =>
  files.length === 0
    ? []
    : [{ label: t('email:label.files'), value: files.map(({ name }) => cleanText(name)).join('\n') }];
