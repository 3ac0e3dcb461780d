/** Runs tasks of one key one after the other, in the order they were given; different keys do not wait for each other. */
export interface Serial {
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
}

/** Makes a {@link Serial}. A task that fails does not stop those behind it. */
export function createSerial(): Serial {
  const tails = new Map<string, Promise<void>>();
  return {
    run(key, task) {
      const result = (tails.get(key) ?? Promise.resolve()).then(task);
      const forget = () => {
        if (tails.get(key) === tail) tails.delete(key);
      };
      const tail = result.then(forget, forget);
      tails.set(key, tail);
      return result;
    },
  };
}
