import { useTranslation } from 'react-i18next';
import type { Agreement } from '@shared/domain/agreement';
import { connected, useApp } from '../../stores/app-store';
import { call } from '../../stores/calls';

/** Whom to reach for what, from the agreement. */
export function CallSheet({ agreement }: { readonly agreement: Agreement }) {
  const { t } = useTranslation(['welcome', 'common']);
  const app = useApp();
  const isConnected = connected(app) !== null;
  const isManaged = app.agreementFrom === 'policy';
  const entries = agreement.callSheet.filter((entry) => entry.phone.trim() !== '');
  if (entries.length === 0) return null;
  return (
    <div className="call-sheet">
      <h3 className="how__title">
        {isConnected
          ? t('welcome:numbers')
          : t(isManaged ? 'welcome:numbersNow' : 'welcome:numbersOf', { provider: agreement.provider })}
      </h3>
      {!isConnected && app.agreementFrom === 'practice' && <p>{t('welcome:practiceNumbers')}</p>}
      <dl className="call-sheet__list">
        {entries.map((entry) => (
          <div key={`${entry.purpose} ${entry.phone}`} className="call-sheet__entry">
            <dt>
              {t(`common:contact.${entry.purpose}`)}
              <Name name={entry.name} purpose={t(`common:contact.${entry.purpose}`)} />
            </dt>
            <dd>
              <button
                type="button"
                className="call-sheet__phone"
                onClick={() =>
                  void call('app.openExternal', { url: `tel:${entry.phone.replaceAll(/[^\d+*#]/g, '')}` })
                }
              >
                {entry.phone}
              </button>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Who answers, unless it only says the purpose again. */
function Name({ name, purpose }: { readonly name: string; readonly purpose: string }) {
  const isSame = name.trim() === '' || name.trim().toLowerCase() === purpose.toLowerCase();
  return isSame ? null : <span className="call-sheet__name"> {name}</span>;
}
