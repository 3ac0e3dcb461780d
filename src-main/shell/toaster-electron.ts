import { Notification } from 'electron';
import type { Toast, Toaster, ToastOutcome } from '../notify/toaster';
import { escapeMarkup } from './markup';

/** How many notifications are kept for their click; older ones are forgotten by the system's list as well. */
const KEPT = 50;
/** A notification daemon that says nothing for so long has not taken it. In milliseconds. */
const TIME_LIMIT_MS = 5_000;

/** Electron's own notifications: on Linux they can be clicked, which node-notifier's there cannot. */
export function createElectronToaster(icon: string): Toaster {
  // Without a reference a notification is collected, and its click never comes (https://github.com/electron/electron/issues/12690).
  const kept: Notification[] = [];
  return {
    show(toast, onClick) {
      const notification = new Notification(optionsOf(toast, icon));
      kept.push(notification);
      if (kept.length > KEPT) kept.shift();
      return showOne(notification, onClick);
    },
    close() {
      kept.length = 0;
    },
  };
}

const optionsOf = (toast: Toast, icon: string): Electron.NotificationConstructorOptions => ({
  title: toast.title,
  body: escapeMarkup(toast.body),
  icon,
  urgency: toast.urgent ? 'critical' : 'normal',
  timeoutType: toast.urgent ? 'never' : 'default',
});

function showOne(notification: Notification, onClick: () => void): Promise<ToastOutcome> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => resolve({ kind: 'failed', reason: 'timedOut' }), TIME_LIMIT_MS);
    const settle = (outcome: ToastOutcome): void => {
      clearTimeout(limit);
      resolve(outcome);
    };
    notification.once('show', () => settle({ kind: 'shown' }));
    notification.once('failed', () => settle({ kind: 'failed', reason: 'refused' }));
    notification.once('click', onClick);
    notification.show();
  });
}
