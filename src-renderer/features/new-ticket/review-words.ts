import type { Connection } from '@shared/contract';
import type { Agreement } from '@shared/domain/agreement';
import { hoursAt } from '@shared/domain/hours';
import { clockOf, whenOf, type TellingPlace } from '@shared/domain/time-words';

/** A text of `newTicket.json` below `send`, with what it needs. */
export type ReviewWord =
  | {
      readonly key: 'noHours' | 'closedUnknown' | 'offline' | 'signedOut';
      readonly params: { readonly desk: string };
    }
  | { readonly key: 'open'; readonly params: { readonly desk: string; readonly until: string } }
  | { readonly key: 'closed'; readonly params: { readonly desk: string; readonly opens: string } }
  | {
      readonly key: 'closedHoliday';
      readonly params: { readonly desk: string; readonly opens: string; readonly holiday: string };
    };

/** What the words depend on. */
export interface ReviewContext {
  readonly agreement: Agreement | null;
  readonly desk: string;
  readonly reach: Reach | null;
  readonly now: Date;
  readonly place: TellingPlace;
}

type Reach = Extract<Connection, { kind: 'connected' }>['reach'];

/**
 * Who gets the ticket and when somebody looks at it, as the agreement's hours say; never a time by which it is solved
 * (DOMAIN: A ticket). Outside business hours a general request waits for the next business day (guide, chapter 6).
 * While nothing can leave, that comes first.
 */
export function reviewWord(context: ReviewContext): ReviewWord {
  const { agreement, desk, reach, now, place } = context;
  if (reach === 'offline' || reach === 'signedOut') return { key: reach, params: { desk } };
  if (agreement === null) return { key: 'noHours', params: { desk } };
  const hours = hoursAt(agreement.hours, now);
  if (hours.open) return { key: 'open', params: { desk, until: clockOf(hours.until, place) } };
  if (hours.opensAt === null) return { key: 'closedUnknown', params: { desk } };
  const opens = whenOf(hours.opensAt, now, place);
  return hours.holiday === null
    ? { key: 'closed', params: { desk, opens } }
    : { key: 'closedHoliday', params: { desk, opens, holiday: hours.holiday } };
}
