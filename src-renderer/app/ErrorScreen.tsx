import { LifeBuoy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { navigate } from '../stores/navigation';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';

/** What stands in the place of a screen that failed. */
export function ErrorScreen() {
  const { t } = useTranslation('window');
  return (
    <div role="alert" className="app-center">
      <EmptyState
        icon={LifeBuoy}
        title={t('error.title')}
        actions={
          <>
            <Button tone="primary" onPress={() => location.reload()}>
              {t('error.reload')}
            </Button>
            <Button onPress={() => navigate({ screen: 'tickets' })}>{t('error.toTickets')}</Button>
          </>
        }
      >
        {t('error.text')}
      </EmptyState>
    </div>
  );
}
