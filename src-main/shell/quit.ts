import type { App } from 'electron';
import type { Log } from '../platform/types';

/** What quitting needs. */
export interface QuitDeps {
  readonly app: Pick<App, 'on' | 'quit' | 'exit'>;
  /** How many writes have not left. */
  readonly unsent: () => number;
  /** Says that they stay safe; resolves to whether the user still wants to quit. */
  readonly confirm: (unsent: number) => Promise<boolean>;
  /** Stores everything; quitting waits for it, but not for ever. */
  readonly flush: () => Promise<void>;
  readonly log: Log;
}

/** Everything is stored as it happens; what is left takes a moment. A system that ends waits about this long. In ms. */
const LONGEST_FLUSH_MS = 4_000;

/**
 * Ends in order when the system says so. A library below electron-store (when-exit) would end the program itself at
 * these signals; a listener that stays keeps Electron's own way, `before-quit` included.
 */
export function quitOnSignals(app: Pick<App, 'quit'>, system: Pick<NodeJS.Process, 'on'>): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) system.on(signal, () => app.quit());
}

/**
 * Ends Deskbell. `ask` is for the user's own wish and may put a question; the system's (shutdown, SIGTERM) is never
 * held up by one.
 */
export function createQuit({ app, unsent, confirm, flush, log }: QuitDeps): { ask(): Promise<void> } {
  let asking = false;
  let ending = false;

  app.on('before-quit', (event) => {
    event.preventDefault();
    if (ending) return;
    ending = true;
    const patience = new Promise<void>((resolve) => setTimeout(resolve, LONGEST_FLUSH_MS));
    const stored = flush().catch((error: unknown) => log.error('quit.flush', error));
    void Promise.race([stored, patience]).then(() => app.exit(0));
  });

  return {
    async ask() {
      if (asking || ending) return;
      asking = true;
      try {
        const count = unsent();
        if (count === 0 || (await confirm(count))) app.quit();
      } finally {
        asking = false;
      }
    },
  };
}
