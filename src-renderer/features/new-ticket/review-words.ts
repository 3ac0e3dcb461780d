import type { Connection } from '@shared/contract';
import type { Agreement } from '@shared/domain/agreement';
import { handlingAt, laterWords, openingWords } from '@shared/domain/service-words';
import { clockOf, type TellingPlace } from '@shared/domain/time-words';

/** A text of `newTicket.json` below `send`, with what it needs. */
export type ReviewWord =
  | {
      readonly key: 'hold' | 'emergencyTo' | 'noHours' | 'closedUnknown' | 'offline' | 'signedOut';
      readonly params: { readonly desk: string };
    }
  | { readonly key: 'open'; readonly params: { readonly desk: string; readonly until: string } }
  | { readonly key: 'laterToday'; readonly params: { readonly desk: string; readonly opens: string } }
  | {
      readonly key: 'nextDay';
      readonly params: { readonly desk: string; readonly opens: string };
      /** The same time on the desk's own clock, where that is another. */
      readonly deskTime: string | null;
    }
  | {
      readonly key: 'nextDayHoliday';
      readonly params: { readonly desk: string; readonly opens: string; readonly holiday: string };
      readonly deskTime: string | null;
    };

/** What the words depend on. */
export interface ReviewContext {
  readonly agreement: Agreement | null;
  readonly desk: string;
  readonly reach: Reach | null;
  /** It goes marked as an emergency: then no hours count. */
  readonly isEmergency: boolean;
  readonly now: Date;
  readonly place: TellingPlace;
}

type Reach = Extract<Connection, { kind: 'connected' }>['reach'];

/**
 * Who gets the ticket and when somebody looks at it, as the agreement's hours say; never a time by which it is solved
 * (DOMAIN: A ticket). Outside business hours a general request waits for the next business day (guide, chapter 6).
 * What keeps it from leaving comes first.
 */
export function reviewWord(context: ReviewContext): ReviewWord {
  const { agreement, desk, reach, now, place } = context;
  if (agreement?.standing === 'serviceHold') return { key: 'hold', params: { desk } };
  if (reach === 'offline' || reach === 'signedOut') return { key: reach, params: { desk } };
  if (context.isEmergency) return { key: 'emergencyTo', params: { desk } };
  if (agreement === null) return { key: 'noHours', params: { desk } };
  const handling = handlingAt(agreement, now);
  switch (handling.kind) {
    case 'unknown':
      return { key: 'closedUnknown', params: { desk } };
    case 'now':
      return { key: 'open', params: { desk, until: clockOf(handling.until, place) } };
    case 'laterToday':
      return { key: 'laterToday', params: { desk, opens: laterWords(handling.opensAt, now, place) } };
    case 'nextBusinessDay': {
      const { opens, deskTime } = openingWords(handling.opensAt, now, place, agreement.hours.timeZone);
      const { holiday } = handling;
      return holiday === null
        ? { key: 'nextDay', params: { desk, opens }, deskTime }
        : { key: 'nextDayHoliday', params: { desk, opens, holiday }, deskTime };
    }
  }
}
