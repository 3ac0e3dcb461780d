import { Notification } from 'electron';
import type { Toaster } from '../notify/toaster';
import { createElectronToaster } from './toaster-electron';
import { createNodeNotifierToaster } from './toaster-node-notifier';

/** What showing notifications needs. */
export interface ToasterDeps {
  readonly platform: NodeJS.Platform;
  readonly appId: string;
  readonly appName: () => string;
  readonly icon: string;
}

/**
 * The toaster of this system: node-notifier on Windows and macOS, Electron's own on Linux, where node-notifier knows
 * no clicks; notify-send through node-notifier where Electron finds no notification service.
 */
export function createToaster(deps: ToasterDeps): Toaster {
  if (deps.platform === 'linux' && Notification.isSupported()) return createElectronToaster(deps.icon);
  return createNodeNotifierToaster({ ...deps, load: async () => (await import('node-notifier')).default });
}
