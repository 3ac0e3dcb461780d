import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Intake } from '@shared/domain/intake';
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

interface Row {
  readonly label: string;
  readonly value: string;
}

/** The answers of a form that has not left, in its own words; questions without an answer are left out. */
function useIntakeRows(intake: Intake | null): readonly Row[] {
  const { t } = useTranslation(['newTicket', 'ticket']);
  const { t: words } = useTranslation('newTicket');
  const { t: device } = useTranslation('device');
  const { locale } = useApp();
  if (intake === null) return [];
  const both = (choice: string | null, text: string) =>
    [choice, text].filter((part) => part !== null && part !== '').join(': ');
  const { contact } = intake;
  const values: readonly (readonly [Parameters<typeof label>[0], string])[] = [
    [
      'since',
      intake.since === 'other' ? intake.sinceText : both(intake.since && t(`since.${intake.since}`), ''),
    ],
    [
      'affected',
      both(intake.affected && t(`affected.${intake.affected}`).replace('…', ''), intake.affectedText),
    ],
    ['impact', both(intake.impact && t(`impact.${intake.impact}`), intake.lostFunction)],
    ['recentChange', intake.recentChange],
    [
      'workaround',
      both(intake.workaround && t(`workaround.${intake.workaround}`).replace('…', ''), intake.workaroundText),
    ],
    ['restarted', both(intake.restarted && t(`restarted.${intake.restarted}`), '')],
    ['tried', intake.triedText],
    ['contact', [contact.name, contact.phone, contact.email].filter((part) => part !== '').join(', ')],
  ];
  function label(
    name: 'since' | 'affected' | 'impact' | 'recentChange' | 'workaround' | 'restarted' | 'tried' | 'contact',
  ) {
    return t(`ticket:details.label.${name}`);
  }
  const answers = values
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ label: label(name), value }));
  const computer = intake.device.map(({ key, value }) => ({ label: device(`label.${key}`), value }));
  return [...joinLeaveRows(intake, words, locale), ...answers, ...computer];
}
