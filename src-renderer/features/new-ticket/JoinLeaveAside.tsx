import { CalendarClock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { contactFor } from '@shared/domain/call-sheet';
import type { Contact, JoinOrLeave } from '@shared/domain/intake';
import { isBlank } from '@shared/domain/text';
import { connected, useApp } from '../../stores/app-store';
import { navigate } from '../../stores/navigation';
import { Card } from '../../ui/Card';
import { Notice } from '../../ui/Notice';
import { useNotice } from './use-notice';

export interface JoinLeaveAsideProps {
  readonly kind: 'joining' | 'leaving';
  readonly person: JoinOrLeave;
  readonly contact: Contact;
}

/** Beside the form: a day that is near, who gets the request and what it costs, and what goes along. */
export function JoinLeaveAside({ kind, person, contact }: JoinLeaveAsideProps) {
  const { t } = useTranslation('newTicket');
  const { t: common } = useTranslation('common');
  const app = useApp();
  const from = connected(app)?.person.name;
  const billing = contactFor(app.agreement, 'billing');
  const signs = [contact.name, contact.phone].filter((part) => !isBlank(part)).join(', ');
  return (
    <aside className="new-ticket__aside" aria-label={t('notice.region')}>
      <OnHold />
      <InAdvance kind={kind} day={person.day} />
      <Card title={t('person.goes.title')}>
        <ul className="new-ticket__along">
          <li>{t('person.goes.desk')}</li>
          <li dir="auto">
            {billing === null || isBlank(billing.name) || billing.name === common('contact.billing')
              ? t('person.goes.billing')
              : t('person.goes.billingWith', { name: billing.name })}
          </li>
          <li>{t(`person.goes.cost.${kind}`)}</li>
        </ul>
        <div>
          <button
            type="button"
            className="new-ticket__link"
            onClick={() => navigate({ screen: 'callSheet' })}
          >
            {t('person.goes.agreement')}
          </button>
        </div>
      </Card>
      <Card title={t('along.title')}>
        <ul className="new-ticket__along">
          {from !== undefined && <li dir="auto">{t('person.signs', { name: from })}</li>}
          <li dir="auto">{signs === '' ? t('along.nobody') : t('along.contact', { name: signs })}</li>
        </ul>
      </Card>
    </aside>
  );
}

/** Asks for notice in advance, kindly where the day is near (guide, chapter 1). */
function InAdvance({ kind, day }: { readonly kind: 'joining' | 'leaving'; readonly day: string | null }) {
  const { t } = useTranslation('newTicket');
  const notice = useNotice(kind, day);
  const isFine = notice === 'fine';
  return (
    <Notice
      tone={isFine ? 'info' : 'warning'}
      icon={CalendarClock}
      live="polite"
      title={t(isFine ? 'person.advance.title' : `person.advance.${notice}.title`)}
    >
      {t(isFine ? `person.advance.${kind}` : `person.advance.${notice}.${kind}`)}
    </Notice>
  );
}

function OnHold() {
  const { t } = useTranslation('newTicket');
  const { agreement } = useApp();
  if (agreement?.standing !== 'serviceHold') return null;
  const billing = contactFor(agreement, 'billing');
  const contact = [billing?.name ?? '', billing?.phone ?? ''].filter((part) => !isBlank(part)).join(', ');
  const desk = agreement.provider;
  return (
    <Notice tone="warning" live="polite" title={t('notice.hold.title')}>
      {contact === '' ? t('notice.hold.nobody', { desk }) : t('notice.hold.text', { desk, contact })}
    </Notice>
  );
}
