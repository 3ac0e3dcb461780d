import type { AppState } from '@shared/contract';

/** The one state that window and tray mirror. */
export interface AppStateHolder {
  get(): AppState;
  /** Changes what is given; listeners hear of it only if something is different. */
  update(change: Partial<AppState>): void;
  onChange(listener: (state: AppState) => void): () => void;
}

/** Holds the state. */
export function createAppState(first: AppState): AppStateHolder {
  let state = first;
  const listeners = new Set<(state: AppState) => void>();
  return {
    get: () => state,
    update(change) {
      const next = { ...state, ...change };
      if (JSON.stringify(next) === JSON.stringify(state)) return;
      state = next;
      listeners.forEach((listener) => listener(state));
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
