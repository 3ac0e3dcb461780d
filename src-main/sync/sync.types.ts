import type { DeskFault } from '@shared/domain/fault';
import type { Instant, Ref, TicketId } from '@shared/domain/primitives';
import type { Result } from '@shared/domain/result';
import type { Ticket } from '@shared/domain/ticket';
import type { DeskConnector } from '../desk/connector';
import type { Outbox } from '../outbox/outbox.types';
import type { Spool } from '../platform/documents.types';
import type { Clock, Log, NetworkState, Random } from '../platform/types';
import type { Facts } from '../tickets/facts.types';
import type { TicketChange, Tickets } from '../tickets/tickets.types';

/** How the board can be reached. `checking`: no answer yet since the start, or since signing in. */
export interface Reach {
  readonly state: 'checking' | 'online' | 'offline' | 'signedOut';
  /** When the board last answered; `null`: not since the start. */
  readonly lastContactAt: Instant | null;
}

/** What the user is doing; decides how often a board without push is asked. */
export type Activity = 'window' | 'background' | 'asleep';

/** Tickets that changed, when they are on disk. */
export interface TicketNews {
  readonly changes: readonly TicketChange[];
  /** The first listing of an account, or one from the beginning: old news, nothing to notify about. */
  readonly catchingUp: boolean;
}

/** How far the files of a write have gone, in bytes. */
export interface UploadProgress {
  readonly ref: Ref;
  readonly sent: number;
  readonly total: number;
}

/** E-mail as the way around a board that is out of reach, for the tickets the user has chosen it for. */
export interface MailWay {
  /** What sends by e-mail; `null`: it is not set up (any more). */
  connector(): Promise<DeskConnector | null>;
  /** Whether trying makes sense now: there is a network, or the mail server is on this computer. */
  canSend(): boolean;
}

/** What the sync works with. */
export interface SyncDeps {
  readonly outbox: Outbox;
  readonly connector: DeskConnector;
  readonly tickets: Tickets;
  readonly facts: Facts;
  readonly spool: Spool;
  readonly clock: Clock;
  readonly network: NetworkState;
  readonly random: Random;
  readonly log: Log;
  /** The board is on this computer: a missing network does not matter. Default: false. */
  readonly local?: boolean;
  /** Left out: nothing goes by e-mail instead. */
  readonly mail?: MailWay;
  /** How many tickets are written to at the same time. Default: 3. */
  readonly lanes?: number;
}

/** Drains the outbox to the board and follows what happens there. One per connection; everything ends with `stop`. */
export interface Sync {
  start(): void;
  /** Cancels everything and resolves when what was under way is booked. The sync is not used afterwards. */
  stop(): Promise<void>;
  /** The user has signed in again: goes on where the end of the session stopped it. */
  resume(): void;
  /** Asks the board now; resolves when it answered or could not be reached. */
  refresh(): Promise<void>;
  /** Brings one ticket up to date. */
  fetch(id: TicketId): Promise<Result<Ticket, DeskFault>>;
  setActivity(activity: Activity): void;
  reach(): Reach;
  /** Called when the state changes (not for every contact). */
  onReach(listener: (reach: Reach) => void): () => void;
  onNews(listener: (news: TicketNews) => void): () => void;
  /** Files going up; ends with `sent` equal to `total`. */
  onProgress(listener: (progress: UploadProgress) => void): () => void;
}
