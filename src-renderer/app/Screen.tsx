import { Suspense } from 'react';
import type { Route } from '@shared/domain/route';
import { goBack, navigate } from '../stores/navigation';
import { SearchTools } from '../features/tickets/TicketsPane';
import { preloadable } from '../ui/preloadable';
import { Skeleton } from '../ui/Skeleton';
import { Home } from './Home';
import { WelcomeScreen } from '../features/welcome/WelcomeScreen';

const TicketScreen = preloadable(() =>
  import('../features/ticket/TicketScreen').then((module) => module.TicketScreen),
);
const NewTicketScreen = preloadable(() =>
  import('../features/new-ticket/NewTicketScreen').then((module) => module.NewTicketScreen),
);
const SurveyScreen = preloadable(() =>
  import('../features/survey/SurveyScreen').then((module) => module.SurveyScreen),
);
const ScreenshotScreen = preloadable(() =>
  import('../features/screenshot/ScreenshotScreen').then((module) => module.ScreenshotScreen),
);
/** Shown by the frame above every screen. */
export const ScreenshotHost = preloadable(() =>
  import('../features/screenshot/ScreenshotHost').then((module) => module.ScreenshotHost),
);
/** Asked by the frame above every screen. */
export const RestartQuestion = preloadable(() =>
  import('../features/restart/RestartQuestion').then((module) => module.RestartQuestion),
);
const EmergencyScreen = preloadable(() =>
  import('../features/emergency/EmergencyScreen').then((module) => module.EmergencyScreen),
);
const SettingsScreen = preloadable(() =>
  import('../features/settings/SettingsScreen').then((module) => module.SettingsScreen),
);
const OutboxScreen = preloadable(() =>
  import('../features/outbox/OutboxScreen').then((module) => module.OutboxScreen),
);

const ConnectScreen = preloadable(() =>
  import('../features/connect/ConnectScreen').then((module) => module.ConnectScreen),
);
const SignInScreen = preloadable(() =>
  import('../features/connect/SignInScreen').then((module) => module.SignInScreen),
);
const CallSheetScreen = preloadable(() =>
  import('../features/call-sheet/CallSheetScreen').then((module) => module.CallSheetScreen),
);

/** Loads the screens that are not open yet, when the first one stands. A screen that fails to load tries again when opened. */
export function preloadScreens(): void {
  const screens = [
    NewTicketScreen,
    ConnectScreen,
    EmergencyScreen,
    TicketScreen,
    SurveyScreen,
    SearchTools,
    RestartQuestion,
    OutboxScreen,
    SettingsScreen,
    CallSheetScreen,
    SignInScreen,
  ];
  requestIdleCallback(() => void Promise.allSettled(screens.map((screen) => screen.preload())), {
    timeout: 1500,
  });
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
    case 'connect':
      return <ConnectScreen onClose={goBack} />;
    case 'signIn':
      return <SignInScreen onClose={goBack} />;
    case 'tickets':
      return <Home />;
    case 'ticket':
      return <TicketScreen key={route.key} ticketKey={route.key} {...back} />;
    case 'newTicket':
      return <NewTicketScreen draftId={route.draftId} />;
    case 'survey':
      return <SurveyScreen key={route.ticketId} ticketId={route.ticketId} />;
    case 'screenshot':
      return <ScreenshotScreen />;
    case 'emergency':
      return <EmergencyScreen key={route.key} ticketKey={route.key} />;
    case 'settings':
      return <SettingsScreen onClose={goBack} isWide={isWide} />;
    case 'outbox':
      return <OutboxScreen onClose={goBack} isWide={isWide} />;
    case 'callSheet':
      return <CallSheetScreen onClose={goBack} isWide={isWide} />;
  }
}
