import type { OutboxItem, Receipt } from '@shared/domain/outbox';
import type { WriteOptions } from '../desk/connector';
import type { Outbox, SendOutcome } from '../outbox/outbox.types';
import type { Clock, Log } from '../platform/types';

/** What draining needs. */
export interface DrainDeps {
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Log;
  /** How many lanes are sent from at the same time. */
  readonly lanes: number;
  /** Whether sending an item makes sense now: somebody is signed in, and there is a network. */
  readonly canSend: (item: OutboxItem) => boolean;
  /** Which way an item goes: when one way has to wait, the other goes on. Default: all go the same way. */
  readonly wayOf?: (item: OutboxItem) => Way;
  /** Whether an item has to wait whatever its time is: a ticket while the provider takes none. It stays queued. */
  readonly isHeld?: (item: OutboxItem) => boolean;
  readonly send: (item: OutboxItem, options: WriteOptions) => Promise<SendOutcome>;
  readonly onDelivered: (item: OutboxItem, receipt: Receipt) => void;
  readonly onProgress: (item: OutboxItem, sent: number, total: number) => void;
}

/** To the board, or by e-mail instead. */
export type Way = 'board' | 'email';

/** Sends what is due, one item per lane at a time. */
export interface Drain {
  start(): void;
  /** Looks whether something is due now. Called by itself on every change of the outbox and when a wait ends. */
  pump(): void;
  /** Cancels what is under way and resolves when it is booked. */
  stop(): Promise<void>;
}

/** After an item could not even be marked, in ms. */
const MARK_FAILED_MS = 1_000;

/** Creates the drain of an outbox. */
export function createDrain(deps: DrainDeps): Drain {
  const { outbox, clock, log } = deps;
  const underWay = new Map<string, Promise<void>>();
  const stopper = new AbortController();
  let unlisten = (): void => undefined;
  let cancelTimer = (): void => undefined;
  const pausedUntil: Record<Way, number> = { board: 0, email: 0 };
  let running = false;
  const wayOf = (item: OutboxItem): Way => deps.wayOf?.(item) ?? 'board';

  function pump(): void {
    if (!running) return;
    const now = clock.now();
    for (const item of outbox.due(now)) {
      if (underWay.size >= deps.lanes) break;
      if (!underWay.has(item.lane) && canLeave(item, now)) underWay.set(item.lane, run(item));
    }
    arm();
  }

  const canLeave = (item: OutboxItem, now: Date): boolean =>
    deps.canSend(item) && deps.isHeld?.(item) !== true && mayLeave(item, pausedUntil[wayOf(item)], now);

  /** Wakes up for the next item that waits for a time, and when a pause of a whole way ends. What waits for a free lane is met when one gets free. */
  function arm(also = 0): void {
    cancelTimer();
    const now = clock.now().getTime();
    const times = [outbox.nextDueAt()?.getTime() ?? 0, ...Object.values(pausedUntil), also].filter(
      (time) => time > now,
    );
    cancelTimer = running && times.length > 0 ? clock.after(Math.min(...times) - now, pump) : () => undefined;
  }

  async function run(item: OutboxItem): Promise<void> {
    let markFailed = false;
    try {
      const marked = await outbox.markSending(item.ref);
      if (marked.ok) await sendMarked(marked.value);
      else markFailed = marked.fault.kind === 'notStored';
    } catch (error) {
      // The item stays marked as sending, and the next start looks its ref up.
      log.error('sync.sendFailed', error);
    }
    underWay.delete(item.lane);
    if (markFailed) arm(clock.now().getTime() + MARK_FAILED_MS);
    else pump();
  }

  async function sendMarked(item: OutboxItem): Promise<void> {
    const outcome = await sendSafely(item);
    if (outcome.kind !== 'delivered')
      log.info('sync.notDelivered', { kind: item.write.kind, fault: outcome.fault.kind });
    if (outcome.kind === 'failed' && outcome.fault.kind === 'throttled')
      pausedUntil[wayOf(item)] = Date.parse(outcome.fault.until);
    const settled = await outbox.settle(item.ref, outcome);
    if (settled?.state.kind === 'delivered') deps.onDelivered(settled, settled.state.receipt);
  }

  /** A fault in Deskbell itself while bytes may be under way leaves the outcome open, as everywhere. */
  async function sendSafely(item: OutboxItem): Promise<SendOutcome> {
    try {
      const onProgress = (sent: number, total: number): void => deps.onProgress(item, sent, total);
      return await deps.send(item, { signal: stopper.signal, onProgress });
    } catch (error) {
      log.error('sync.sendFailed', error);
      return { kind: 'failed', fault: { kind: 'ambiguous', cause: 'badAnswer' } };
    }
  }

  return {
    start() {
      running = true;
      unlisten = outbox.onChange(() => pump());
      pump();
    },
    pump,
    async stop() {
      running = false;
      unlisten();
      cancelTimer();
      stopper.abort();
      await Promise.all(underWay.values());
    },
  };
}

/**
 * When a board asks to wait (Retry-After) everything waits, not only the write that was told so.
 * Unless the user says *send now*: then the item is due although its last answer was to wait.
 */
export function mayLeave(item: OutboxItem, pausedUntil: number, now: Date): boolean {
  if (now.getTime() >= pausedUntil) return true;
  const { state } = item;
  return state.kind === 'queued' && state.lastFault?.kind === 'throttled' && state.notBefore === null;
}
