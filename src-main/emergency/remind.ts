import { phoneFor } from '@shared/domain/call-sheet';
import { ageOf, clockOf } from '@shared/domain/time-words';
import type { Agreement } from '@shared/domain/agreement';
import type { EmergencyWatch } from '@shared/domain/emergency-watch';
import type { Route } from '@shared/domain/route';
import type { Translate } from '@shared/locales';
import type { Toast, Toaster } from '../notify/toaster';
import type { Log } from '../platform/types';

/** What a reminder needs. */
export interface RemindDeps {
  readonly toaster: Pick<Toaster, 'show'>;
  readonly agreement: () => Agreement | null;
  /** Whether it went by e-mail: nobody's confirmation is ever seen here, so none is missed. */
  readonly isByEmail: (watch: EmergencyWatch) => boolean;
  readonly t: Translate;
  readonly locale: string;
  readonly timeZone: string;
  readonly log: Log;
  readonly onOpen: (route: Route) => void;
}

/**
 * Tells the user by a notification that nobody has confirmed, and offers the call again. It goes past quiet hours and is
 * never folded into others: an emergency cannot wait for either.
 */
export function createRemind(deps: RemindDeps): (watch: EmergencyWatch) => void {
  const { toaster, log } = deps;
  return (watch) => {
    const open = (): void => deps.onOpen({ screen: 'emergency', key: `ref:${watch.ref}` });
    toaster.show(reminderToast(watch, deps), open).then(
      (outcome) => log.info('emergency.reminded', { count: watch.reminders, outcome: outcome.kind }),
      (error: unknown) => log.error('emergency.reminder', error),
    );
  };
}

function reminderToast(
  watch: EmergencyWatch,
  {
    agreement,
    isByEmail,
    t,
    locale,
    timeZone,
  }: Pick<RemindDeps, 'agreement' | 'isByEmail' | 't' | 'locale' | 'timeZone'>,
): Toast {
  const phone = phoneFor(agreement(), 'emergency');
  const since = clockOf(watch.filedAt, { locale, timeZone });
  const age = ageOf(watch.filedAt, watch.countedFrom, locale);
  const isFirst = watch.reminders === 1;
  const title = t(isByEmail(watch) ? 'emergency:reminder.titleByEmail' : 'emergency:reminder.title');
  const action = t('emergency:reminder.action');
  if (phone === null) return { title, body: t('emergency:reminder.noNumber', { age }), urgent: true, action };
  if (isByEmail(watch))
    return { title, body: t('emergency:reminder.byEmail', { age, phone }), urgent: true, action };
  const body = isFirst
    ? t('emergency:reminder.text', { since, phone })
    : t('emergency:reminder.again', { age, phone });
  return { title, body, urgent: true, action };
}
