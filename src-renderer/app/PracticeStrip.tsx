import { FlaskConical } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Says on every screen that this is not a real service desk. */
export function PracticeStrip() {
  const { t } = useTranslation();
  return (
    <header className="app-practice" title={t('practice.text')}>
      <FlaskConical aria-hidden size={14} strokeWidth={1.75} />
      <strong>{t('practice.mark')}</strong>
      <span className="ui-one-line">{t('practice.text')}</span>
    </header>
  );
}
