import { Check, Minus, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Agreement } from '@shared/domain/agreement';
import { termState } from '@shared/domain/agreement-words';
import { calendarDayOf } from '@shared/domain/time-words';
import { useApp } from '../../stores/app-store';
import { Card } from '../../ui/Card';
import { useNow } from '../../ui/environment';

/** What was agreed, as far as it concerns somebody who needs help (agreement contents). */
export function Agreed({ agreement }: { readonly agreement: Agreement }) {
  const { t } = useTranslation('callSheet');
  const facts: readonly (readonly [string, string])[] = [
    [t('agreement.kind'), t(`agreement.${agreement.kind}`)],
    [t('agreement.afterHours'), t(`agreement.${agreement.afterHours}`)],
    [t('agreement.emergency'), t('agreement.confirm', { count: agreement.emergencyConfirmMinutes })],
    [t('agreement.users'), t('agreement.usersText')],
    [t('agreement.term'), useTerm(agreement)],
  ];
  return (
    <Card title={t('agreement.title')}>
      <dl className="call-sheet-screen__facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="call-sheet-screen__scope">
        <Scope title={t('agreement.covered')} icon={Check} entries={agreement.covered} />
        <Scope title={t('agreement.notCovered')} icon={Minus} entries={agreement.notCovered} />
      </div>
    </Card>
  );
}

function useTerm({ term, hours }: Agreement): string {
  const { t } = useTranslation('callSheet');
  const { locale } = useApp();
  const now = useNow();
  if (term === null) return t('agreement.noTerm');
  const day = (one: string) => calendarDayOf(one, locale, { day: 'numeric', month: 'long', year: 'numeric' });
  return t(`agreement.${termState(term, now, hours.timeZone)}`, { from: day(term.from), to: day(term.to) });
}

function Scope(props: {
  readonly title: string;
  readonly icon: LucideIcon;
  readonly entries: readonly string[];
}) {
  const { t } = useTranslation('callSheet');
  const { title, icon: Icon, entries } = props;
  return (
    <section aria-label={title}>
      <h3 className="call-sheet-screen__sub">{title}</h3>
      {entries.length === 0 ? (
        <p className="call-sheet-screen__quiet">{t('agreement.nothing')}</p>
      ) : (
        <ul className="call-sheet-screen__list">
          {entries.map((entry, index) => (
            <li key={index}>
              <Icon aria-hidden size={16} strokeWidth={1.75} />
              <span dir="auto">{entry}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
