import { Siren } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isOverdue, type EmergencyWatch } from '@shared/domain/emergency-watch';
import { useApp } from '../../stores/app-store';
import { navigate } from '../../stores/navigation';
import { Button } from '../../ui/Button';
import { useEmergencyTicket } from './emergency-ticket';

/** The latest emergency that nobody has confirmed; an overdue one first. `null`: none. */
export function useWaitingEmergency(): EmergencyWatch | null {
  const waiting = (useApp().emergencies ?? []).filter(({ state }) => state === 'waiting');
  return waiting.find(isOverdue) ?? waiting[0] ?? null;
}

/** On every screen until somebody has confirmed: the way back to the number. */
export function EmergencyBanner({ watch }: { readonly watch: EmergencyWatch }) {
  const { t } = useTranslation('emergency');
  const { byEmail } = useEmergencyTicket(`ref:${watch.ref}`);
  const state = byEmail !== null ? 'byEmail' : isOverdue(watch) ? 'overdue' : 'waiting';
  return (
    <div className="app-banner" data-tone="danger" role={isOverdue(watch) ? 'alert' : 'status'}>
      <Siren aria-hidden size={18} strokeWidth={1.75} />
      <p className="app-banner__words">
        <strong>{t(`banner.${state}Title`)}</strong> <span>{t(`banner.${state}`)}</span>
      </p>
      <Button size="small" onPress={() => navigate({ screen: 'emergency', key: `ref:${watch.ref}` })}>
        {t('banner.open')}
      </Button>
    </div>
  );
}
