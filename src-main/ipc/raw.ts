import { ipcMain } from 'electron';
import type { RawIpc } from './guard';

/**
 * Takes away every listener for messages that is not a guarded call: electron-store opens a channel that tells any page
 * where the data folder is (https://github.com/sindresorhus/electron-store, `initRenderer`). Calls are not touched:
 * Electron keeps those of `handle` apart.
 */
export function refuseOtherChannels(): void {
  const channels: NodeJS.EventEmitter = ipcMain;
  channels.on('newListener', (channel: string) => {
    if (channel !== 'newListener') queueMicrotask(() => channels.removeAllListeners(channel));
  });
}

/** Electron's side of the calls, for the guard alone. */
export const electronIpc = (): RawIpc => ({
  handle: (channel, listener) => ipcMain.handle(channel, listener),
});
