import { useTranslation } from 'react-i18next';
import type { CallSheetEntry } from '@shared/domain/agreement';
import { isBlank } from '@shared/domain/text';
import { useApp } from '../../stores/app-store';
import { Notice } from '../../ui/Notice';
import type { NoticeFact } from './notices';

type Fact<Kind extends NoticeFact['kind']> = Extract<NoticeFact, { kind: Kind }>;

/** Service hold: no tickets, but the draft stays and the emergency number works (DOMAIN: account standing). */
export function OnHold({ fact }: { readonly fact: Fact<'hold'> }) {
  const { t } = useTranslation('newTicket');
  const app = useApp();
  const desk = app.agreement?.provider ?? '';
  const contact = contactLine(fact.billing);
  return (
    <Notice tone="warning" live="polite" title={t('notice.hold.title')}>
      <p>{contact === '' ? t('notice.hold.nobody', { desk }) : t('notice.hold.text', { desk, contact })}</p>
      {fact.phone !== null && <p>{t('notice.hold.emergency', { phone: unbroken(fact.phone) })}</p>}
    </Notice>
  );
}

/** Credit hold: support goes on, so this is no more than a note. */
export function CreditNote({
  fact,
  onDismiss,
}: {
  readonly fact: Fact<'credit'>;
  readonly onDismiss: () => void;
}) {
  const { t } = useTranslation('newTicket');
  const contact = contactLine(fact.billing);
  return (
    <Notice title={t('notice.credit.title')} onDismiss={onDismiss}>
      {contact === '' ? t('notice.credit.text') : t('notice.credit.contact', { contact })}
    </Notice>
  );
}

const contactLine = (entry: CallSheetEntry | null): string =>
  entry === null ? '' : [entry.name, unbroken(entry.phone)].filter((part) => !isBlank(part)).join(', ');

/** A phone number stays on one line. */
const unbroken = (phone: string): string => phone.trim().replace(/ +/g, '\u00a0');
