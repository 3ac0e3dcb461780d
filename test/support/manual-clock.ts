import type { Clock } from '../../src-main/platform/types';

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  /** Lets time pass: what is due is called in order of its time, and everything it sets going settles in between. */
  pass(ms: number): Promise<void>;
}

/** Makes a clock that stands at the given time. */
export function createManualClock(start = '2026-03-02T08:42:00.000Z'): ManualClock {
  let time = Date.parse(start);
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    now: () => new Date(time),
    after(ms, callback) {
      const timer = { at: time + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async pass(ms) {
      const end = time + ms;
      await settle();
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers.delete(next);
        time = Math.max(time, next.at);
        next.callback();
        await settle();
      }
      time = end;
    },
  };
}
