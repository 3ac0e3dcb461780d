import { createHash } from 'node:crypto';
import type { Ref, TicketId } from '@shared/domain/primitives';
import type { SpooledFile } from '@shared/domain/attachment';
import type { Capabilities } from '@shared/domain/board';
import type { DeskConnector, OutgoingFile } from '../../src-main/desk/connector';
import type { FaultProxy, ProxyFault } from './fault-proxy';

/** How a connector is wanted. */
export interface ConnectOptions {
  /** By which address; the board's own if left out. */
  readonly url?: string;
  /** Whether the session is over, asked before each call. */
  readonly isSignedOut?: () => boolean;
}

/** How to reach a board as one person, and what the provider's side can do in a test. */
export interface BoardUnderTest {
  /** The board's address, for a bad network to stand before. */
  readonly url: string;
  /** A connector signed in as the person. Closed by the caller. */
  connect(options?: ConnectOptions): DeskConnector;
  /** How often the board carried out a write, by its own books. */
  carriedOut(ref: Ref): Promise<number>;
  /** The engineer resolves the ticket. */
  resolve(id: TicketId): Promise<void>;
  /** The engineer writes. */
  reply(id: TicketId, text: string): Promise<void>;
  /** The provider announces an outage; or ends it. Needed where the board lists who is affected. */
  announceOutage(id: string, state: 'ongoing' | 'over'): Promise<void>;
  /** Somebody with more than 1,000 tickets; needed where the board can be read. */
  many(): Promise<{ readonly desk: DeskConnector; readonly count: number }>;
  /** A connector of somebody who may not file tickets, until the provider relents. Closed by the caller. */
  refusing(): Promise<{ readonly desk: DeskConnector; readonly relent: () => Promise<void> }>;
  /** The board goes away; what it knows stays. */
  stop(): Promise<void>;
  /** It comes back at the same address. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a board of its own for a group of tests. */
export type StartBoard = () => Promise<BoardUnderTest>;

/** A board by name, with what it can do. `capabilities` decides what is tested. */
export interface BoardKind {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Where tickets are filed, for a fault that shall meet nothing else. */
  readonly createPath: string;
  /** Each call takes a good part of a second: what is tried very often elsewhere is tried a few times. */
  readonly isSlow?: boolean;
  /** Says so instead of taking a file without a byte in it. */
  readonly refusesEmptyFiles?: boolean;
  /** A bad network before the board, and what can happen in it. Default: HTTP's, with everything. */
  readonly startProxy?: (target: string) => Promise<FaultProxy>;
  readonly faults?: readonly ProxyFault[];
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
