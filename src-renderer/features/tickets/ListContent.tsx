import { Archive, CircleCheck, CloudAlert, SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../stores/app-store';
import type { ListRow } from '../../stores/list-rows';
import { useListView } from '../../stores/list-view';
import { useOutboxStore } from '../../stores/outbox-store';
import { useTicketStore } from '../../stores/ticket-store';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Skeleton } from '../../ui/Skeleton';
import { TicketList } from './TicketList';

interface Props {
  readonly rows: readonly ListRow[];
  /** How many rows of the other list match the search. */
  readonly others: number;
  readonly hasAny: boolean;
  readonly opensOnMove: boolean;
  readonly onRetry: () => void;
}

/** The rows, or what stands in their place. */
export function ListContent({ rows, others, hasAny, opensOnMove, onRetry }: Props) {
  const { t } = useTranslation(['tickets', 'common']);
  const phase = useTicketStore((state) => state.phase);
  const isOutboxLoading = useOutboxStore((state) => state.phase === 'loading');
  const { group: chosen, search } = useListView();
  const isMailbox = useApp().capabilities?.read === false;
  const group = isMailbox ? 'open' : chosen;
  if (phase === 'loading' || isOutboxLoading) return <Place content={<Skeleton shape="rows" count={4} />} />;
  if (rows.length > 0) return <TicketList rows={rows} opensOnMove={opensOnMove} />;
  if (phase === 'failed') {
    return (
      <Place
        content={
          <EmptyState
            size="small"
            icon={CloudAlert}
            title={t('tickets:empty.failedTitle')}
            actions={<Button onPress={onRetry}>{t('common:action.retry')}</Button>}
          >
            {t('tickets:empty.failedText')}
          </EmptyState>
        }
      />
    );
  }
  if (search.trim() !== '') return <Place content={<NothingFound others={others} />} />;
  return (
    <Place
      content={
        group === 'open' ? (
          <EmptyState
            size="small"
            icon={CircleCheck}
            title={t(isMailbox ? 'tickets:empty.mailboxTitle' : 'tickets:empty.openTitle')}
          >
            {hasAny ? t('tickets:empty.openDoneText') : t('tickets:empty.openText')}
          </EmptyState>
        ) : (
          <EmptyState size="small" icon={Archive} title={t('tickets:empty.closedTitle')}>
            {t('tickets:empty.closedText')}
          </EmptyState>
        )
      }
    />
  );
}

function NothingFound({ others }: { readonly others: number }) {
  const { t } = useTranslation('tickets');
  const group = useListView((state) => state.group);
  return (
    <EmptyState
      size="small"
      icon={SearchX}
      title={t('empty.searchTitle')}
      actions={
        <>
          {others > 0 && (
            <Button
              size="small"
              onPress={() => useListView.setState({ group: group === 'open' ? 'closed' : 'open' })}
            >
              {t('empty.searchElsewhere', { count: others })}
            </Button>
          )}
          <Button size="small" tone="quiet" onPress={() => useListView.setState({ search: '' })}>
            {t('empty.clearSearch')}
          </Button>
        </>
      }
    >
      {t('empty.searchText')}
    </EmptyState>
  );
}

function Place({ content }: { readonly content: React.ReactNode }) {
  return <div className="tickets__place">{content}</div>;
}
