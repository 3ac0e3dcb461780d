import type { RtFields } from '@shared/domain/board';
import type { Intake } from '@shared/domain/intake';
import type { Ref } from '@shared/domain/primitives';
import { cleanText } from '@shared/domain/text';
import type { RtTicket } from './shapes';

/** Values of custom fields by the fields' names. */
export type FieldValues = Readonly<Record<string, string>>;

/** The words of the field for the impact (assets/request-tracker/deskbell.initialdata). */
const IMPACT = { stopped: 'Cannot work', slower: 'Work is slowed', annoying: 'Annoyance' } as const;

/** The fields of a ticket as it is filed. What has no answer, or no field on the queue, is left out. */
export function filingFields(intake: Intake, ref: Ref, names: RtFields): FieldValues {
  const values: readonly (readonly [string | null, string])[] = [
    [names.ref, ref],
    [names.impact, intake.kind === 'problem' && intake.impact !== null ? IMPACT[intake.impact] : ''],
    [names.peopleAffected, peopleAffected(intake)],
    [names.startedAt, intake.since === 'justNow' ? startedAt(ref) : ''],
    [names.workaround, workaround(intake)],
  ];
  return Object.fromEntries(
    values.flatMap(([name, value]) => (name === null || value === '' ? [] : [[name, value]])),
  );
}

/** A number where the user gave one; somebody alone counts as one. */
function peopleAffected({ affected, affectedText }: Intake): string {
  if (affected === 'me' || affected === 'colleague') return '1';
  if (affected === null) return '';
  return /(?<!\d)\d{1,6}(?!\d)/.exec(affectedText)?.[0] ?? '';
}

/** "Just now" was said when the writing began: its time is part of the ref (UUIDv7, RFC 9562, 5.7). */
function startedAt(ref: Ref): string {
  const ms = ref[14] === '7' ? Number.parseInt(ref.slice(0, 8) + ref.slice(9, 13), 16) : Number.NaN;
  return Number.isNaN(ms) ? '' : `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function workaround({ workaround: is, workaroundText }: Intake): string {
  const text = cleanText(workaroundText).trim();
  if (text !== '') return text;
  return is === 'none' ? 'None' : is === 'some' ? 'Yes' : '';
}

/** The value of a field; `''` when it is empty; `null` when the ticket does not have the field, or hides it. */
export function fieldOf(
  { CustomFields }: Pick<RtTicket, 'CustomFields'>,
  name: string | null,
): string | null {
  const field = CustomFields.find((one) => one.name === name);
  if (name === null || !field) return null;
  const [value] = field.values;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The name of the field that a transaction changed; RT gives its id. */
export const fieldNamed = ({ CustomFields }: Pick<RtTicket, 'CustomFields'>, id: string): string | null =>
  CustomFields.find((field) => field.id === id)?.name ?? null;
