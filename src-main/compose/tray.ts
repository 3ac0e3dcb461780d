import { app } from 'electron';
import path from 'node:path';
import { createBadge } from '../shell/badge';
import { badgeCount, trayModel, type TrayInput } from '../shell/tray-model';
import type { Core } from './core.types';
import type { OpenedAccount, Shared } from './services.types';

/** The tray tells of passing time ("again in 3 minutes") no finer than this. In milliseconds. */
const TRAY_REFRESH_MS = 30_000;

/** Keeps tray and badge a function of state: everything that may change them ends in one render. */
export function keepTray({ core, surface }: Shared, current: () => OpenedAccount | null): () => void {
  const { appState, clock, t } = core;
  const { tray, window } = surface;
  const setBadge = createBadge({
    app,
    window,
    platform: process.platform,
    overlay: path.join(core.folders.icons, 'overlay.png'),
    describe: (count) => t('tray:unread', { count }),
  });
  const render = (): void => {
    const input = trayInput(core, current());
    tray.render(trayModel(input, t));
    setBadge(badgeCount(input));
  };
  const renderEverySoOften = (): void => {
    render();
    clock.after(TRAY_REFRESH_MS, renderEverySoOften);
  };
  appState.onChange(render);
  window.onVisibility(render);
  renderEverySoOften();
  return render;
}

function trayInput({ appState, clock }: Core, opened: OpenedAccount | null): TrayInput {
  const { connection, agreement, policy } = appState.get();
  return {
    connection,
    agreement,
    offersScreenshots: policy?.features.screenshots ?? true,
    tickets: opened?.tickets.list() ?? [],
    dismissedSurveys: opened?.tickets.dismissedSurveys() ?? [],
    unread: opened?.tickets.unread().length ?? 0,
    items: opened?.outbox.items() ?? [],
    now: clock.now(),
  };
}
