import { PhoneCall } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isBlank } from '@shared/domain/text';
import type { TicketSummary } from '@shared/domain/ticket';
import { connected, useApp } from '../../stores/app-store';
import { call } from '../../stores/calls';
import { callFaultLine } from '../../stores/fault-words';
import { newRef } from '../../stores/new-ref';
import { applyAccepted } from '../../stores/outbox-store';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { TextField } from '../../ui/TextField';
import { useAnnounce } from '../../ui/Toast';

const MAX_PHONE = 100;
const MAX_WHEN = 300;

/** After a low rating: offers a call, once and without pressing. Left alone, nothing happens. */
export function CallBack({ ticket }: { readonly ticket: TicketSummary }) {
  const { t } = useTranslation('survey');
  const { t: common } = useTranslation('common');
  const announce = useAnnounce();
  const person = connected(useApp())?.person;
  const [phase, setPhase] = useState<'offered' | 'declined' | 'asking' | 'asked'>('offered');
  const [id] = useState(() => newRef());
  const [phone, setPhone] = useState(person?.phone ?? '');
  const [when, setWhen] = useState('');
  const [wasAsked, setWasAsked] = useState(false);
  const [isPending, setPending] = useState(false);

  const ask = async () => {
    setWasAsked(true);
    if (isBlank(phone) || phone.length > MAX_PHONE || when.length > MAX_WHEN) return;
    setPending(true);
    const { number, summary } = ticket;
    const text = isBlank(when)
      ? t('call.request', { number, summary, phone })
      : t('call.requestWhen', { number, summary, phone, when });
    const answer = await call('survey.askForCall', { id, ticketId: ticket.id, phone: phone.trim(), text });
    setPending(false);
    if (!answer.ok) return announce(callFaultLine(answer.fault, common), { tone: 'danger' });
    applyAccepted(answer.value);
    setPhase('asked');
  };

  switch (phase) {
    case 'declined':
      return null;
    case 'asked':
      return (
        <Notice tone="good" live="polite" title={t('call.asked')}>
          {t('call.askedText')}
        </Notice>
      );
    case 'offered':
      return (
        <Notice
          icon={PhoneCall}
          title={t('call.title')}
          actions={
            <>
              <Button size="small" onPress={() => setPhase('asking')}>
                {t('call.yes')}
              </Button>
              <Button size="small" tone="quiet" onPress={() => setPhase('declined')}>
                {t('call.no')}
              </Button>
            </>
          }
        >
          {t('call.text')}
        </Notice>
      );
    case 'asking':
      return (
        <div className="survey__call" role="group" aria-label={t('call.title')}>
          <TextField
            label={t('call.phone')}
            type="tel"
            autoFocus
            value={phone}
            onChange={setPhone}
            error={!wasAsked || (!isBlank(phone) && phone.length <= MAX_PHONE) ? null : t('call.phoneNeeded')}
          />
          <TextField
            label={t('call.when')}
            isOptional
            placeholder={t('call.whenPlaceholder')}
            value={when}
            onChange={setWhen}
            error={when.length > MAX_WHEN ? t('tooLong', { length: when.length, max: MAX_WHEN }) : null}
          />
          <div className="survey__buttons">
            <Button tone="primary" isPending={isPending} onPress={() => void ask()}>
              {t('call.send')}
            </Button>
            <Button tone="quiet" onPress={() => setPhase('declined')}>
              {t('call.no')}
            </Button>
          </div>
        </div>
      );
  }
}
