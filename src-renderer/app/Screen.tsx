import { lazy, Suspense } from 'react';
import type { Route } from '@shared/domain/route';
import { goBack, navigate } from '../stores/navigation';
import { Skeleton } from '../ui/Skeleton';
import { Home } from './Home';
import { WelcomeScreen } from '../features/welcome/WelcomeScreen';

const importTicket = () => import('../features/ticket/TicketScreen');
const importNewTicket = () => import('../features/new-ticket/NewTicketScreen');
const importSurvey = () => import('../features/survey/SurveyScreen');
const importSettings = () => import('../features/settings/SettingsScreen');
const importOutbox = () => import('../features/outbox/OutboxScreen');

const TicketScreen = lazy(() => importTicket().then((module) => ({ default: module.TicketScreen })));
const NewTicketScreen = lazy(() => importNewTicket().then((module) => ({ default: module.NewTicketScreen })));
const SurveyScreen = lazy(() => importSurvey().then((module) => ({ default: module.SurveyScreen })));
const SettingsScreen = lazy(() => importSettings().then((module) => ({ default: module.SettingsScreen })));
const OutboxScreen = lazy(() => importOutbox().then((module) => ({ default: module.OutboxScreen })));

/** Loads the screens that are not open yet, when the first one stands. */
export function preloadScreens(): void {
  const load = () =>
    void Promise.allSettled([
      importNewTicket(),
      importTicket(),
      importSurvey(),
      importSettings(),
      importOutbox(),
    ]);
  requestIdleCallback(load, { timeout: 1500 });
}

/** The screen of a place. `key`s make another ticket a new screen, with nothing left of the one before. */
export function Screen({ route, isWide }: { readonly route: Route; readonly isWide: boolean }) {
  return (
    <Suspense
      fallback={
        <div className="app-loading">
          <Skeleton shape="page" />
        </div>
      }
    >
      <ScreenOf route={route} isWide={isWide} />
    </Suspense>
  );
}

function ScreenOf({ route, isWide }: { readonly route: Route; readonly isWide: boolean }) {
  const toList = () => navigate({ screen: 'tickets' });
  const back = isWide ? {} : { onBack: toList };
  switch (route.screen) {
    case 'welcome':
      return <WelcomeScreen />;
    case 'tickets':
      return <Home />;
    case 'ticket':
      return <TicketScreen key={route.key} ticketKey={route.key} {...back} />;
    case 'newTicket':
      return <NewTicketScreen draftId={route.draftId} />;
    case 'survey':
      return <SurveyScreen key={route.ticketId} ticketId={route.ticketId} />;
    case 'settings':
      return <SettingsScreen onClose={goBack} isWide={isWide} />;
    case 'outbox':
      return <OutboxScreen onClose={goBack} isWide={isWide} />;
  }
}
