import type { TicketId } from '@shared/domain/primitives';
import type { Store } from '../data/store';
import type { DeskClock, DeskLog } from '../types';
import { nextAction } from './script';
import { earliest, type Stage } from './stage';

/** Has the staff do what is due, when it is due. */
export interface Scheduler {
  /** Catches up with what became due while the desk was off, in order, and goes on from there. */
  start(): Promise<void>;
  /** Finishes what is being done and does no more. */
  stop(): Promise<void>;
}

/** No timer is longer: a clock that was set back or forth is noticed in time. */
const LONGEST_WAIT_MS = 60_000;
/** How long to wait after the disk did not take a change. */
const PAUSE_AFTER_FAILURE_MS = 5_000;

/** A scheduler over the plans that are stored with the tickets, so that they survive a restart. */
export function createScheduler(deps: {
  store: Store;
  stage: Stage;
  clock: DeskClock;
  log: DeskLog;
}): Scheduler {
  const { store, stage, clock, log } = deps;
  let cancelTimer = (): void => undefined;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = true;
  let unsubscribe = (): void => undefined;

  function poke(): void {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    cancelTimer();
    running = runAll().then(
      () => wait(msUntilNext()),
      (error: unknown) => {
        log.error('practice-desk.schedule', error);
        wait(PAUSE_AFTER_FAILURE_MS);
      },
    );
  }

  function wait(ms: number | null): void {
    running = null;
    if (again || (ms !== null && ms <= 0)) {
      again = false;
      poke();
    } else if (ms !== null && !stopped) {
      cancelTimer = clock.after(Math.min(ms, LONGEST_WAIT_MS), poke);
    }
  }

  async function runAll(): Promise<void> {
    for (let due = firstDue(); due !== null && !stopped && due.at <= clock.now(); due = firstDue()) {
      await stage.runDue(due.id);
    }
  }

  function firstDue(): { id: TicketId; at: Date } | null {
    let first: { id: TicketId; at: Date } | null = null;
    for (const [id, record] of store.table('ticket')) {
      const due = earliest(record);
      if (due && (first === null || due.at < first.at)) first = { id, at: due.at };
    }
    return first;
  }

  const msUntilNext = (): number | null => {
    const due = firstDue();
    return due === null ? null : due.at.getTime() - clock.now().getTime();
  };

  /** Tickets without a plan come from a time when the pace was manual. */
  async function adoptUnplanned(): Promise<void> {
    for (const [id, record] of [...store.table('ticket')]) {
      if (record.next === null && nextAction(record) !== null) await stage.adopt(id);
    }
  }

  return {
    async start() {
      await adoptUnplanned();
      stopped = false;
      unsubscribe = store.onCommit(poke);
      poke();
    },
    async stop() {
      stopped = true;
      unsubscribe();
      cancelTimer();
      await running;
    },
  };
}
