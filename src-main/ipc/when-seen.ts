import type { MainWindow } from '../shell/window';

/** Does something when the user can see the window: now, or when it is shown again. Only the last wish is kept. */
export type WhenSeen = (act: () => Promise<void>) => Promise<void>;

/**
 * A hidden window goes on asking for the ticket it shows; that must not count as read until somebody looks at it.
 */
export function createWhenSeen(window: Pick<MainWindow, 'isVisible' | 'onVisibility'>): WhenSeen {
  let waiting: (() => Promise<void>) | null = null;
  window.onVisibility((visible) => {
    if (!visible || !waiting) return;
    const act = waiting;
    waiting = null;
    void act();
  });
  return async (act) => {
    if (window.isVisible()) await act();
    else waiting = act;
  };
}
