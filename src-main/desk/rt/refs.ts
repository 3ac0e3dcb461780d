import type { DeskFault } from '@shared/domain/fault';
import type { Receipt } from '@shared/domain/outbox';
import type { Ref, TicketId } from '@shared/domain/primitives';
import { ok, type Result } from '@shared/domain/result';
import type { Clock } from '../../platform/types';
import { createKept } from '../kept';

/** What a write said, by which it can be recognised when RT dropped its key. `startedAt`: in ms since 1970. */
export type Sent = { readonly startedAt: number } & (
  | { readonly kind: 'ticket'; readonly summary: string }
  | { readonly kind: 'reply'; readonly ticketId: TicketId; readonly text: string }
  | { readonly kind: 'fields'; readonly ticketId: TicketId }
);

/** What this process knows of a write by its ref. */
export interface Known {
  readonly sent: Sent;
  readonly receipt: Receipt | null;
  /** The reply's transaction, where RT named it. */
  readonly transactionId: string | null;
}

/** What a write gave. */
export interface Done {
  readonly receipt: Receipt;
  /** The reply's transaction, where RT named it. */
  readonly transactionId: string | null;
}

const NOTHING = { receipt: null, transactionId: null } as const;

/** The writes of this process: exactly once, although RT cannot tell a repetition. */
export interface Refs {
  /**
   * Carries out a write unless it is under way or done already: then it gives what that gives. So there is never more than
   * one in flight for a ref.
   */
  once(
    ref: Ref,
    sent: Sent,
    work: () => Promise<Result<Done, DeskFault>>,
  ): Promise<Result<Receipt, DeskFault>>;
  known(ref: Ref): Known | undefined;
  /** The ref of a reply that was written here. */
  byTransaction(id: string): Ref | null;
  /**
   * Whether RT may still be busy with a write of this ref, so that not finding it says nothing: it is in flight; or it was
   * sent and its end is unknown, and RT's longest wait for its database is not over since. Of a ref that this process has not
   * sent nobody knows when an earlier one did: it may have been just before this one started.
   */
  mayBeUnderWay(ref: Ref): boolean;
  close(): void;
}

/** What the writes need. */
export interface RefDeps {
  readonly clock: Clock;
  /** How long RT may be busy with a write whose answer never came, in ms. */
  readonly wait: number;
}

/** How many writes are remembered. */
const REMEMBERED = 500;

/** Remembers nothing at first: whatever an earlier process sent may still be under way. */
export function createRefs({ clock, wait }: RefDeps): Refs {
  const inFlight = new Map<Ref, Promise<Result<Receipt, DeskFault>>>();
  const memory = createKept<Known & { readonly ref: Ref }>(REMEMBERED);
  const inDoubt = new Map<Ref, () => void>();
  let isYoung = wait > 0;
  const stopYouth = clock.after(wait, () => (isYoung = false));

  function doubt(ref: Ref): void {
    inDoubt.get(ref)?.();
    inDoubt.set(
      ref,
      clock.after(wait, () => inDoubt.delete(ref)),
    );
  }

  async function carryOut(
    ref: Ref,
    sent: Sent,
    work: () => Promise<Result<Done, DeskFault>>,
  ): Promise<Result<Receipt, DeskFault>> {
    const result = await work();
    const { receipt, transactionId } = result.ok ? result.value : NOTHING;
    memory.set(ref, { ref, sent, receipt, transactionId });
    if (result.ok) return ok(result.value.receipt);
    if (result.fault.kind === 'ambiguous') doubt(ref);
    return result;
  }

  return {
    once(ref, sent, work) {
      const receipt = memory.get(ref)?.receipt;
      if (receipt) return Promise.resolve(ok(receipt));
      const running = inFlight.get(ref);
      if (running) return running;
      const started = carryOut(ref, sent, work).finally(() => inFlight.delete(ref));
      inFlight.set(ref, started);
      return started;
    },
    known: (ref) => memory.get(ref),
    byTransaction: (id) => memory.values().find((one) => one.transactionId === id)?.ref ?? null,
    mayBeUnderWay(ref) {
      if (inFlight.has(ref) || inDoubt.has(ref)) return true;
      return memory.get(ref) === undefined && isYoung;
    },
    close() {
      stopYouth();
      inDoubt.forEach((stop) => stop());
      inDoubt.clear();
    },
  };
}
