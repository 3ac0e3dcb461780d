import { Phone, Settings, Siren } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { phoneFor } from '@shared/domain/call-sheet';
import { hoursAt, hoursWord } from '@shared/domain/hours';
import { useApp } from '../stores/app-store';
import { call } from '../stores/calls';
import { navigate } from '../stores/navigation';
import { IconButton } from '../ui/Button';
import { useNow } from '../ui/environment';

/** The number to call and when somebody is there; always at the foot of the list. */
export function Foot() {
  const { t, i18n } = useTranslation(['window', 'common', 'emergency']);
  const { agreement, timeZone } = useApp();
  const now = useNow();
  const phone = phoneFor(agreement, 'serviceDesk') ?? phoneFor(agreement, 'emergency');
  const state = agreement === null ? null : hoursAt(agreement.hours, now);
  const word = state === null ? null : hoursWord(state, now, { locale: i18n.language, timeZone });
  const hours = word === null ? t('window:foot.noHours') : t(`common:${word.key}`, word.params);
  const dial = () =>
    void call('app.openExternal', { url: `tel:${phone?.replaceAll(/[^\d+*#]/g, '') ?? ''}` });
  return (
    <footer className="app-foot" aria-label={t('window:foot.label')}>
      <Phone aria-hidden size={18} strokeWidth={1.75} className="app-foot__icon" />
      <div className="app-foot__words">
        {phone === null ? (
          <span>{t('window:foot.noNumber')}</span>
        ) : (
          <button
            type="button"
            className="app-foot__phone"
            aria-label={t('window:foot.call', { phone })}
            onClick={dial}
          >
            {phone}
          </button>
        )}
        <button
          type="button"
          className="app-foot__hours"
          aria-label={t('window:foot.callSheet', { hours })}
          onClick={() => navigate({ screen: 'callSheet' })}
        >
          {state !== null && (
            <span className="app-foot__dot" data-open={state.open || undefined} aria-hidden />
          )}
          <span>{hours}</span>
        </button>
      </div>
      <IconButton
        icon={Siren}
        label={t('emergency:foot')}
        onPress={() => navigate({ screen: 'emergency', key: null })}
      />
      <IconButton
        icon={Settings}
        label={t('common:action.settings')}
        onPress={() => navigate({ screen: 'settings' })}
      />
    </footer>
  );
}
