import type { Intake } from '@shared/domain/intake';
import { cleanText } from '@shared/domain/text';
import { createTranslator, FALLBACK_LOCALE, type Translate } from '@shared/locales';
import { intakeRows, type IntakeRow } from '@shared/locales/intake-rows';

/** What Deskbell writes to a board and reads back from it. */
export interface Words {
  /** The problem, and below it the intake as a block for the desk. */
  body(intake: Intake): string;
  /** A body taken apart again. Text that Deskbell did not write is all `text`. */
  parts(body: string): Parts;
  /** What *Still broken* says when the user adds nothing. */
  readonly stillBroken: string;
}

/** A body taken apart. */
export interface Parts {
  readonly text: string;
  readonly rows: readonly IntakeRow[];
  readonly emergency: boolean;
}

/** Between what the user wrote and what is for the desk. */
const RULE = '-'.repeat(60);
/** The first line of a row; further lines of it are indented. */
const ROW = /^(\S[^:]*):(?: +(.*))?$/;

/** The words for boards, in the language their staff speak. */
export function createBoardWords(
  { t }: { readonly t: Translate } = createTranslator(FALLBACK_LOCALE),
): Words {
  const emergency: IntakeRow = { label: t('board:emergency.label'), value: t('board:emergency.value') };
  return {
    stillBroken: t('board:stillBroken'),
    body(intake) {
      const rows = [...(intake.emergency ? [emergency] : []), ...intakeRows(intake, t)];
      const problem = cleanText(intake.problem).trim();
      return rows.length === 0 ? problem : `${problem}\n\n${RULE}\n${aligned(rows)}`;
    },
    parts(body) {
      const clean = cleanText(body).trim();
      // The rule is the first line where there are no words above it.
      const at = `\n${clean}`.lastIndexOf(`\n${RULE}\n`);
      const rows = at < 0 ? null : rowsOf(clean.slice(at + RULE.length + 1));
      if (rows === null) return { text: clean, rows: [], emergency: false };
      const isEmergency = rows.some(
        ({ label, value }) => label === emergency.label && value === emergency.value,
      );
      return { text: clean.slice(0, at).trim(), rows, emergency: isEmergency };
    },
  };
}

/** `Label:   value` by line; further lines of a value stand below its first. */
function aligned(rows: readonly IntakeRow[]): string {
  const width = Math.max(...rows.map(({ label }) => label.length)) + 2;
  return rows
    .map(({ label, value }) => {
      const lines = cleanText(value).trim().split('\n');
      return (`${label}:`.padEnd(width) + lines.join(`\n${' '.repeat(width)}`)).trimEnd();
    })
    .join('\n');
}

/** The rows of a block; `null` when it is none. */
function rowsOf(block: string): readonly IntakeRow[] | null {
  const rows: { readonly label: string; readonly lines: string[] }[] = [];
  for (const line of block.split('\n')) {
    const row = ROW.exec(line);
    const last = rows.at(-1);
    if (row) rows.push({ label: row[1] ?? '', lines: [row[2] ?? ''] });
    else if (last && /^(?: |$)/.test(line)) last.lines.push(line.trim());
    else return null;
  }
  return rows.map(({ label, lines }) => ({ label, value: lines.join('\n').trim() }));
}
