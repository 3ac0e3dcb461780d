import type { DeskFault } from '@shared/domain/fault';
import type { OutboxItem, Receipt, Write } from '@shared/domain/outbox';
import type { Ref } from '@shared/domain/primitives';
import type { Result } from '@shared/domain/result';

/** Why a write was not accepted. Nothing was stored, and nothing will be sent. */
export type SubmitFault = {
  readonly kind: 'notStored';
  readonly cause: 'diskFull' | 'noPermission' | 'other';
};

/** Why an item cannot be changed any more. */
export type ChangeFault = { readonly kind: 'notFound' } | { readonly kind: 'tooLate' } | SubmitFault;

/** What came of one attempt to send. */
export type SendOutcome =
  | { readonly kind: 'delivered'; readonly receipt: Receipt }
  | { readonly kind: 'failed'; readonly fault: DeskFault };

/** What changed in the outbox. */
export interface OutboxChange {
  readonly upserted: readonly OutboxItem[];
  readonly removed: readonly Ref[];
}

/**
 * The durable queue of everything the user sends. Accepted means durable: `submit` resolves only when the item and its files
 * are on disk and synced. Nothing is deleted because it failed (DESIGN: the outbox).
 */
export interface Outbox {
  /** Reads everything back; items that were being sent become queued with an `ambiguous` fault. Unreadable files go to quarantine. */
  load(): Promise<{ readonly quarantined: number }>;
  /** In order of acceptance, delivered ones included until they are pruned. */
  items(): readonly OutboxItem[];
  get(ref: Ref): OutboxItem | undefined;
  /** Accepts a write under its ref. The same ref again gives the first item and stores nothing. */
  submit(ref: Ref, lane: string, write: Write): Promise<Result<OutboxItem, SubmitFault>>;
  /**
   * Removes an item that has not left (queued, held or needing attention). Its files stay until nothing uses them.
   * Writes that waited for a create discarded like this need attention from then on (conflict, gone).
   * With `unlessArrived`, an item that the board may have already is kept (`tooLate`): for writing it anew.
   */
  discard(ref: Ref, options?: { readonly unlessArrived?: boolean }): Promise<Result<OutboxItem, ChangeFault>>;
  /** Makes an item due at once, with what waits before it in its lane; a needs-attention item gets a new chance with its attempts reset. */
  sendNow(ref: Ref): Promise<Result<OutboxItem, ChangeFault>>;
  /** The heads of all lanes that are due at `now`, oldest first. */
  due(now: Date): readonly OutboxItem[];
  /** When the next item becomes due; `null`: nothing waits for a time. */
  nextDueAt(): Date | null;
  /** Takes a due item for sending, durably, before the first byte leaves. `tooLate`: it is not the next of its lane any more. */
  markSending(ref: Ref): Promise<Result<OutboxItem, ChangeFault>>;
  /**
   * Books what came of it: delivered, back to the queue with a time, or needing the user. `undefined`: no such item.
   * If it cannot be stored, the item is queued as `ambiguous`, which is what a restart would make of it.
   */
  settle(ref: Ref, outcome: SendOutcome): Promise<OutboxItem | undefined>;
  /**
   * Makes everything that waits for a time due now, and queues what was held for want of a session (network came back,
   * machine woke up, user signed in). A time the board asked for stays.
   */
  wake(): Promise<void>;
  /** Forgets delivered items that `keep` does not want any more; never a create that waiting writes still refer to. */
  prune(keep: (item: OutboxItem) => boolean): Promise<void>;
  onChange(listener: (change: OutboxChange) => void): () => void;
}
