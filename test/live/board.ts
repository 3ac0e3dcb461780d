import { createHash } from 'node:crypto';
import type { Ref, TicketId } from '@shared/domain/primitives';
import type { SpooledFile } from '@shared/domain/attachment';
import type { Capabilities } from '@shared/domain/board';
import type { DeskConnector, OutgoingFile } from '../../src-main/desk/connector';

/** How to reach a board as one person, and what the provider's side can do in a test. */
export interface BoardUnderTest {
  /** The board's base URL, for a bad network to stand before. */
  readonly url: string;
  /** A connector signed in as the person; by another address where given. Closed by the caller. */
  connect(options?: { readonly url?: string; readonly signedOut?: boolean }): DeskConnector;
  /** How often the board carried out a write, by its own books. */
  carriedOut(ref: Ref): Promise<number>;
  /** The engineer resolves the ticket. */
  resolve(id: TicketId): Promise<void>;
  /** The engineer writes. */
  reply(id: TicketId, text: string): Promise<void>;
  /** The provider announces an outage; or ends it. Needed where the board lists who is affected. */
  announceOutage(id: string, state: 'ongoing' | 'over'): Promise<void>;
  close(): Promise<void>;
}

/** Starts a board of its own for a group of tests. */
export type StartBoard = () => Promise<BoardUnderTest>;

/** A board by name, with what it can do. */
export interface BoardKind {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Where tickets are filed, for a fault that shall meet nothing else. */
  readonly createPath: string;
  readonly start: StartBoard;
}

/** A file with its bytes at hand. */
export function outgoingFile(
  name: string,
  bytes: Uint8Array,
  type = 'application/octet-stream',
): OutgoingFile {
  return { ...spooled(name, bytes, type), open: async () => bytes };
}

/** A file as the spool would describe it. */
export const spooled = (name: string, bytes: Uint8Array, type = 'application/octet-stream'): SpooledFile => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  name,
  type,
  size: bytes.byteLength,
});
