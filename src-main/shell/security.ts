import type { App, Session, WebContents } from 'electron';
import type { Log } from '../platform/types';

/** What the hardening needs. */
export interface SecurityDeps {
  readonly isOwnUrl: (url: string) => boolean;
  /** The development server's origin, whose web socket may be used; `null` in a build. */
  readonly devServer: string | null;
  readonly log: Log;
}

/** Denies every page everything it does not need (DESIGN: Security, always on). Must run before the first window. */
export function harden(app: App, deps: SecurityDeps): void {
  app.on('web-contents-created', (_event, contents) => hardenPage(contents, deps));
}

/** Denies permissions, downloads, and all network traffic of a session's pages. */
export function hardenSession(session: Session, { isOwnUrl, devServer, log }: SecurityDeps): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => {
    log.warn('security.permission', { permission });
    decide(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // Chromium fetches dictionaries from the web for any session, whatever a page's own settings say; macOS has its own.
  // https://github.com/electron/electron/issues/22995
  if (process.platform !== 'darwin') session.setSpellCheckerLanguages([]);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((request, decide) => {
    const allowed = isOwnUrl(request.url) || isLocalData(request.url) || isDevSocket(request.url, devServer);
    if (!allowed) log.warn('security.request', { type: request.resourceType });
    decide({ cancel: !allowed });
  });
}

function hardenPage(contents: WebContents, { isOwnUrl, log }: SecurityDeps): void {
  contents.on('will-navigate', (event) => {
    // The development server reloads the page by navigating to where it is.
    if (isOwnUrl(event.url) && event.url === contents.getURL()) return;
    log.warn('security.navigation');
    event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => {
    log.warn('security.newWindow');
    return { action: 'deny' };
  });
}

const isLocalData = (url: string): boolean => /^(?:blob:app:\/\/|data:|devtools:)/.test(url);

const isDevSocket = (url: string, devServer: string | null): boolean =>
  devServer !== null && url.startsWith(devServer.replace(/^http/, 'ws'));
