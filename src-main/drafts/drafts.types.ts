import type { CallFault } from '@shared/contract';
import type { Draft } from '@shared/domain/draft';
import type { OutboxItem } from '@shared/domain/outbox';
import type { Instant, Ref, TicketId } from '@shared/domain/primitives';
import type { Result } from '@shared/domain/result';
import type { TicketKey } from '@shared/domain/route';

/** What a draft is for: a new ticket, a message for a ticket, or a ticket's survey. */
export type DraftPlace =
  | {
      readonly kind: 'ticket';
      readonly about?: 'problem' | 'person' | undefined;
      /** One in which nothing is written yet, whatever else was begun. */
      readonly fresh?: boolean | undefined;
    }
  | { readonly kind: 'message'; readonly ticketKey: TicketKey; readonly followUp?: true | undefined }
  | { readonly kind: 'survey'; readonly ticketId: TicketId };

/** A file as the window hands it over. */
export interface FileForDraft {
  readonly draftId: Ref;
  readonly name: string;
  /** Media type; empty if unknown. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/**
 * Everything typed but not sent. Saved as the user types: a crash costs the last 150 ms of typing at most. A draft ends only by
 * being sent or discarded. Every operation waits for `load`.
 */
export interface Drafts {
  /**
   * Reads everything back; forgets drafts that were sent, and files that nothing refers to. Call it after the outbox has
   * loaded and before anything is pruned from it.
   */
  load(): Promise<{ readonly quarantined: number }>;
  /** Oldest first. */
  list(): readonly Draft[];
  get(id: Ref): Draft | undefined;
  /**
   * The draft of a place: the one changed last where there is one, else a new one, kept on disk from its first save. A
   * ticket goes on with one in which something is written; `fresh` asks for one in which nothing is.
   */
  create(place: DraftPlace): Promise<Result<Draft, CallFault>>;
  /**
   * Takes what was typed; resolves when this or something newer is on disk. Files, kind and place stay as they are.
   * Saves in quick succession share writes. `notFound`: the draft was sent or discarded meanwhile.
   */
  save(draft: Draft): Promise<Result<{ readonly savedAt: Instant }, CallFault>>;
  /** A draft that is not there is fine. */
  discard(id: Ref): Promise<Result<void, CallFault>>;
  /** Checks and keeps a file. `file`: it cannot go along, and why. */
  addFile(file: FileForDraft): Promise<Result<Draft, CallFault>>;
  removeFile(file: {
    readonly draftId: Ref;
    readonly sha256: string;
    readonly name: string;
  }): Promise<Result<Draft, CallFault>>;
  /**
   * Hands the draft to the outbox under its id and ends it. Sent once however often it is called: later calls give the item.
   * `invalid`: what has to be changed first; the draft stays.
   */
  send(id: Ref): Promise<Result<OutboxItem, CallFault>>;
  /**
   * The same for a draft that is split: one item for each part, under the part's id. `invalid`: nothing was sent.
   * `notStored`: some may be accepted already; calling it again hands over the rest.
   */
  sendParts(id: Ref): Promise<Result<OutboxItem[], CallFault>>;
  /**
   * Takes an unsent item back into a draft with a new id, files included. `tooLate`: it is leaving, has left or may have arrived,
   * so that sending it anew could file it twice. `refused`: a change of state has nothing to edit, and a
   * message whose ticket was discarded has no place any more.
   */
  fromItem(ref: Ref): Promise<Result<Draft, CallFault>>;
  /** Resolves when everything typed so far is on disk, or could not be stored (before quitting). */
  flush(): Promise<void>;
  /** Called with all drafts when one is on disk, or gone. */
  onChange(listener: (drafts: readonly Draft[]) => void): () => void;
}
