import { BookUser } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agreement } from '@shared/domain/agreement';
import { whenOf } from '@shared/domain/time-words';
import { connected, useApp } from '../../stores/app-store';
import { call } from '../../stores/calls';
import { useTicketStore } from '../../stores/ticket-store';
import { Button } from '../../ui/Button';
import { useNow } from '../../ui/environment';
import { EmptyState } from '../../ui/EmptyState';
import { Notice } from '../../ui/Notice';
import { ScreenHeader } from '../../ui/ScreenHeader';
import { Agreed } from './Agreed';
import { Hours } from './Hours';
import { People } from './People';
import './call-sheet.css';

export interface CallSheetScreenProps {
  readonly onClose: () => void;
  readonly isWide: boolean;
}

/**
 * Who to reach for what, when somebody is there, and what was agreed (DOMAIN: the agreement). From the board, kept for
 * when there is no network; what is not known is said.
 */
export function CallSheetScreen({ onClose, isWide }: CallSheetScreenProps) {
  const { t } = useTranslation('callSheet');
  const { agreement } = useApp();
  return (
    <div className="call-sheet-screen">
      <ScreenHeader
        title={t('title')}
        {...(agreement === null
          ? {}
          : { kicker: kickerOf(agreement, t), description: <Age agreement={agreement} /> })}
        {...(isWide ? { onClose } : { onBack: onClose })}
      />
      {agreement === null ? (
        <Unknown />
      ) : (
        <>
          <OnHold agreement={agreement} />
          <People agreement={agreement} />
          <Hours agreement={agreement} />
          <Agreed agreement={agreement} />
        </>
      )}
    </div>
  );
}

type Words = ReturnType<typeof useTranslation<'callSheet'>>['t'];

const kickerOf = ({ provider, customer }: Agreement, t: Words): string =>
  customer.trim() === '' ? provider : t('between', { provider, customer });

/** How old it is: said plainly while nobody can be asked. */
function Age({ agreement }: { readonly agreement: Agreement }) {
  const { t } = useTranslation('callSheet');
  const app = useApp();
  const now = useNow();
  const desk = connected(app);
  const syncedAt = useTicketStore((state) => state.syncedAt);
  const at = desk?.lastContactAt ?? syncedAt;
  if (app.agreementFrom === 'policy') {
    const organisation = app.policy?.organisation ?? null;
    return <>{organisation === null ? t('told') : t('toldBy', { organisation })}</>;
  }
  if (at === null) return null;
  const params = { provider: agreement.provider, when: whenOf(at, now, app) };
  return <>{t(desk?.reach === 'offline' ? 'asOfOffline' : 'asOf', params)}</>;
}

function Unknown() {
  const { t } = useTranslation('callSheet');
  const [isAsking, setAsking] = useState(false);
  const desk = connected(useApp());
  const ask = async () => {
    setAsking(true);
    await call('tickets.refresh');
    setAsking(false);
  };
  return (
    <EmptyState
      icon={BookUser}
      title={t('unknown.title')}
      actions={
        desk !== null && (
          <Button isPending={isAsking} onPress={() => void ask()}>
            {t('unknown.retry')}
          </Button>
        )
      }
    >
      {t(desk?.reach === 'offline' ? 'unknown.offline' : 'unknown.text')}
    </EmptyState>
  );
}

/** A hold is said where the billing contact is (guide, chapter 7, point 4). */
function OnHold({ agreement: { standing } }: { readonly agreement: Agreement }) {
  const { t } = useTranslation('callSheet');
  if (standing === 'good') return null;
  return (
    <Notice tone={standing === 'serviceHold' ? 'warning' : 'info'} title={t(`standing.${standing}.title`)}>
      {t(`standing.${standing}.text`)}
    </Notice>
  );
}
