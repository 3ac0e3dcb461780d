import type { Toast, Toaster, ToastOutcome } from '../notify/toaster';
import { escapeMarkup } from './markup';

/** The part of node-notifier that is used. */
export interface NodeNotifier {
  notify(options: object, callback: (error: Error | null, response: string) => void): unknown;
}

/** What node-notifier needs to know. */
export interface NodeNotifierDeps {
  /** Loads node-notifier when the first notification is due. */
  readonly load: () => Promise<NodeNotifier>;
  readonly platform: NodeJS.Platform;
  /** The application's identifier in Windows' notification centre. */
  readonly appId: string;
  /** What this program is called now. */
  readonly appName: () => string;
  readonly icon: string;
}

const CLICKED = new Set(['activate', 'activated', 'actionclicked', 'buttonpressed', 'contentsclicked']);

/**
 * node-notifier: Windows and macOS, with a button; on Linux (notify-send) where Electron has no notifications. Its
 * helper programs answer only when the notification is gone, so having started one counts as shown.
 */
export function createNodeNotifierToaster(deps: NodeNotifierDeps): Toaster {
  return {
    async show(toast, onClick) {
      try {
        const notifier = await deps.load();
        return await start(notifier, optionsOf(toast, deps), onClick);
      } catch {
        return { kind: 'failed', reason: 'error' };
      }
    },
    close: () => undefined,
  };
}

/** An error that comes at once (no helper program, no daemon) is a failure; later the answer is a click or none. */
const AT_ONCE_MS = 700;

function start(notifier: NodeNotifier, options: object, onClick: () => void): Promise<ToastOutcome> {
  return new Promise((resolve) => {
    const soon = setTimeout(() => resolve({ kind: 'shown' }), AT_ONCE_MS);
    let clicked = false;
    notifier.notify(options, (error, response) => {
      clearTimeout(soon);
      resolve(error ? { kind: 'failed', reason: 'refused' } : { kind: 'shown' });
      if (error || clicked || !CLICKED.has(response.toLowerCase().replace(/\s/g, ''))) return;
      clicked = true;
      onClick();
    });
  });
}

function optionsOf(toast: Toast, deps: NodeNotifierDeps): object {
  const { platform, appId, icon } = deps;
  const common = { title: toast.title, message: toast.body, icon };
  switch (platform) {
    case 'win32':
      return { ...common, appID: appId, wait: true, actions: [toast.action] };
    case 'darwin':
      return { ...common, wait: true, actions: toast.action, ...(toast.urgent ? { timeout: 60 } : {}) };
    default:
      return {
        ...common,
        message: escapeMarkup(toast.body),
        'app-name': deps.appName(),
        urgency: toast.urgent ? 'critical' : 'normal',
      };
  }
}
