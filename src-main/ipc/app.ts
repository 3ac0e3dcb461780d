import { err, ok } from '@shared/domain/result';
import type { SafeOpen } from '../shell/safe-open';
import type { MainWindow } from '../shell/window';
import type { AppStateHolder } from './app-state';
import type { Handlers } from './guard';
import type { LoadServices } from './services.types';

/** What these calls need; the state and the window are there before the services. */
export interface AppCallDeps {
  readonly appState: AppStateHolder;
  readonly window: Pick<MainWindow, 'pageReady' | 'isVisible' | 'onVisibility'>;
  readonly onUsable: () => void;
  readonly safeOpen: SafeOpen;
  readonly services: LoadServices;
}

/** Calls about Deskbell as a whole. */
export function appHandlers(deps: AppCallDeps): Pick<Handlers, `app.${string}` & keyof Handlers> {
  const { appState, window, onUsable, safeOpen, services } = deps;
  return {
    'app.state': () => ok(appState.get()),
    'app.windowReady': () => {
      onUsable();
      return ok({ route: window.pageReady() });
    },
    'app.openExternal': async ({ url }) => ((await safeOpen(url)) ? ok(undefined) : err({ kind: 'refused' })),
    'app.setTheme': async ({ theme }) => {
      const { settings } = await services();
      await settings.set({ ...settings.get(), theme });
      return ok(undefined);
    },
  };
}
