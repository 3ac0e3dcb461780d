import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Route } from '@shared/domain/route';
import { connected, useApp } from '../stores/app-store';
import { reportReady } from '../stores/feed';
import { navigate, sameRoute, useNavigation } from '../stores/navigation';
import { useOutboxStore } from '../stores/outbox-store';
import { useRestart } from '../stores/restart';
import { useScreenshot } from '../stores/screenshot';
import { useTicketStore } from '../stores/ticket-store';
import { TicketsPane } from '../features/tickets/TicketsPane';
import { Banners } from './Banners';
import { ErrorBoundary } from './ErrorBoundary';
import { Foot } from './Foot';
import { PracticeStrip } from './PracticeStrip';
import { preloadScreens, RestartQuestion, Screen, ScreenshotHost } from './Screen';
import { useArrival } from './use-arrival';
import { useShortcuts } from './use-shortcuts';
import { useWide } from './use-wide';
import './Frame.css';

/** Which panes a place takes. */
type Layout = 'full' | 'pane' | 'list';

/** The window around every screen: list and ticket side by side, or one pane when narrow. */
export function Frame() {
  const app = useApp();
  const isWide = useWide();
  const wanted = useNavigation((state) => state.route);
  const visit = useNavigation((state) => state.visit);
  const desk = connected(app);
  const route: Route =
    desk === null && !['settings', 'callSheet', 'emergency', 'connect'].includes(wanted.screen)
      ? { screen: 'welcome' }
      : wanted;
  const layout = layoutOf(route, desk !== null);
  const pane = useRef<HTMLElement>(null);

  useReady();
  useShortcuts({ platform: app.platform, isWide, route });
  useArrival({ pane, route, isWide });

  const showList = layout !== 'full' && (isWide || layout === 'list');
  const showPane = layout === 'full' || isWide || layout === 'pane';
  return (
    <div className="app-frame" data-layout={isWide ? 'wide' : 'narrow'}>
      {desk?.board === 'practice' && <PracticeStrip />}
      {desk !== null && route.screen !== 'signIn' && (
        <Banners isBrief={!isWide && !showList} isEmergency={route.screen === 'emergency'} />
      )}
      <div className="app-panes">
        {showList && <ListPane isWide={isWide} />}
        {showPane && (
          <main ref={pane} className="app-pane" tabIndex={-1}>
            <ErrorBoundary resetKey={visit}>
              <Screen route={route} isWide={isWide} />
            </ErrorBoundary>
          </main>
        )}
      </div>
      <Screenshots />
      <AfterRestart />
    </div>
  );
}

/** Pictures of the screen are looked at above whatever is open, which stays as it is. */
function Screenshots() {
  const isWanted = useScreenshot(({ review, refusal }) => review !== null || refusal !== null);
  return isWanted ? (
    <Suspense>
      <ScreenshotHost />
    </Suspense>
  ) : null;
}

/** After a restart that was planned: whether it helped. The rest of the time the first screen is quicker without a dialog. */
function AfterRestart() {
  const plan = useRestart()?.plan ?? null;
  return plan === null || plan.stage === 'waiting' ? null : (
    <Suspense>
      <RestartQuestion />
    </Suspense>
  );
}

function ListPane({ isWide }: { readonly isWide: boolean }) {
  const { t } = useTranslation('tickets');
  const Tag = isWide ? 'aside' : 'main';
  return (
    <Tag className="app-list" aria-label={t('label')}>
      <ErrorBoundary resetKey="list">
        <TicketsPane opensOnMove={isWide} />
      </ErrorBoundary>
      <Foot />
    </Tag>
  );
}

/** New ticket, survey and welcome take the whole window; the others stand beside the list. */
function layoutOf(route: Route, isConnected: boolean): Layout {
  switch (route.screen) {
    case 'welcome':
    case 'connect':
    case 'signIn':
    case 'newTicket':
    case 'survey':
    case 'screenshot':
    case 'emergency':
      return 'full';
    case 'settings':
    case 'callSheet':
      return isConnected ? 'pane' : 'full';
    case 'ticket':
    case 'outbox':
      return 'pane';
    case 'tickets':
      return 'list';
  }
}

/** Once the first screen stands with its content, tells main, goes where main wants, and loads the other screens. */
function useReady(): void {
  const phase = useApp().phase;
  const isConnected = useApp().connection.kind === 'connected';
  const hasTickets = useTicketStore((state) => state.phase !== 'loading');
  const hasOutbox = useOutboxStore((state) => state.phase !== 'loading');
  const isReady = phase === 'ready' && (!isConnected || (hasTickets && hasOutbox));
  const reported = useRef(false);
  useEffect(() => {
    if (!isReady || reported.current) return;
    reported.current = true;
    const { visit } = useNavigation.getState();
    void reportReady().then((route) => {
      const now = useNavigation.getState();
      // Whoever went somewhere meanwhile stays there.
      if (route !== null && now.visit === visit && !sameRoute(route, now.route))
        navigate(route, { replace: true });
      preloadScreens();
    });
  }, [isReady]);
}
