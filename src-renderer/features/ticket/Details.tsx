import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Intake } from '@shared/domain/intake';
import { intakeRows, type IntakeRow } from '@shared/locales/intake-rows';
import { useApp } from '../../stores/app-store';
import { joinLeaveRows } from '../../stores/join-leave-words';
import type { TicketView } from '../../stores/selectors';

/** What the user told when filing, folded: the board's words, or the form's while it has not left. */
export function Details({ view }: { readonly view: TicketView }) {
  const { t } = useTranslation('ticket');
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const fromForm = useIntakeRows(view.create?.write.intake ?? null);
  const rows = view.ticket !== null ? view.ticket.details : fromForm;
  if (rows.length === 0) return null;
  return (
    <div className="ticket__details">
      <button
        type="button"
        className="ticket__details-toggle"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronDown aria-hidden size={16} strokeWidth={1.75} />
        {t('details.title')}
      </button>
      <dl id={id} hidden={!isOpen}>
        {rows.map(({ label, value }, index) => (
          <div key={index} className="ticket__detail">
            <dt dir="auto">{label}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The answers of a form that has not left (or that went by e-mail), in its own words. */
function useIntakeRows(intake: Intake | null): readonly IntakeRow[] {
  const { i18n } = useTranslation();
  const { t: words } = useTranslation('newTicket');
  const { locale } = useApp();
  if (intake === null) return [];
  return [...joinLeaveRows(intake, words, locale), ...intakeRows(intake, i18n.t)];
}
