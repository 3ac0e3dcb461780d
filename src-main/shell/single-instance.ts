import type { App } from 'electron';
import type { Route } from '@shared/domain/route';
import { parseDeepLink, routeFromArguments } from './deep-link';
import { HIDDEN_FLAG } from './login-item';

/** What a start, or another start while running, asks for. */
export interface StartWish {
  /** `false`: stay in the tray (started with the session). */
  readonly show: boolean;
  /** Where a link leads, if one was opened. */
  readonly route: Route | null;
}

/** Reads a start's arguments. A link always shows the window; a hostile one shows it and leads nowhere. */
export function startWish(args: readonly string[]): StartWish {
  const route = routeFromArguments(args);
  return { show: route !== null || !args.includes(HIDDEN_FLAG), route };
}

/** Hears of every further start and every opened link, from the first moment on. */
export function listenForStarts(app: Pick<App, 'on'>, onWish: (wish: StartWish) => void): void {
  app.on('second-instance', (_event, args) => onWish(startWish(args)));
  // macOS: a link, and a click on the dock.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    onWish({ show: true, route: parseDeepLink(url) });
  });
  app.on('activate', () => onWish({ show: true, route: null }));
}
