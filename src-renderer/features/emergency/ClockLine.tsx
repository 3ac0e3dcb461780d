import { useTranslation } from 'react-i18next';
import { isOverdue, nextReminderAt, type EmergencyWatch } from '@shared/domain/emergency-watch';
import { clockOf, whenOf } from '@shared/domain/time-words';
import { connected, useApp } from '../../stores/app-store';
import { useNow } from '../../ui/environment';

export interface ClockLineProps {
  readonly watch: EmergencyWatch;
  /** Nobody's confirmation is ever seen here. */
  readonly isByEmail: boolean;
}

/** What the clock of the emergency says: when Deskbell reminds, or how it ended. */
export function ClockLine({ watch, isByEmail }: ClockLineProps) {
  const { t } = useTranslation('emergency');
  const app = useApp();
  const now = useNow();
  const desk = app.agreement?.provider ?? connected(app)?.deskName ?? '';
  const when = watch.endedAt === null ? '' : whenOf(watch.endedAt, now, app);
  const next = nextReminderAt(watch);
  const time = next === null ? '' : clockOf(next, app);
  return (
    <p className="emergency__clock" role="status" data-overdue={isOverdue(watch) || undefined}>
      {watch.state === 'waiting'
        ? t(isByEmail ? 'clock.byEmail' : isOverdue(watch) ? 'clock.overdue' : 'clock.waiting', { time })
        : t(`clock.${watch.state}`, { desk, when })}
    </p>
  );
}
