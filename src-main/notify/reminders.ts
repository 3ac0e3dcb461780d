import { surveyReminderDue, surveysWaiting } from '@shared/domain/survey-rules';
import type { Outbox } from '../outbox/outbox.types';
import type { Clock } from '../platform/types';
import type { Tickets } from '../tickets/tickets.types';
import type { Notify } from './notify';

/** How often is looked whether a survey has waited long enough, in milliseconds. */
const LOOK_MS = 10 * 60_000;

/** Reminds of surveys that wait, at most once for each ticket. Returns what ends it. */
export function startReminders(deps: {
  readonly tickets: Pick<Tickets, 'list' | 'dismissedSurveys' | 'laterSurveys' | 'onChange'>;
  readonly outbox: Pick<Outbox, 'items'>;
  readonly notify: Pick<Notify, 'remind'>;
  readonly clock: Clock;
}): () => void {
  const { tickets, outbox, notify, clock } = deps;
  let cancel = (): void => undefined;
  const look = (): void => {
    const later = tickets.laterSurveys();
    const waiting = surveysWaiting(tickets.list(), tickets.dismissedSurveys(), outbox.items());
    notify.remind(waiting.filter((ticket) => surveyReminderDue(ticket, later[ticket.id], clock.now())));
  };
  const again = (): void => {
    look();
    cancel = clock.after(LOOK_MS, again);
  };
  again();
  const unlisten = tickets.onChange(look);
  return () => {
    cancel();
    unlisten();
  };
}
