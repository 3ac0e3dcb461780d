import type { Clock } from './types';

/** The longest delay Node's timers take; longer ones are cut into pieces (they would fire at once otherwise). */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's own clock. */
export function createClock(): Clock {
  return {
    now: () => new Date(),
    after(ms, callback) {
      const due = Date.now() + ms;
      let timer: NodeJS.Timeout;
      const wait = (): void => {
        const left = due - Date.now();
        timer = setTimeout(
          () => (due - Date.now() > 0 ? wait() : callback()),
          Math.min(Math.max(left, 0), LONGEST_TIMER_MS),
        );
      };
      wait();
      return () => clearTimeout(timer);
    },
  };
}
