import { globalShortcut, nativeTheme } from 'electron';
import type { Route } from '@shared/domain/route';
import type { Settings } from '@shared/domain/settings';
import { createShortcut } from '../shell/shortcut';
import type { Shared } from './services.types';

/** Makes the settings true now and whenever they change. */
export function applySettings({ core, surface, settings, managed, setLoginItem }: Shared): void {
  const { appState, log } = core;
  const newTicket: Route = { screen: 'newTicket', draftId: null };
  const setShortcut = createShortcut(globalShortcut, () => surface.window.show(newTicket));
  const setScreenshotShortcut = createShortcut(globalShortcut, () => void surface.takeScreenshot());
  /** The same keys for both are the new ticket's. */
  const setShortcuts = (chosen: Settings): void => {
    const { shortcut } = chosen;
    const screenshotShortcut = managed.allows('screenshots') ? chosen.screenshotShortcut : null;
    setScreenshotShortcut(null);
    const isDouble = screenshotShortcut !== null && screenshotShortcut === shortcut;
    appState.update({
      shortcut: setShortcut(shortcut),
      screenshotShortcut: isDouble ? 'taken' : setScreenshotShortcut(screenshotShortcut),
    });
  };
  const apply = (now: Settings, before: Settings | null): void => {
    nativeTheme.themeSource = now.theme;
    if (now.shortcut !== before?.shortcut || now.screenshotShortcut !== before.screenshotShortcut)
      setShortcuts(now);
    if (before && now.startAtLogin !== before.startAtLogin) {
      setLoginItem(now.startAtLogin).catch((error: unknown) => log.error('loginItem', error));
    }
  };
  apply(settings.get(), null);
  let offersScreenshots = managed.allows('screenshots');
  managed.onChange(() => {
    if (managed.allows('screenshots') === offersScreenshots) return;
    offersScreenshots = !offersScreenshots;
    setShortcuts(settings.get());
  });
  settings.onChange((now, before) => {
    apply(now, before);
    surface.ipc.push('settings.changed', now);
  });
}
