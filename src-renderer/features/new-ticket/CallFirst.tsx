import { Phone, Siren } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { clockOf } from '@shared/domain/time-words';
import { useApp } from '../../stores/app-store';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import type { NoticeFact } from './notices';

export interface CallFirstProps {
  readonly fact: Extract<NoticeFact, { kind: 'emergency' }>;
  /** Dials, files the ticket along and shows the number. */
  readonly onCall: () => void;
  /** The user knows better: it goes like every other ticket. */
  readonly onCanWait: () => void;
}

/** An emergency: the number first, what the call costs, and what happens to the ticket. */
export function CallFirst({ fact, onCall, onCanWait }: CallFirstProps) {
  const { t } = useTranslation(['newTicket', 'common']);
  const app = useApp();
  const { phone, terms, reason } = fact;
  return (
    <Notice
      tone="danger"
      icon={Siren}
      live="polite"
      title={t(reason === 'byHand' ? 'notice.emergency.marked' : 'common:callFirst.title')}
      actions={
        <>
          {phone !== null && (
            <Button
              size="small"
              tone="danger"
              icon={Phone}
              aria-label={t('notice.emergency.callNumber', { phone })}
              onPress={onCall}
            >
              {t('notice.emergency.call')}
            </Button>
          )}
          <Button size="small" onPress={onCanWait}>
            {t('notice.emergency.canWait')}
          </Button>
        </>
      }
    >
      <p>
        {reason !== 'byHand' && `${t(`common:callFirst.reason.${reason}`)}. `}
        {t('notice.emergency.first')}
      </p>
      {phone === null ? (
        <p>{t('notice.emergency.noNumber')}</p>
      ) : (
        <p className="new-ticket__phone" data-numeric dir="ltr">
          {phone}
        </p>
      )}
      <p className="new-ticket__quiet">
        {terms.kind === 'openNow'
          ? t('notice.emergency.terms.openNow', { until: clockOf(terms.until, app) })
          : t(`notice.emergency.terms.${terms.kind}`)}
      </p>
      <p className="new-ticket__quiet">{t('notice.emergency.alongside')}</p>
    </Notice>
  );
}
