import { ipcMain } from 'electron';
import type { RawIpc } from './guard';

/** Electron's side of the calls, for the guard alone. */
export const electronIpc = (): RawIpc => ({
  handle: (channel, listener) => ipcMain.handle(channel, listener),
});
