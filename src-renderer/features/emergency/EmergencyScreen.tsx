import { ArrowLeft, CircleCheck, Copy, Phone, QrCode, Siren, Ticket as TicketIcon } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { phoneFor } from '@shared/domain/call-sheet';
import { assessEmergency } from '@shared/domain/emergency';
import { isOverdue, type EmergencySaid, type EmergencyWatch } from '@shared/domain/emergency-watch';
import type { TicketKey } from '@shared/domain/route';
import { callTerms } from '@shared/domain/service-words';
import { clockOf } from '@shared/domain/time-words';
import { useApp } from '../../stores/app-store';
import { call } from '../../stores/calls';
import { goBack, navigate } from '../../stores/navigation';
import { Button } from '../../ui/Button';
import { copyText } from '../../ui/copy-text';
import { useNow } from '../../ui/environment';
import { useAnnounce } from '../../ui/Toast';
import { ClockLine } from './ClockLine';
import { SayThis } from './SayThis';
import { useEmergencyTicket } from './emergency-ticket';
import './emergency.css';

const DialCode = lazy(() => import('./DialCode').then((module) => ({ default: module.DialCode })));

export interface EmergencyScreenProps {
  /** The ticket that was filed along; `null`: only the number. */
  readonly ticketKey: TicketKey | null;
}

/**
 * The number to call, before everything else (DOMAIN: emergencies; guide, chapter 6): dial, copy or scan it, what to say,
 * and the clock until somebody has confirmed. Works with nothing but the last known agreement.
 */
export function EmergencyScreen({ ticketKey }: EmergencyScreenProps) {
  const { t } = useTranslation('emergency');
  const app = useApp();
  const filed = useEmergencyTicket(ticketKey);
  const phone = phoneFor(app.agreement, 'emergency');
  const isConfirmed = filed.watch?.state === 'confirmed';
  return (
    <div className="emergency" data-calm={isConfirmed || undefined}>
      <div className="emergency__column">
        <p className="emergency__kicker">
          {isConfirmed ? (
            <CircleCheck aria-hidden size={18} strokeWidth={1.75} />
          ) : (
            <Siren aria-hidden size={18} strokeWidth={1.75} />
          )}
          {t(isConfirmed ? 'kickerConfirmed' : ticketKey === null ? 'kickerAnytime' : 'kicker')}
        </p>
        <div className="emergency__head">
          <h1 className="emergency__title" data-screen-title tabIndex={-1}>
            {t(isConfirmed ? 'titleConfirmed' : 'title')}
          </h1>
          <p className="emergency__quiet">{t(`reason.${reasonOf(filed.said)}`)}</p>
        </div>
        {phone === null ? (
          <p className="emergency__missing">{t('noNumber')}</p>
        ) : (
          <Number
            phone={phone}
            isAgain={filed.watch !== null && isOverdue(filed.watch)}
            isCalm={isConfirmed}
          />
        )}
        <SayThis filed={filed} />
        {filed.watch !== null && <ClockLine watch={filed.watch} isByEmail={filed.byEmail !== null} />}
        <Ways ticketKey={ticketKey} watch={filed.watch} />
      </div>
    </div>
  );
}

function reasonOf(said: EmergencySaid | null) {
  if (said === null) return 'none';
  return assessEmergency(said)?.reasons[0] ?? 'byHand';
}

interface NumberProps {
  readonly phone: string;
  /** Nobody has confirmed in time. */
  readonly isAgain: boolean;
  /** Somebody has: calling is no more the one thing to do. */
  readonly isCalm: boolean;
}

function Number({ phone, isAgain, isCalm }: NumberProps) {
  const { t } = useTranslation('emergency');
  const app = useApp();
  const announce = useAnnounce();
  const [isShown, setShown] = useState(false);
  const link = `tel:${phone.replace(/[^\d+*#,;]/g, '')}`;
  const dial = () => void call('app.openExternal', { url: link });
  const copy = async () => {
    const isCopied = await copyText(phone);
    announce(t(isCopied ? 'copied' : 'copyFailed'), { tone: isCopied ? 'good' : 'danger' });
  };
  return (
    <>
      <div className="emergency__number">
        <a
          className="emergency__phone"
          href={link}
          dir="ltr"
          data-numeric
          aria-label={t('callNumber', { phone })}
          onClick={(event) => {
            event.preventDefault();
            dial();
          }}
        >
          {phone}
        </a>
        <Terms />
        {app.agreementFrom === 'practice' && <p className="emergency__quiet">{t('practice')}</p>}
      </div>
      <div className="emergency__actions">
        <Button tone={isCalm ? 'secondary' : 'danger'} size="large" icon={Phone} onPress={dial}>
          {t(isAgain ? 'callAgain' : 'call')}
        </Button>
        <Button size="large" icon={Copy} onPress={() => void copy()}>
          {t('copy')}
        </Button>
        <Button size="large" icon={QrCode} aria-expanded={isShown} onPress={() => setShown(!isShown)}>
          {t(isShown ? 'cameraHide' : 'camera')}
        </Button>
      </div>
      {isShown && (
        <Suspense fallback={<div className="emergency__code" />}>
          <DialCode link={link} phone={phone} />
        </Suspense>
      )}
    </>
  );
}

/** Who is there and what it costs, said before the call (guide, chapter 6). */
function Terms() {
  const { t } = useTranslation('emergency');
  const app = useApp();
  const terms = callTerms(app.agreement, useNow());
  return (
    <p className="emergency__terms" data-charged={terms.kind === 'charged' || undefined}>
      {terms.kind === 'openNow'
        ? t('terms.openNow', { until: clockOf(terms.until, app) })
        : t(`terms.${terms.kind}`)}
    </p>
  );
}

function Ways({
  ticketKey,
  watch,
}: {
  readonly ticketKey: TicketKey | null;
  readonly watch: EmergencyWatch | null;
}) {
  const { t } = useTranslation('emergency');
  const end = (because: 'reached' | 'stopped') => {
    if (watch !== null) void call('emergency.end', { ref: watch.ref, because });
  };
  const open = () => ticketKey !== null && navigate({ screen: 'ticket', key: ticketKey });
  return (
    <div className="emergency__ways">
      {watch?.state === 'waiting' && (
        <>
          <Button onPress={() => end('reached')}>{t('reached')}</Button>
          <Button tone="quiet" onPress={() => end('stopped')}>
            {t('stop')}
          </Button>
        </>
      )}
      {ticketKey === null ? (
        <Button tone="quiet" icon={ArrowLeft} onPress={goBack}>
          {t('back')}
        </Button>
      ) : (
        <Button tone="quiet" icon={TicketIcon} onPress={open}>
          {t('openTicket')}
        </Button>
      )}
    </div>
  );
}
