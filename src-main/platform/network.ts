import { net, powerMonitor } from 'electron';
import type { Clock, NetworkState } from './types';

/** How often the system is asked; Electron tells the main process of no change by itself. In milliseconds. */
const ASK_EVERY_MS = 4_000;

/** The machine's network as the system sees it; also speaks up when the machine woke up. Used after `ready`. */
export function createNetworkState(clock: Clock): NetworkState & { close(): void } {
  const listeners = new Set<(online: boolean) => void>();
  let online = net.isOnline();
  const tell = (): void => listeners.forEach((listener) => listener(online));

  const look = (): void => {
    const now = net.isOnline();
    if (now === online) return;
    online = now;
    tell();
  };
  const onResume = (): void => {
    online = net.isOnline();
    tell();
  };
  let cancel = (): void => undefined;
  const askAgain = (): void => {
    cancel = clock.after(ASK_EVERY_MS, () => {
      look();
      askAgain();
    });
  };

  powerMonitor.on('resume', onResume);
  askAgain();
  return {
    isOnline: () => online,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      cancel();
      powerMonitor.off('resume', onResume);
    },
  };
}
