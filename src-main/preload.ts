import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, Envelope } from '@shared/contract';
import { CALLS, CHANNEL_PREFIX, PUSHES } from '@shared/channels';

const callNames: ReadonlySet<string> = new Set(CALLS);
const pushNames: ReadonlySet<string> = new Set(PUSHES);
const refused: Envelope<never> = { ok: false, fault: { kind: 'refused' } };

/** The window's whole way out: calls and pushes of the contract by name, nothing else of Electron. */
const bridge: Bridge = {
  call: (name, request) =>
    callNames.has(name) ? ipcRenderer.invoke(CHANNEL_PREFIX + name, request) : Promise.resolve(refused),
  on(name, listener) {
    if (!pushNames.has(name)) return () => undefined;
    // The event object carries the sender and stays on this side of the bridge.
    const heard = (_event: unknown, payload: Parameters<typeof listener>[0]): void => listener(payload);
    ipcRenderer.on(CHANNEL_PREFIX + name, heard);
    return () => void ipcRenderer.removeListener(CHANNEL_PREFIX + name, heard);
  },
};

contextBridge.exposeInMainWorld('deskbell', bridge);
