import type { Clock } from './types';

/** The machine's clock, moved: what a test sees when it lets hours pass or starts on another day. */
export interface TestClock extends Clock {
  /** Sets the time; it goes on from there. What is due by then is called at once, in order, as after a long sleep. */
  set(at: Date): void;
  /** How far it is ahead of the machine's own clock, in milliseconds. */
  offset(): number;
}

interface Timer {
  readonly due: number;
  readonly callback: () => void;
  cancel: () => void;
}

/** Longest wait of one real timer: no test waits longer in real seconds, and Node's limit is far away. */
const LONGEST_WAIT_MS = 60 * 60 * 1000;

/** A clock that tests move (unpackaged runs with `DESKBELL_TEST_CLOCK` only). `onMove` hears of every change. */
export function createTestClock(start: Date | null, onMove: (offset: number) => void): TestClock {
  let offset = start === null ? 0 : start.getTime() - Date.now();
  const timers = new Set<Timer>();
  const now = (): number => Date.now() + offset;

  const arm = (timer: Timer): void => {
    const real = setTimeout(() => expire(timer), Math.min(Math.max(timer.due - now(), 0), LONGEST_WAIT_MS));
    timer.cancel = () => clearTimeout(real);
  };
  const expire = (timer: Timer): void => {
    timer.cancel();
    if (!timers.has(timer)) return;
    if (timer.due > now()) return arm(timer);
    timers.delete(timer);
    timer.callback();
  };

  return {
    now: () => new Date(now()),
    offset: () => offset,
    after(ms, callback) {
      const timer: Timer = { due: now() + ms, callback, cancel: () => undefined };
      timers.add(timer);
      arm(timer);
      return () => {
        timer.cancel();
        timers.delete(timer);
      };
    },
    set(at) {
      offset = at.getTime() - Date.now();
      onMove(offset);
      [...timers].sort((one, other) => one.due - other.due).forEach(expire);
    },
  };
}

/** What tests call through `app.evaluate`; defined with the test clock only. Times are ISO texts. */
export interface TestClockControls {
  now(): string;
  set(at: string): void;
  pass(ms: number): void;
}

/** Puts the controls on the global object under `deskbellClock`. */
export function exposeTestClock(clock: TestClock): void {
  const controls: TestClockControls = {
    now: () => clock.now().toISOString(),
    set: (at) => clock.set(new Date(at)),
    pass: (ms) => clock.set(new Date(clock.now().getTime() + ms)),
  };
  Object.assign(globalThis, { deskbellClock: controls });
}
