import type { Clock } from '../platform/types';

/** Shares one write among everything that asks for it in quick succession. */
export interface Coalescer {
  /** Resolves when a write that began after this call is done; rejects if that write failed. */
  save(): Promise<void>;
  /** Writes what was asked for now instead of later; resolves when it is done, whether or not it worked. */
  flush(): Promise<void>;
}

interface Batch {
  readonly done: Promise<void>;
  readonly start: () => void;
}

/**
 * Makes a {@link Coalescer}: the first call writes at once; further ones share a write `pauseMs` after the last began, so that
 * nothing waits longer than the pause and two writes. Never two writes at a time.
 */
export function createCoalescer(write: () => Promise<void>, pauseMs: number, clock: Clock): Coalescer {
  let next: Batch | null = null;
  let running: Promise<void> | null = null;
  let startedAt = -Infinity;
  let cancelTimer = (): void => undefined;

  function run(): void {
    cancelTimer();
    if (running || !next) return;
    const batch = next;
    next = null;
    startedAt = clock.now().getTime();
    batch.start();
    running = batch.done
      .catch(() => undefined)
      .finally(() => {
        running = null;
        if (next) schedule();
      });
  }

  function schedule(): void {
    // A clock that was set back must not stretch the pause.
    const wait = Math.min(startedAt + pauseMs - clock.now().getTime(), pauseMs);
    if (wait <= 0) run();
    else cancelTimer = clock.after(wait, run);
  }

  return {
    save() {
      if (next) return next.done;
      let start = (): void => undefined;
      const done = new Promise<void>((resolve) => (start = resolve)).then(write);
      next = { done, start };
      if (!running) schedule();
      return done;
    },

    async flush() {
      while (running || next) {
        if (!running) run();
        await running;
      }
    },
  };
}
