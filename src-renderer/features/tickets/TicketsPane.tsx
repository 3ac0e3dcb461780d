import { ConciergeBell, Plus, Search, SearchX } from 'lucide-react';
import { Suspense, useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { connected, useApp } from '../../stores/app-store';
import { loadTickets } from '../../stores/feed';
import { isClosed, matches, searchWords, sortRows, type ListRow } from '../../stores/list-rows';
import { useListView } from '../../stores/list-view';
import { navigate } from '../../stores/navigation';
import { useListRows } from '../../stores/selectors';
import { useTicketStore } from '../../stores/ticket-store';
import { Button, IconButton } from '../../ui/Button';
import { SegmentedControl } from '../../ui/SegmentedControl';
import { ListContent } from './ListContent';
import { preloadable } from '../../ui/preloadable';
import { SurveyCard } from './SurveyCard';
import { UnsentLine } from './UnsentLine';
import './tickets.css';

/** Loaded when the first screen stands: not everybody searches. */
export const SearchTools = preloadable(() => import('./SearchTools').then((module) => module.SearchTools));

/** The list of tickets with everything above it: whose desk, new ticket, open or closed, search, a waiting survey. */
export function TicketsPane({ opensOnMove }: { readonly opensOnMove: boolean }) {
  const { t } = useTranslation(['tickets', 'common']);
  const rows = useListRows();
  const isLoaded = useTicketStore((state) => state.phase === 'ready');
  const { group: chosen, isSearchOpen, search, sort, openSearch, closeSearch } = useListView();
  // A desk that is a mailbox closes nothing here.
  const isMailbox = useApp().capabilities?.read === false;
  const group = isMailbox ? 'open' : chosen;
  const counts = useMemo(() => countsOf(rows), [rows]);
  const typed = useDeferredValue(search);
  const found = useFound(rows, typed);
  const shown = useMemo(() => sortRows(found[group], sort), [found, group, sort]);
  const hasTools = rows.length > 1 || isSearchOpen;
  return (
    <div className="tickets">
      <DeskName />
      <div className="tickets__top">
        <Button
          tone="primary"
          size="large"
          icon={Plus}
          isWide
          onPress={() => navigate({ screen: 'newTicket', draftId: null })}
        >
          {t('common:action.newTicket')}
        </Button>
        <div className="tickets__bar">
          {isMailbox ? (
            <h2 className="tickets__sent">{t('tickets:sentByEmail')}</h2>
          ) : (
            <SegmentedControl
              label={t('tickets:openOrClosed')}
              isWide
              segments={[
                { value: 'open', label: t('tickets:open'), ...(isLoaded ? { count: counts.open } : {}) },
                {
                  value: 'closed',
                  label: t('tickets:closed'),
                  ...(isLoaded ? { count: counts.closed } : {}),
                },
              ]}
              value={group}
              onChange={(value) => useListView.setState({ group: value })}
            />
          )}
          {hasTools && (
            <IconButton
              icon={isSearchOpen ? SearchX : Search}
              label={isSearchOpen ? t('tickets:findHide') : t('tickets:find')}
              aria-expanded={isSearchOpen}
              onPress={isSearchOpen ? closeSearch : openSearch}
            />
          )}
        </div>
        {isSearchOpen && (
          <Suspense>
            <SearchTools found={shown.length} />
          </Suspense>
        )}
        <SurveyCard />
      </div>
      <ListContent
        // Another list is shown from its top.
        key={`${group} ${sort} ${typed}`}
        rows={shown}
        others={found[group === 'open' ? 'closed' : 'open'].length}
        hasAny={rows.length > 0}
        opensOnMove={opensOnMove}
        onRetry={() => void retry()}
      />
      <UnsentLine />
    </div>
  );
}

async function retry(): Promise<void> {
  useTicketStore.setState({ phase: 'loading' });
  await loadTickets();
}

/** The bell and the name of the provider. */
function DeskName() {
  const { t } = useTranslation();
  const app = useApp();
  const name = app.agreement?.provider ?? connected(app)?.deskName ?? t('app.name');
  return (
    <div className="tickets__desk">
      <ConciergeBell aria-hidden size={20} strokeWidth={1.75} />
      <p className="ui-one-line" title={name} dir="auto">
        {name}
      </p>
    </div>
  );
}

function countsOf(rows: readonly ListRow[]): { readonly open: number; readonly closed: number } {
  const closed = rows.reduce((sum, row) => sum + Number(isClosed(row)), 0);
  return { open: rows.length - closed, closed };
}

interface Found {
  readonly open: readonly ListRow[];
  readonly closed: readonly ListRow[];
}

function useFound(rows: readonly ListRow[], search: string): Found {
  return useMemo(() => {
    const words = searchWords(search);
    const found = rows.filter((row) => matches(row, words));
    return { open: found.filter((row) => !isClosed(row)), closed: found.filter(isClosed) };
  }, [rows, search]);
}
