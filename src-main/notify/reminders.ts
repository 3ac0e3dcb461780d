import type { Instant, TicketId } from '@shared/domain/primitives';
import { surveyReminderDue } from '@shared/domain/survey-rules';
import type { TicketSummary } from '@shared/domain/ticket';
import type { Clock } from '../platform/types';
import type { Notify } from './notify';

/** How often is looked whether a survey has waited long enough, in milliseconds. */
const LOOK_MS = 10 * 60_000;

/** What reminding needs. */
export interface ReminderDeps {
  /** Tickets whose survey waits for the user. */
  readonly waiting: () => readonly TicketSummary[];
  /** Surveys put off, with when they are asked for again. */
  readonly later: () => Readonly<Record<TicketId, Instant>>;
  /** Calls back when either may be different. */
  readonly onChange: (listener: () => void) => () => void;
  readonly notify: Pick<Notify, 'remind'>;
  readonly clock: Clock;
}

/** Reminds of surveys that wait, at most once for each ticket. Returns what ends it. */
export function startReminders({ waiting, later, onChange, notify, clock }: ReminderDeps): () => void {
  let cancel = (): void => undefined;
  const look = (): void => {
    const putOff = later();
    notify.remind(waiting().filter((ticket) => surveyReminderDue(ticket, putOff[ticket.id], clock.now())));
  };
  const again = (): void => {
    look();
    cancel = clock.after(LOOK_MS, again);
  };
  again();
  const unlisten = onChange(look);
  return () => {
    cancel();
    unlisten();
  };
}
