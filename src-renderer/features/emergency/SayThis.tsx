import { useTranslation } from 'react-i18next';
import type { EmergencySaid } from '@shared/domain/emergency-watch';
import { isBlank } from '@shared/domain/text';
import { connected, useApp } from '../../stores/app-store';
import type { FiledEmergency } from './emergency-ticket';

/** What to say, in three lines: who, what is down and since when, and the ticket. */
export function SayThis({ filed }: { readonly filed: FiledEmergency }) {
  const { t } = useTranslation('emergency');
  const who = useWho();
  const what = useWhat(filed);
  const ticket = useTicketLine(filed);
  return (
    <section className="emergency__say" aria-labelledby="emergency-say">
      <h2 id="emergency-say">{t('say.title')}</h2>
      <ol>
        {who !== '' && <li dir="auto">{who}</li>}
        <li dir="auto">{what}</li>
        <li>{ticket}</li>
      </ol>
    </section>
  );
}

function useWho(): string {
  const { t } = useTranslation('emergency');
  const app = useApp();
  const person = connected(app)?.person.name ?? '';
  const customer = app.agreement?.customer ?? '';
  return isBlank(person) || isBlank(customer) ? person || customer : t('say.who', { person, customer });
}

function useWhat({ summary, said }: FiledEmergency): string {
  const { t } = useTranslation(['emergency', 'newTicket']);
  if (summary === null) return t('emergency:say.blankWhat');
  const since = said === null ? '' : sinceWords(said, (value) => t(`newTicket:since.${value}`));
  return since === ''
    ? summary
    : t('emergency:say.whatSince', { what: summary.replace(/[.\s]+$/, ''), since });
}

/** Since when, in the user's own words where there are some. */
function sinceWords(
  { since, sinceText }: EmergencySaid,
  word: (value: NonNullable<EmergencySaid['since']>) => string,
): string {
  if (!isBlank(sinceText)) return sinceText.trim();
  return since === null || since === 'other' ? '' : word(since).toLowerCase();
}

function useTicketLine({ summary, number }: FiledEmergency): string {
  const { t } = useTranslation('emergency');
  const isOffline = connected(useApp())?.reach === 'offline';
  if (summary === null) return t('say.blankCallBack');
  if (number !== null) return t('say.ticket', { number });
  return t(isOffline ? 'say.kept' : 'say.onItsWay');
}
