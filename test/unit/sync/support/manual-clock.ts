import type { Clock } from '../../../../src-main/platform/types';

/** A clock that moves when told to. */
export interface ManualClock extends Clock {
  /** Lets everything that is under way finish without time passing. */
  settle(): Promise<void>;
  /** Lets time pass, timer by timer. */
  advance(ms: number): Promise<void>;
  /** Timers that are waiting. */
  pending(): number;
}

/** Starts on a Monday morning. */
export function createManualClock(start = '2026-03-02T08:00:00.000Z'): ManualClock {
  let now = Date.parse(start);
  const timers = new Map<symbol, { readonly at: number; readonly callback: () => void }>();

  async function settle(): Promise<void> {
    for (let turn = 0; turn < 12; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  async function advance(ms: number): Promise<void> {
    const end = now + ms;
    await settle();
    for (;;) {
      const [next] = [...timers].filter(([, timer]) => timer.at <= end).sort(([, a], [, b]) => a.at - b.at);
      if (!next) break;
      timers.delete(next[0]);
      now = Math.max(now, next[1].at);
      next[1].callback();
      await settle();
    }
    now = end;
  }

  return {
    now: () => new Date(now),
    after(ms, callback) {
      const id = Symbol('timer');
      timers.set(id, { at: now + Math.max(ms, 0), callback });
      return () => void timers.delete(id);
    },
    settle,
    advance,
    pending: () => timers.size,
  };
}
