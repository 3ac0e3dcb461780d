import {
  EmergencyWatchSchema,
  endWatch,
  isConfirmed,
  nextReminderAt,
  startWatch,
  tickWatch,
  type EmergencyWatch,
} from '@shared/domain/emergency-watch';
import type { OutboxItem } from '@shared/domain/outbox';
import type { Ref } from '@shared/domain/primitives';
import type { Outbox } from '../outbox/outbox.types';
import type { OpenDocuments } from '../platform/documents.types';
import type { Clock, Log } from '../platform/types';
import type { Tickets } from '../tickets/tickets.types';
import type { Emergencies } from './emergencies.types';

/** What the clocks need. */
export interface EmergenciesDeps {
  /** Opened in the folder of the account. */
  readonly documents: OpenDocuments;
  readonly outbox: Pick<Outbox, 'items' | 'onChange'>;
  readonly tickets: Pick<Tickets, 'findByRef' | 'onChange'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Within how many minutes the provider confirms, as far as the agreement is known. */
  readonly confirmMinutes: () => number;
  /** Tells the user; called once for each reminder, after it was noted durably. */
  readonly remind: (watch: EmergencyWatch) => void;
}

/** A clock that was set forth or back is noticed within this time. In milliseconds. */
const LONGEST_WAIT_MS = 60_000;
/** After the disk did not take a change. In milliseconds. */
const AGAIN_AFTER_FAILURE_MS = 10_000;

/**
 * Opens the clocks of an account. Each is one document, so that a restart goes on where it was; a reminder is noted on
 * disk before it is shown, so that a crash between the two can lose one and never tells one twice.
 */
export function createEmergencies(deps: EmergenciesDeps): Emergencies {
  const { documents, outbox, tickets, clock, log } = deps;
  const folder = documents('emergencies', EmergencyWatchSchema);
  const watches = new Map<Ref, EmergencyWatch>();
  const listeners = new Set<() => void>();
  let running: Promise<void> | null = null;
  let again = false;
  let isOpen = false;
  let cancelTimer = (): void => undefined;
  let stops: readonly (() => void)[] = [];

  async function keep(watch: EmergencyWatch): Promise<void> {
    if (watches.get(watch.ref) === watch) return;
    await folder.write(watch.ref, watch);
    watches.set(watch.ref, watch);
    listeners.forEach((listener) => listener());
  }

  async function forget(ref: Ref): Promise<void> {
    await folder.remove(ref);
    watches.delete(ref);
    listeners.forEach((listener) => listener());
  }

  function look(): void {
    if (!isOpen) return;
    if (running) {
      again = true;
      return;
    }
    cancelTimer();
    running = lookAtAll().then(
      () => settle(msUntilNext()),
      (error: unknown) => {
        log.error('emergency.notStored', error);
        settle(AGAIN_AFTER_FAILURE_MS);
      },
    );
  }

  function settle(wait: number | null): void {
    running = null;
    if (!isOpen) return;
    if (again) {
      again = false;
      look();
    } else if (wait !== null) {
      cancelTimer = clock.after(Math.min(Math.max(wait, 0), LONGEST_WAIT_MS), look);
    }
  }

  async function lookAtAll(): Promise<void> {
    const creates = emergencyCreates(outbox.items());
    for (const [ref, { acceptedAt, intake }] of creates) {
      if (!watches.has(ref)) await keep(startWatch(ref, acceptedAt, deps.confirmMinutes(), intake));
    }
    for (const watch of [...watches.values()]) {
      const current = progressed(watch, creates.has(watch.ref));
      const ticked = tickWatch(current, clock.now());
      await keep(ticked.watch);
      if (ticked.remind) deps.remind(ticked.watch);
      if (ticked.watch.state !== 'waiting' && isForgotten(watch.ref, creates)) await forget(watch.ref);
    }
  }

  /** What the board or the outbox say of it. */
  function progressed(watch: EmergencyWatch, isInOutbox: boolean): EmergencyWatch {
    const ticket = tickets.findByRef(watch.ref);
    const now = clock.now();
    if (ticket?.closed) return endWatch(watch, 'over', now);
    if (ticket && isConfirmed(ticket)) return endWatch(watch, 'confirmed', now);
    // Discarded before it left: there is nothing to confirm.
    return !ticket && !isInOutbox ? endWatch(watch, 'over', now) : watch;
  }

  const isForgotten = (ref: Ref, creates: ReadonlyMap<Ref, unknown>): boolean =>
    !creates.has(ref) && tickets.findByRef(ref)?.closed !== false;

  const msUntilNext = (): number | null => {
    const dues = [...watches.values()].flatMap((watch) => nextReminderAt(watch)?.getTime() ?? []);
    return dues.length === 0 ? null : Math.min(...dues) - clock.now().getTime();
  };

  return {
    async load() {
      const { documents: loaded, quarantined } = await folder.loadAll();
      loaded.forEach((watch, ref) => watches.set(ref, watch));
      return { quarantined };
    },
    start() {
      isOpen = true;
      stops = [outbox.onChange(look), tickets.onChange(look)];
      look();
    },
    list: () => [...watches.values()].sort((one, other) => (one.filedAt < other.filedAt ? 1 : -1)),
    async end(ref, because) {
      await running;
      const watch = watches.get(ref);
      if (watch) await keep(endWatch(watch, because, clock.now()));
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    look,
    async close() {
      isOpen = false;
      cancelTimer();
      stops.forEach((stop) => stop());
      await running;
    },
  };
}

/** The emergencies that the outbox lists, sent or not. */
const emergencyCreates = (items: readonly OutboxItem[]) =>
  new Map(
    items.flatMap(({ ref, acceptedAt, write }) =>
      write.kind === 'create' && write.intake.emergency
        ? [[ref, { acceptedAt, intake: write.intake }] as const]
        : [],
    ),
  );
