/** The entries used last; the others are forgotten. */
export interface Kept<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  /** All that are kept, the one used longest ago first. */
  values(): readonly T[];
}

/** Keeps the last `most` entries used. */
export function createKept<T>(most: number): Kept<T> {
  const entries = new Map<string, T>();
  return {
    get: (key) => entries.get(key),
    set(key, value) {
      entries.delete(key);
      entries.set(key, value);
      const oldest = entries.keys().next();
      if (entries.size > most && !oldest.done) entries.delete(oldest.value);
    },
    values: () => [...entries.values()],
  };
}
