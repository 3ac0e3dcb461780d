import { cleanup } from '@testing-library/react';
import { useState, type ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { createTranslator } from '@shared/locales';
import { uiEnvironment } from '../../../src-renderer/app/ui-environment';
import { startFeed } from '../../../src-renderer/stores/feed';
import { useAppStore } from '../../../src-renderer/stores/app-store';
import { useNavigation } from '../../../src-renderer/stores/navigation';
import { useOutboxStore } from '../../../src-renderer/stores/outbox-store';
import { useDraftStore } from '../../../src-renderer/stores/small-stores';
import { useTicketStore } from '../../../src-renderer/stores/ticket-store';
import { UiProvider } from '../../../src-renderer/ui/environment';
import { ToastProvider } from '../../../src-renderer/ui/Toast';

const i18n = createTranslator('en');

/** What stands around every screen: words, times, toasts. The app state must be known. */
export function Stage({ now, children }: { readonly now: Date; readonly children: ReactNode }) {
  const app = useAppStore((state) => state.app);
  const [environment] = useState(() =>
    uiEnvironment({ t: i18n.t, locale: 'en', timeZone: app?.timeZone ?? 'UTC', platform: 'linux' }),
  );
  return (
    <I18nextProvider i18n={i18n}>
      <UiProvider environment={environment} now={now}>
        <ToastProvider>{app === null ? null : children}</ToastProvider>
      </UiProvider>
    </I18nextProvider>
  );
}

/**
 * Takes everything off the screen. What was typed last is handed to main on the way; resolves when that has arrived, so
 * that nothing of it comes into the next test.
 */
export async function leaveStage(): Promise<void> {
  cleanup();
  await new Promise((resolve) => setTimeout(resolve, 0));
}

/** Empties the stores and fills them from `window.deskbell`. Returns the function that stops listening. */
export function startStage(): () => void {
  useAppStore.setState({ app: null, isLost: false });
  useNavigation.setState({ route: { screen: 'tickets' }, past: [], visit: 0, focus: 'stay' });
  useOutboxStore.setState({ phase: 'loading', items: new Map(), progress: new Map() });
  useDraftStore.setState({ drafts: [] });
  useTicketStore.setState({
    phase: 'loading',
    tickets: new Map(),
    whole: new Map(),
    faults: new Map(),
    dismissedSurveys: new Set(),
    syncedAt: null,
  });
  return startFeed();
}
