import { Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';

/** Main does not answer: nothing of the window can work until it does. */
export function LostScreen() {
  const { t } = useTranslation('window');
  return (
    <main role="alert" className="app-center">
      <EmptyState
        icon={Unplug}
        title={t('error.lostTitle')}
        actions={
          <Button tone="primary" onPress={() => location.reload()}>
            {t('error.reload')}
          </Button>
        }
      >
        {t('error.lostText')}
      </EmptyState>
    </main>
  );
}
