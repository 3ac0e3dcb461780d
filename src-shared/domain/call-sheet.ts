import type { Agreement, CallSheetEntry } from './agreement';

/**
 * Whom to reach for a purpose, from the agreement's call sheet; `null` where the agreement is not known or names
 * nobody. An emergency without a line of its own goes to the service desk.
 */
export function contactFor(
  agreement: Agreement | null,
  purpose: CallSheetEntry['purpose'],
): CallSheetEntry | null {
  const entry = agreement?.callSheet.find((one) => one.purpose === purpose) ?? null;
  return entry ?? (purpose === 'emergency' ? contactFor(agreement, 'serviceDesk') : null);
}

/** The number to call for a purpose; `null` where none is known. */
export const phoneFor = (agreement: Agreement | null, purpose: CallSheetEntry['purpose']): string | null =>
  contactFor(agreement, purpose)?.phone.trim() || null;
