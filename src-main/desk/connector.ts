import type { Agreement, Announcement } from '@shared/domain/agreement';
import type { SpooledFile } from '@shared/domain/attachment';
import type { BoardCheck, Capabilities } from '@shared/domain/board';
import type { DeskFault } from '@shared/domain/fault';
import type { Intake } from '@shared/domain/intake';
import type { Receipt } from '@shared/domain/outbox';
import type { Ref, TicketId } from '@shared/domain/primitives';
import type { Result } from '@shared/domain/result';
import type { SurveyAnswers } from '@shared/domain/survey';
import type { StateChange, Ticket } from '@shared/domain/ticket';

/** A person as the board knows them. */
export interface BoardPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}

/** A file of a write with a way to read its bytes from the spool. */
export interface OutgoingFile extends SpooledFile {
  /** Opens the bytes; rejects only if the spool lost the file. */
  readonly open: () => Promise<Uint8Array>;
}

/** One problem, ready to be filed. */
export interface TicketCreation {
  readonly summary: string;
  readonly intake: Intake;
  readonly files: readonly OutgoingFile[];
}

/** An entry for a ticket's conversation. */
export interface OutgoingMessage {
  readonly text: string;
  readonly files: readonly OutgoingFile[];
  /** Whether the user follows up with it. */
  readonly followUp?: boolean;
  /** What its ticket was filed with, where that is known here: a mailbox keeps a conversation together by its subject. */
  readonly filed?: Pick<TicketCreation, 'summary' | 'intake'>;
}

/**
 * What a look-up by ref found. `unknown`: the board could not say, so nothing may be sent again yet. `impossible`: it never
 * will, because it cannot be read (e-mail): only a person can find out.
 */
export type RefLookup =
  | { readonly kind: 'receipt'; readonly receipt: Receipt }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly fault: DeskFault }
  | { readonly kind: 'impossible' };

/** Tickets changed since a cursor; the cursor to keep covers all of them. `null` as cursor: everything. */
export interface ChangePage {
  readonly tickets: readonly Ticket[];
  readonly cursor: string;
  /** Whether to ask again at once with the new cursor. */
  readonly more: boolean;
}

/** What a board pushes. `reset`: events were lost, list from the cursor. */
export type BoardPush =
  | { readonly kind: 'open' }
  | { readonly kind: 'ticket'; readonly id: TicketId }
  | { readonly kind: 'announcements' }
  | { readonly kind: 'agreement' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'closed'; readonly fault: DeskFault };

/** Options every operation takes. */
export interface CallOptions {
  /** Cancels the request; the result is then `offline` or, for a write under way, `ambiguous`. */
  readonly signal?: AbortSignal;
}

/** Options of a write. */
export interface WriteOptions extends CallOptions {
  /** Bytes of files sent so far and in all. */
  readonly onProgress?: (sent: number, total: number) => void;
}

/**
 * A service board as Deskbell needs it. One folder per board implements it; nothing outside that folder knows the board's protocol.
 * No operation throws for a reason of the board or the network. Every write carries a `ref` that was stored before the call.
 */
export interface DeskConnector {
  readonly capabilities: Capabilities;
  whoAmI(options?: CallOptions): Promise<Result<BoardPerson, DeskFault>>;
  agreement(options?: CallOptions): Promise<Result<Agreement | null, DeskFault>>;
  announcements(options?: CallOptions): Promise<Result<readonly Announcement[], DeskFault>>;
  create(ticket: TicketCreation, ref: Ref, options?: WriteOptions): Promise<Result<Receipt, DeskFault>>;
  addMessage(
    id: TicketId,
    message: OutgoingMessage,
    ref: Ref,
    options?: WriteOptions,
  ): Promise<Result<Receipt, DeskFault>>;
  setState(
    id: TicketId,
    change: StateChange,
    text: string,
    ref: Ref,
    options?: WriteOptions,
  ): Promise<Result<Receipt, DeskFault>>;
  rate(
    id: TicketId,
    answers: SurveyAnswers,
    comment: string,
    ref: Ref,
    options?: WriteOptions,
  ): Promise<Result<Receipt, DeskFault>>;
  /**
   * Puts the person on the list of those affected by an announced outage; once, however often and with whatever ref.
   * `conflict/closed`: it is over; `conflict/gone` or `rejected`: there is no such announcement (any more).
   */
  join(announcementId: string, ref: Ref, options?: WriteOptions): Promise<Result<Receipt, DeskFault>>;
  /** What became of a write whose outcome is unknown. */
  findByRef(ref: Ref, options?: CallOptions): Promise<RefLookup>;
  listChanged(cursor: string | null, options?: CallOptions): Promise<Result<ChangePage, DeskFault>>;
  /** One whole ticket; `conflict/gone` when it does not exist for this person. */
  get(id: TicketId, options?: CallOptions): Promise<Result<Ticket, DeskFault>>;
  /** The bytes of an attachment. */
  download(
    ticketId: TicketId,
    attachmentId: string,
    options?: CallOptions,
  ): Promise<Result<Uint8Array, DeskFault>>;
  /** *Check this board*: every right and field that Deskbell needs, tried as the signed-in person, changing nothing. */
  check(options?: CallOptions): Promise<Result<readonly BoardCheck[], DeskFault>>;
  /** Follows the board's pushes until stopped; ends with one `closed`. Boards without push are polled instead. */
  subscribe(listener: (push: BoardPush) => void): () => void;
  /** Ends connections; the connector is not used afterwards. */
  close(): void;
}
