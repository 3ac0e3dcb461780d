import { useTranslation } from 'react-i18next';
import type { EmergencySaid } from '@shared/domain/emergency-watch';
import { isBlank } from '@shared/domain/text';
import { dayOf, whenOf, type TellingPlace } from '@shared/domain/time-words';
import { connected, useApp } from '../../stores/app-store';
import { useNow } from '../../ui/environment';
import type { FiledEmergency } from './emergency-ticket';

const DAY_MS = 86_400_000;

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

function useWhat({ summary, said, filedAt }: FiledEmergency): string {
  const { t } = useTranslation(['emergency', 'newTicket']);
  const app = useApp();
  const now = useNow();
  if (summary === null) return t('emergency:say.blankWhat');
  const what = summary.replace(/[.\s]+$/, '');
  if (said === null) return what;
  if (!isBlank(said.sinceText)) return t('emergency:say.whatSince', { what, since: said.sinceText.trim() });
  const when = filedAt === null ? null : sinceWhen(said.since, filedAt, now, app);
  if (when !== null) return t('emergency:say.whatWhen', { what, when });
  if (said.since === null || said.since === 'other') return what;
  return t('emergency:say.whatSince', { what, since: t(`newTicket:since.${said.since}`).toLowerCase() });
}

/** The answer as a time that stays true while the clock runs; `null` where it names none. */
function sinceWhen(
  since: EmergencySaid['since'],
  filedAt: string,
  now: Date,
  place: TellingPlace,
): string | null {
  switch (since) {
    case 'justNow':
      return whenOf(filedAt, now, place);
    case 'today':
      return dayOf(filedAt, now, place);
    case 'yesterday':
      return dayOf(Date.parse(filedAt) - DAY_MS, now, place);
    default:
      return null;
  }
}

function useTicketLine({ summary, number, byEmail }: FiledEmergency): string {
  const { t } = useTranslation('emergency');
  const isOffline = connected(useApp())?.reach === 'offline';
  if (summary === null) return t('say.blankCallBack');
  if (number !== null && number !== '') return t('say.ticket', { number });
  if (byEmail === 'sent') return t('say.byEmail');
  return t(isOffline ? 'say.kept' : 'say.onItsWay');
}
