import { emailReceipt, takenByEmail, wasSentByEmail } from '@shared/domain/by-email';
import { type ItemState, type OutboxItem, OutboxItemSchema, type Write } from '@shared/domain/outbox';
import * as rules from '@shared/domain/outbox-rules';
import type { Ref } from '@shared/domain/primitives';
import { err, ok, type Result } from '@shared/domain/result';
import { backoff } from '@shared/domain/retry';
import { type OpenDocuments, type Spool, StorageError } from '../platform/documents.types';
import { createSerial } from '../platform/serial';
import type { Clock, Log, Random } from '../platform/types';
import type { ChangeFault, Outbox, OutboxChange, SendOutcome, SubmitFault } from './outbox.types';

/** What the outbox works with. */
export interface OutboxDeps {
  readonly documents: OpenDocuments;
  readonly spool: Pick<Spool, 'has'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Random;
  readonly log: Log;
}

const FOLDER = 'outbox';
const NOT_FOUND: ChangeFault = { kind: 'notFound' };
const TOO_LATE: ChangeFault = { kind: 'tooLate' };
/** How often a send is tried that could not even be noted on disk: as after this many failed attempts. */
const STORAGE_FAULT_ATTEMPTS = 3;

type Change = Result<OutboxItem, ChangeFault>;

/**
 * Makes the outbox. Memory is what the disk holds, changed only after the disk was; changes of one lane are made one after
 * the other. Every operation loads first, so that none can overtake the start. README.md beside this file tells the states.
 */
