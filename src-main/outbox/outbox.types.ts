import type { OutboxItem, Write } from '@shared/domain/outbox';
import type { Outcome } from '@shared/domain/outbox-rules';
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
export type SendOutcome = Outcome;

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
  /**
   * The user's decision that a ticket which waits goes by e-mail, for good and durably, with all that is written for it later.
   * `tooLate`: it is leaving, may have arrived at the board, or is no ticket (see `emailInstead`).
   */
  sendByEmail(ref: Ref): Promise<Result<OutboxItem, ChangeFault>>;
  /** The user's decision to send an item once more of which nobody can say whether it arrived. `tooLate`: it is no such item. */
  sendAgain(ref: Ref): Promise<Result<OutboxItem, ChangeFault>>;
  /** The user knows that such an item, sent by e-mail, has arrived: it counts as sent. `tooLate`: it is no such item. */
  markArrived(ref: Ref): Promise<Result<OutboxItem, ChangeFault>>;
  /** Takes a ticket that was sent by e-mail off the list, with all that belongs to it. `tooLate`: something of it has not left. */
  removeSent(ref: Ref): Promise<Result<OutboxItem, ChangeFault>>;
  /** The heads of all lanes that are due at `now`, oldest first. */
  due(now: Date): readonly OutboxItem[];
  /** When the next item becomes due; `null`: nothing waits for a time. */
  nextDueAt(): Date | null;
  /** Takes a due item for sending, durably, before the first byte leaves. `tooLate`: it is not the next of its lane any more. */
  markSending(ref: Ref): Promise<Result<OutboxItem, ChangeFault>>;
  /**
   * Books what came of it: delivered, back to the queue with a time, or needing the user. `undefined`: no such item. What is
   * in doubt and cannot be looked up needs the user also when it was read back like that (`needsUser` for a queued item).
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
