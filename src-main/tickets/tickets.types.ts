import type { Instant, Ref, TicketId } from '@shared/domain/primitives';
import type { Ticket, TicketSummary } from '@shared/domain/ticket';

/** A ticket before and after; `before` is `undefined` for one that was not in the cache yet. */
export interface TicketChange {
  readonly before: Ticket | undefined;
  readonly after: Ticket;
}

/** What changed in the cache. Both lists empty: only marks (dismissed surveys, read, time of confirmation) changed. */
export interface TicketsChange {
  readonly upserted: readonly TicketChange[];
  readonly removed: readonly TicketId[];
}

/**
 * The tickets of one account as the board last told them: shown at once after a start, and while offline.
 * A cache only: nothing in it is the user's own work, so what cannot be read is moved aside and fetched again.
 */
export interface Tickets {
  /** Reads everything back. Anything damaged goes to quarantine, and the cursor goes back to the beginning. */
  load(): Promise<{ readonly quarantined: number }>;
  /** Every ticket, latest change first. */
  list(): readonly TicketSummary[];
  get(id: TicketId): Ticket | undefined;
  /** The ticket filed under this idempotency key, if it is in the cache. */
  findByRef(ref: Ref): Ticket | undefined;
  /**
   * Takes tickets as the board sent them and resolves with those that really changed, when they are on disk.
   * One that is older than what is here (answers overtake one another) is left out.
   */
  upsert(tickets: readonly Ticket[]): Promise<readonly TicketChange[]>;
  /** Forgets a ticket that no longer exists for this person. */
  remove(id: TicketId): Promise<void>;
  /** Where to go on listing changes; `null`: from the beginning. */
  cursor(): string | null;
  /** Remembers the cursor durably; called after the tickets it covers are stored. */
  setCursor(cursor: string | null): Promise<void>;
  /** When the board last confirmed the list; `null`: never. */
  syncedAt(): Instant | null;
  /** The board confirmed the list just now. */
  confirm(): Promise<void>;
  /** Surveys the user chose not to answer. */
  dismissedSurveys(): readonly TicketId[];
  dismissSurvey(id: TicketId): Promise<void>;
  /** Surveys put off, with when they are asked for again. */
  laterSurveys(): Readonly<Record<TicketId, Instant>>;
  /** Puts a survey off until then. */
  putOffSurvey(id: TicketId, until: Instant): Promise<void>;
  /** The user has seen this ticket as it is now. */
  markRead(id: TicketId): Promise<void>;
  /** Tickets with news from the desk that the user has not opened since. */
  unread(): readonly TicketId[];
  /** Forgets everything, on disk too (another account). */
  clear(): Promise<void>;
  onChange(listener: (change: TicketsChange) => void): () => void;
}
