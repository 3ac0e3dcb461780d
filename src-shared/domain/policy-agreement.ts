import type { Agreement, BusinessHours, CallSheetEntry } from './agreement';
import { spansOf, type Policy } from './policy';

/** The guide's own time within which an emergency is confirmed (chapter 6), in minutes. */
const CONFIRM_MINUTES = 30;
const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
/** What is in a hurry comes first. */
const PURPOSES = ['emergency', 'serviceDesk', 'billing', 'accountLead'] as const;

/**
 * What a policy tells about the provider, for as long as no board does: whom to call, when somebody is there, what was
 * agreed. Nothing is claimed that it does not say. `null`: it says nothing of the kind.
 *
 * @param desk how the desk is called that is connected, or that stands for the provider where the policy does not name it
 */
export function agreementOf({ contacts, hours, agreement }: Policy, desk: string): Agreement | null {
  if (!contacts && !hours && !agreement) return null;
  return {
    provider: agreement?.provider ?? desk,
    customer: agreement?.customer ?? '',
    hours: hoursOf(hours),
    afterHours: agreement?.afterHours ?? 'unknown',
    kind: agreement?.kind ?? 'unknown',
    emergencyConfirmMinutes: agreement?.emergencyConfirmMinutes ?? CONFIRM_MINUTES,
    callSheet: PURPOSES.flatMap((purpose) => entryOf(contacts, purpose)),
    covered: agreement?.covered ?? [],
    notCovered: agreement?.notCovered ?? [],
    standing: 'good',
    term: null,
  };
}

function entryOf(
  contacts: Policy['contacts'],
  purpose: CallSheetEntry['purpose'],
): readonly CallSheetEntry[] {
  const { name = '', phone = '', email = '' } = contacts?.[purpose] ?? {};
  return phone === '' && email === '' ? [] : [{ purpose, name, phone, email }];
}

/** Times without a zone could be anybody's: they are then not used. */
function hoursOf(hours: Policy['hours']): BusinessHours {
  if (!hours?.timeZone) return { timeZone: 'UTC', week: [], holidays: [] };
  return {
    timeZone: hours.timeZone,
    week: WEEK.flatMap((name, index) =>
      spansOf(hours[name] ?? '').map((span) => ({ day: index + 1, ...span })),
    ),
    holidays: (hours.holidays ?? []).map((line) => ({ day: line.slice(0, 10), name: line.slice(11).trim() })),
  };
}
