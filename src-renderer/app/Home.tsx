import { ConciergeBell, MessageCircleQuestion, MousePointerClick } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { HowItWorks } from '../features/welcome/HowItWorks';
import { useApp } from '../stores/app-store';
import { isClosed, needsUser, sortRows } from '../stores/list-rows';
import { navigate } from '../stores/navigation';
import { useListRows } from '../stores/selectors';
import { useTicketStore } from '../stores/ticket-store';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';

/** Beside the list while no ticket is open: what needs the user, else a hint; on the first day how it works. */
export function Home() {
  const { t } = useTranslation('tickets');
  const rows = useListRows();
  const isMailbox = useApp().capabilities?.read === false;
  const phase = useTicketStore((state) => state.phase);
  const waiting = useMemo(() => sortRows(rows.filter(needsUser), 'attention'), [rows]);
  const [first] = waiting;
  if (phase === 'loading') return null;
  if (rows.length === 0) {
    return (
      <div className="app-home">
        <h1 className="ui-screen-header__title" data-screen-title tabIndex={-1}>
          {t('home.title')}
        </h1>
        <HowItWorks />
      </div>
    );
  }
  const title =
    first === undefined ? t('home.pickTitle') : t('home.attentionTitle', { count: waiting.length });
  return (
    <div className="app-center">
      <h1 className="ui-visually-hidden" data-screen-title tabIndex={-1}>
        {t('listLabel')}
      </h1>
      {first === undefined ? (
        <EmptyState icon={rows.every(isClosed) ? ConciergeBell : MousePointerClick} title={title}>
          {t(isMailbox ? 'home.pickTextMailbox' : 'home.pickText')}
        </EmptyState>
      ) : (
        <EmptyState
          icon={MessageCircleQuestion}
          title={title}
          actions={
            <Button onPress={() => navigate({ screen: 'ticket', key: first.key })}>
              {t('home.openIt', { count: waiting.length })}
            </Button>
          }
        >
          {t('home.attentionText')}
        </EmptyState>
      )}
    </div>
  );
}
