import type { Log } from '../platform/types';

/** Those who want to hear of something. */
export interface Listeners<T> {
  /** Returns what stops listening. */
  add(listener: (value: T) => void): () => void;
  tell(value: T): void;
}

/** Makes a list of listeners. One that fails is logged and does not stop the others, nor the sync. */
export function createListeners<T>(log: Log): Listeners<T> {
  const all = new Set<(value: T) => void>();
  return {
    add(listener) {
      all.add(listener);
      return () => void all.delete(listener);
    },
    tell(value) {
      for (const listener of all) {
        try {
          listener(value);
        } catch (error) {
          log.error('sync.listenerFailed', error);
        }
      }
    },
  };
}