export function createOutbox({ documents, spool, clock, random, log }: OutboxDeps): Outbox {
  const folder = documents(FOLDER, OutboxItemSchema);
  const stored = new Map<Ref, OutboxItem>();
  const accepting = new Map<Ref, Promise<Result<OutboxItem, SubmitFault>>>();
  const listeners = new Set<(change: OutboxChange) => void>();
  const lanes = createSerial();
  let loading: Promise<{ readonly quarantined: number }> | null = null;
  let inOrder: readonly OutboxItem[] | null = null;
  let nextSequence = 0;

  const all = (): readonly OutboxItem[] =>
    (inOrder ??= [...stored.values()].sort((a, b) => a.sequence - b.sequence));
  const laneItems = (lane: string | null): readonly OutboxItem[] =>
    lane === null ? all() : all().filter((item) => item.lane === lane);
  const shown = (items: readonly OutboxItem[]): readonly OutboxItem[] => {
    const ahead = rules.aheadInLane(items);
    return items.map((item) => (ahead.has(item.ref) ? rules.shownAhead(item) : item));
  };
  const get = (ref: Ref): OutboxItem | undefined => {
    const item = stored.get(ref);
    return item && shown(laneItems(item.lane)).find((one) => one.ref === ref);
  };

  const load = (): Promise<{ readonly quarantined: number }> => {
    loading ??= readBack().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };

  async function readBack(): Promise<{ readonly quarantined: number }> {
    const { documents: items, quarantined } = await folder.loadAll();
    for (const item of items.values()) {
      stored.set(item.ref, { ...item, state: rules.recovered(item.state) });
      nextSequence = Math.max(nextSequence, item.sequence + 1);
    }
    inOrder = null;
    if (stored.size > 0) emit({ upserted: shown(all()), removed: [] });
    return { quarantined };
  }

  /** Changes memory and tells about every item of the lane (`null`: of all) that looks different now. */
  function change(lane: string | null, apply: () => void): void {
    const before = laneItems(lane);
    const aheadBefore = rules.aheadInLane(before);
    apply();
    inOrder = null;
    const after = laneItems(lane);
    const aheadAfter = rules.aheadInLane(after);
    const same = new Set(before);
    const differs = (item: OutboxItem) =>
      !same.has(item) || aheadBefore.has(item.ref) !== aheadAfter.has(item.ref);
    const upserted = after
      .filter(differs)
      .map((item) => (aheadAfter.has(item.ref) ? rules.shownAhead(item) : item));
    const removed = before.filter(({ ref }) => !stored.has(ref)).map(({ ref }) => ref);
    if (upserted.length > 0 || removed.length > 0) emit({ upserted, removed });
  }

  function emit(news: OutboxChange): void {
    for (const listener of listeners) {
      try {
        listener(news);
      } catch (error) {
        log.error('outbox.listenerFailed', error);
      }
    }
  }

  const remember = (item: OutboxItem): void => change(item.lane, () => stored.set(item.ref, item));
  const forget = (item: OutboxItem): void => change(item.lane, () => stored.delete(item.ref));

  /** Stores, then remembers. The fault when the disk would not; then nothing has changed. */
  async function keep(item: OutboxItem): Promise<SubmitFault | null> {
    try {
      await folder.write(item.ref, item);
    } catch (error) {
      return notStored(error);
    }
    remember(item);
    return null;
  }

  function notStored(error: unknown): SubmitFault {
    log.error('outbox.notStored', error);
    return { kind: 'notStored', cause: error instanceof StorageError ? error.reason : 'other' };
  }

  /** Runs a change of an item after those of its lane that were asked for before. */
  async function inLane(ref: Ref, task: (item: OutboxItem) => Promise<Change>): Promise<Change> {
    try {
      await load();
    } catch (error) {
      return err(notStored(error));
    }
    const lane = stored.get(ref)?.lane;
    if (lane === undefined) return err(NOT_FOUND);
    return lanes.run(lane, async () => {
      const item = stored.get(ref);
      return item ? task(item) : err(NOT_FOUND);
    });
  }

  async function accept(ref: Ref, lane: string, write: Write): Promise<Result<OutboxItem, SubmitFault>> {
    try {
      await load();
      const first = get(ref);
      if (first) return ok(first);
      const sequence = nextSequence;
      nextSequence += 1;
      return await lanes.run(lane, async () => {
        await assertFiles(write);
        const state = { kind: 'queued', attempts: 0, notBefore: null, lastFault: null } as const;
        const item = { ref, lane, sequence, acceptedAt: clock.now().toISOString(), write, state };
        const fault = await keep(item);
        return fault ? err(fault) : ok(get(ref) ?? item);
      });
    } catch (error) {
      return err(notStored(error));
    }
  }

  async function assertFiles(write: Write): Promise<void> {
    for (const sha256 of rules.filesOf(write)) {
      if (!(await spool.has(sha256))) throw new Error('A file that should go along is not in the spool.');
    }
  }

  /** Writes that wait for a create which is going away can never leave: the user decides about them, nothing is dropped. */
  async function orphan(create: OutboxItem): Promise<SubmitFault | null> {
    if (create.write.kind !== 'create') return null;
    for (const item of laneItems(create.lane)) {
      const waits =
        'target' in item.write && item.write.target.kind === 'outbox' && item.write.target.ref === create.ref;
      const fault = waits ? await keep({ ...item, state: rules.orphaned(item.state) }) : null;
      if (fault) return fault;
    }
    return null;
  }

  async function remove(item: OutboxItem): Promise<SubmitFault | null> {
    try {
      await folder.remove(item.ref);
    } catch (error) {
      return notStored(error);
    }
    forget(item);
    return null;
  }

  const inMemory = (item: OutboxItem, state: OutboxItem['state']): OutboxItem => {
    const changed = { ...item, state };
    if (state !== item.state) remember(changed);
    return changed;
  };

  /** A disk that takes nothing must not be asked without a pause; only memory knows of it. */
  const pause = (item: OutboxItem): void => {
    if (item.state.kind !== 'queued') return;
    const notBefore = new Date(clock.now().getTime() + backoff(STORAGE_FAULT_ATTEMPTS, random)).toISOString();
    inMemory(item, { ...item.state, notBefore });
  };

  return {
    load,
    items: () => shown(all()),
    get,

    submit(ref, lane, write) {
      const running = accepting.get(ref);
      if (running) return running;
      const accepted = accept(ref, lane, write).finally(() => accepting.delete(ref));
      accepting.set(ref, accepted);
      return accepted;
    },

    discard: (ref, options = {}) =>
      inLane(ref, async (item) => {
        if (item.state.kind === 'sending' || item.state.kind === 'delivered') return err(TOO_LATE);
        if (options.unlessArrived && rules.mayHaveArrived(item.state)) return err(TOO_LATE);
        const fault = (await orphan(item)) ?? (await remove(item));
        return fault ? err(fault) : ok(item);
      }),

    sendNow: (ref) =>
      inLane(ref, async (item) => {
        const state = rules.sentNow(item.state);
        if (!state) return err(TOO_LATE);
        const fault = await keep({ ...item, state });
        if (fault) return err(fault);
        for (const before of laneItems(item.lane)) {
          if (before.sequence < item.sequence) inMemory(before, rules.woken(before.state));
        }
        return ok(get(ref) ?? item);
      }),

    sendByEmail: (ref) => inLane(ref, (item) => replace(takenByEmail(item))),
    sendAgain: (ref) => inLane(ref, (item) => replace(withState(item, rules.sentAgain(item.state)))),
    markArrived: (ref) =>
      inLane(ref, (item) =>
        replace(withState(item, rules.arrived(item.state, emailReceipt(item.lane), clock.now()))),
      ),

    removeSent: (ref) =>
      inLane(ref, async (item) => {
        const lane = laneItems(item.lane);
        if (!lane.every(({ state }) => wasSentByEmail(state))) return err(TOO_LATE);
        // The ticket itself goes last: whatever ends Deskbell meanwhile, what is left still belongs to something.
        for (const one of lane.toReversed()) {
          const fault = await remove(one);
          if (fault) return err(fault);
        }
        return ok(item);
      }),

    due: (now) => rules.headsDue(all(), now),
    nextDueAt: () => rules.nextDue(all(), clock.now()),

    markSending: (ref) =>
      inLane(ref, async (item) => {
        if (item.state.kind !== 'queued' || !rules.isHead(laneItems(item.lane), item)) return err(TOO_LATE);
        const taken = { ...item, state: rules.sending(item.state, clock.now()) };
        const fault = await keep(taken);
        if (fault) pause(item);
        return fault ? err(fault) : ok(taken);
      }),

    async settle(ref, outcome) {
      const settled = await inLane(ref, async (item) => {
        if (!isExpected(item.state, outcome)) return ok(item);
        const state = rules.settle(item.state, outcome, clock.now(), random);
        if (!(await keep({ ...item, state }))) return ok(get(ref) ?? item);
        pause(inMemory(item, rules.recovered(item.state)));
        return ok(stored.get(ref) ?? item);
      });
      return settled.ok ? settled.value : undefined;
    },

    async wake() {
      await load();
      change(null, () => {
        for (const item of all()) {
          const state = rules.woken(item.state);
          if (state !== item.state) stored.set(item.ref, { ...item, state });
        }
      });
    },

    async prune(keepItem) {
      await load();
      const needed = rules.neededCreates(all());
      const gone = all().filter(
        (item) => item.state.kind === 'delivered' && !needed.has(item.ref) && !keepItem(item),
      );
      await Promise.all(gone.map(({ ref }) => inLane(ref, (item) => pruneOne(item))));
    },

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  /** Stores the changed item. `null`: it cannot be changed like that. */
  async function replace(changed: OutboxItem | null): Promise<Change> {
    if (!changed) return err(TOO_LATE);
    const fault = await keep(changed);
    return fault ? err(fault) : ok(get(changed.ref) ?? changed);
  }

  async function pruneOne(item: OutboxItem): Promise<Change> {
    const fault = await remove(item);
    return fault ? err(fault) : ok(item);
  }
}

const withState = (item: OutboxItem, state: ItemState | null): OutboxItem | null =>
  state && { ...item, state };

/** An outcome that comes after the item has changed tells nothing any more, unless it is that the write was taken. */
function isExpected(state: ItemState, outcome: SendOutcome): boolean {
  if (state.kind === 'sending' || outcome.kind === 'delivered') return true;
  return outcome.kind === 'needsUser' && state.kind === 'queued' && rules.mayHaveArrived(state);
}
