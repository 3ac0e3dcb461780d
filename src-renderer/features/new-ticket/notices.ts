import type { Agreement, CallSheetEntry } from '@shared/domain/agreement';
import { contactFor, phoneFor } from '@shared/domain/call-sheet';
import type { IntakeDraft } from '@shared/domain/draft';
import { assessEmergency, type EmergencyReason } from '@shared/domain/emergency';
import { hoursAt } from '@shared/domain/hours';
import { MAX_TEXT_LENGTH } from '@shared/domain/primitives';

/** At most this many notices at once (UI: layout). */
export const MAX_NOTICES = 3;

/** What a call costs and who is there: said before the call, so that nobody is surprised by a bill. */
export type CallTerms =
  { readonly kind: 'openNow'; readonly until: Date } | { readonly kind: 'included' | 'charged' | 'unknown' };

/** Something Deskbell noticed about what is being written. */
export type NoticeFact =
  | {
      readonly kind: 'emergency';
      readonly reason: EmergencyReason;
      readonly phone: string | null;
      readonly terms: CallTerms;
    }
  | { readonly kind: 'hold'; readonly billing: CallSheetEntry | null }
  | { readonly kind: 'long'; readonly length: number };

/** What the notices are judged by. */
export interface NoticeContext {
  readonly intake: IntakeDraft;
  readonly agreement: Agreement | null;
  readonly now: Date;
  /** Kinds the user has dismissed for this draft. */
  readonly dismissed: ReadonlySet<NoticeFact['kind']>;
}

/**
 * What to say beside the form, most useful first, at most three: an emergency is phoned in first (DOMAIN: emergencies),
 * a service hold is said plainly (DOMAIN: account standing), then what keeps the ticket from going. Being offline
 * is said by the frame, on every screen.
 */
export function noticesFor(context: NoticeContext): readonly NoticeFact[] {
  return [emergency(context), hold(context), long(context)]
    .filter((fact) => fact !== null)
    .filter((fact) => !context.dismissed.has(fact.kind))
    .slice(0, MAX_NOTICES);
}

function emergency({ intake, agreement, now }: NoticeContext): NoticeFact | null {
  const assessment = assessEmergency(intake);
  if (assessment === null) return null;
  return {
    kind: 'emergency',
    reason: assessment.reasons[0],
    phone: phoneFor(agreement, 'emergency'),
    terms: termsOf(agreement, now),
  };
}

function termsOf(agreement: Agreement | null, now: Date): CallTerms {
  if (agreement === null) return { kind: 'unknown' };
  const hours = hoursAt(agreement.hours, now);
  return hours.open ? { kind: 'openNow', until: hours.until } : { kind: agreement.afterHours };
}

const hold = ({ agreement }: NoticeContext): NoticeFact | null =>
  agreement?.standing === 'serviceHold' ? { kind: 'hold', billing: contactFor(agreement, 'billing') } : null;

const long = ({ intake }: NoticeContext): NoticeFact | null =>
  intake.problem.length > MAX_TEXT_LENGTH ? { kind: 'long', length: intake.problem.length } : null;

/** The link that calls a number: only what can be dialled. */
export const telLink = (phone: string): string => `tel:${phone.replace(/[^\d+*#,;]/g, '')}`;
