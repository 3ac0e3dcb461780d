import { Copy, Mail, Phone } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Agreement, CallSheetEntry } from '@shared/domain/agreement';
import { isBlank } from '@shared/domain/text';
import { call } from '../../stores/calls';
import { Button, IconButton } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { copyText } from '../../ui/copy-text';
import { useAnnounce } from '../../ui/Toast';

/** What is in a hurry comes first. */
const PURPOSES = ['emergency', 'serviceDesk', 'billing', 'accountLead'] as const;
type Purpose = CallSheetEntry['purpose'];

/** Who to reach for what; a purpose that nobody is named for is said, too. */
export function People({ agreement }: { readonly agreement: Agreement }) {
  const { t } = useTranslation('callSheet');
  if (agreement.callSheet.length === 0) return <Card title={t('people.title')}>{t('people.none')}</Card>;
  return (
    <Card title={t('people.title')}>
      <ul className="call-sheet-screen__people">
        {PURPOSES.map((purpose) => (
          <li key={purpose} className="call-sheet-screen__purpose">
            <Reachable
              purpose={purpose}
              entries={agreement.callSheet.filter((one) => one.purpose === purpose)}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Reachable(props: { readonly purpose: Purpose; readonly entries: readonly CallSheetEntry[] }) {
  const { purpose, entries } = props;
  const { t } = useTranslation(['callSheet', 'common']);
  return (
    <>
      <div className="call-sheet-screen__for">
        <strong>{t(`common:contact.${purpose}`)}</strong>
        <span className="call-sheet-screen__quiet">{t(`people.${purpose}Hint`)}</span>
      </div>
      {entries.length === 0 ? (
        <p className="call-sheet-screen__quiet">{t('people.nobody')}</p>
      ) : (
        entries.map((entry) => <Entry key={`${entry.name} ${entry.phone} ${entry.email}`} entry={entry} />)
      )}
    </>
  );
}

function Entry({ entry: { purpose, name, phone, email } }: { readonly entry: CallSheetEntry }) {
  const { t } = useTranslation(['callSheet', 'common']);
  const announce = useAnnounce();
  const open = (url: string) => void call('app.openExternal', { url });
  const copy = async () => {
    const isCopied = await copyText(phone);
    announce(t(isCopied ? 'people.copied' : 'people.copyFailed'), { tone: isCopied ? 'good' : 'danger' });
  };
  const isSame = name.trim().toLowerCase() === t(`common:contact.${purpose}`).toLowerCase();
  return (
    <div className="call-sheet-screen__entry">
      {!isBlank(name) && !isSame && <span dir="auto">{name}</span>}
      {isBlank(phone) && isBlank(email) && (
        <span className="call-sheet-screen__quiet">{t('people.nobody')}</span>
      )}
      <span className="call-sheet-screen__ways">
        {!isBlank(phone) && (
          <>
            <Button
              size="small"
              icon={Phone}
              tone={purpose === 'emergency' ? 'danger' : 'secondary'}
              aria-label={t('people.call', { phone })}
              onPress={() => open(`tel:${phone.replace(/[^\d+*#,;]/g, '')}`)}
            >
              <span data-numeric dir="ltr">
                {phone}
              </span>
            </Button>
            <IconButton
              icon={Copy}
              size="small"
              label={t('people.copyPhone', { phone })}
              onPress={() => void copy()}
            />
          </>
        )}
        {!isBlank(email) && (
          <Button
            size="small"
            icon={Mail}
            tone="quiet"
            aria-label={t('people.write', { email })}
            onPress={() => open(`mailto:${encodeURIComponent(email).replaceAll('%40', '@')}`)}
          >
            {email}
          </Button>
        )}
      </span>
    </div>
  );
}
