import type { Agreement, Announcement, CallSheetEntry } from '@shared/domain/agreement';
import { contactFor, phoneFor } from '@shared/domain/call-sheet';
import type { IntakeDraft } from '@shared/domain/draft';
import { assessEmergency, type EmergencyReason } from '@shared/domain/emergency';
import type { Joined } from '@shared/domain/outage';
import { MAX_TEXT_LENGTH } from '@shared/domain/primitives';
import { callTerms, type CallTerms } from '@shared/domain/service-words';
import type { TicketKey } from '@shared/domain/route';

/** At most this many notices at once (UI: layout). */
export const MAX_NOTICES = 3;

/** Something Deskbell noticed about what is being written. */
export type NoticeFact =
  | {
      readonly kind: 'emergency';
      /** What the answers show; `byHand`: nothing, but the user says so. */
      readonly reason: EmergencyReason | 'byHand';
      readonly phone: string | null;
      readonly terms: CallTerms;
    }
  | { readonly kind: 'hold'; readonly billing: CallSheetEntry | null; readonly phone: string | null }
  | { readonly kind: 'credit'; readonly billing: CallSheetEntry | null }
  | { readonly kind: 'long'; readonly length: number }
  | ({ readonly kind: 'several' } & NonNullable<Noticed['several']>)
  | ({ readonly kind: 'similar' } & NonNullable<Noticed['similar']>)
  | ({ readonly kind: 'outage' } & NonNullable<Noticed['outage']>);

/** What was read in the text, see `useNoticed`. */
export interface Noticed {
  /** The texts of the problems in it, and what each is about in the writer's own word; `null`: only one problem. */
  readonly several: { readonly texts: readonly string[]; readonly names: readonly string[] | null } | null;
  /** An own open ticket that tells the same. `number` is `null` while it waits to be sent. */
  readonly similar: {
    readonly key: TicketKey;
    readonly summary: string;
    readonly number: string | null;
  } | null;
  /** An outage that it may be part of. */
  readonly outage: { readonly announcement: Announcement; readonly joined: Joined } | null;
}

/** Under what a notice is remembered as dismissed: one of a ticket or an outage stands for that one only. */
export function noticeKey(fact: NoticeFact): string {
  switch (fact.kind) {
    case 'similar':
      return `similar ${fact.key}`;
    case 'outage':
      return `outage ${fact.announcement.id}`;
    default:
      return fact.kind;
  }
}

/** What the notices are judged by. */
export interface NoticeContext {
  readonly intake: IntakeDraft;
  readonly agreement: Agreement | null;
  readonly now: Date;
  /** Notices the user has dismissed for this draft, by their key. */
  readonly dismissed: ReadonlySet<string>;
  readonly noticed?: Noticed;
}

/**
 * What to say beside the form, most useful first, at most three: an emergency is phoned in first (DOMAIN: emergencies),
 * a service hold is said plainly (DOMAIN: account standing), then what keeps the ticket from going, then what may make
 * it needless (a known outage, a ticket that tells the same), then what should be a ticket of its own. Being offline
 * is said by the frame, on every screen.
 */
export function noticesFor(context: NoticeContext): readonly NoticeFact[] {
  return [
    emergency(context),
    hold(context),
    long(context),
    outage(context),
    similar(context),
    several(context),
    credit(context),
  ]
    .filter((fact) => fact !== null)
    .filter((fact) => !context.dismissed.has(noticeKey(fact)))
    .slice(0, MAX_NOTICES);
}

function emergency({ intake, agreement, now }: NoticeContext): NoticeFact | null {
  const assessment = assessEmergency(intake);
  if (assessment === null && !intake.emergency) return null;
  return {
    kind: 'emergency',
    reason: assessment?.reasons[0] ?? 'byHand',
    phone: phoneFor(agreement, 'emergency'),
    terms: callTerms(agreement, now),
  };
}

const hold = ({ agreement }: NoticeContext): NoticeFact | null =>
  agreement?.standing === 'serviceHold'
    ? { kind: 'hold', billing: contactFor(agreement, 'billing'), phone: phoneFor(agreement, 'emergency') }
    : null;

/** Support goes on: the last thing to say. */
const credit = ({ agreement }: NoticeContext): NoticeFact | null =>
  agreement?.standing === 'creditHold' ? { kind: 'credit', billing: contactFor(agreement, 'billing') } : null;

const long = ({ intake }: NoticeContext): NoticeFact | null =>
  intake.problem.length > MAX_TEXT_LENGTH ? { kind: 'long', length: intake.problem.length } : null;

const outage = ({ noticed }: NoticeContext): NoticeFact | null =>
  noticed?.outage ? { kind: 'outage', ...noticed.outage } : null;

/** Whoever is told of the outage needs not hear of an own ticket about it, too. */
const similar = ({ noticed }: NoticeContext): NoticeFact | null =>
  noticed?.similar && !noticed.outage ? { kind: 'similar', ...noticed.similar } : null;

const several = ({ noticed }: NoticeContext): NoticeFact | null =>
  noticed?.several ? { kind: 'several', ...noticed.several } : null;

/** The link that calls a number: only what can be dialled. */
export const telLink = (phone: string): string => `tel:${phone.replace(/[^\d+*#,;]/g, '')}`;
