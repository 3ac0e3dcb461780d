import { create } from 'zustand';
import type { AppState } from '@shared/contract';
import type { Reach } from '@shared/domain/ticket-words';

/** What main says about the app as a whole; `null` until it answered. */
export const useAppStore = create<{ readonly app: AppState | null; readonly isLost: boolean }>(() => ({
  app: null,
  /** Main did not answer at all: nothing of the window can work. */
  isLost: false,
}));

/** The app state for screens below the frame, which only stand once it is known. */
export function useApp(): AppState {
  const app = useAppStore((state) => state.app);
  if (app === null) throw new Error('The app state is not known yet');
  return app;
}

/** Whether the service desk can be reached, for words about what waits. */
export const useReach = (): Reach => useAppStore((state) => connected(state.app)?.reach ?? 'checking');

/** How the user is connected, or `null` on the welcome screen. */
export function connected(
  app: AppState | null,
): Extract<AppState['connection'], { kind: 'connected' }> | null {
  return app?.connection.kind === 'connected' ? app.connection : null;
}
