import type * as z from 'zod';

/** Why a document or file could not be stored. Thrown by stores; the boundary above turns it into a fault. */
export class StorageError extends Error {
  constructor(
    readonly reason: 'diskFull' | 'noPermission' | 'other',
    options?: ErrorOptions,
  ) {
    super(`storage: ${reason}`, options);
    this.name = 'StorageError';
  }
}

/**
 * A folder of JSON documents, one file each, every one checked by a schema when read.
 * A write is on disk and synced (file and folder) when it resolves. Unreadable files are moved to `quarantine/` beside it and counted.
 */
export interface DocumentFolder<T> {
  /** Reads every document without holding up the event loop for long (never over 50 ms at a stretch). */
  loadAll(): Promise<{ readonly documents: ReadonlyMap<string, T>; readonly quarantined: number }>;
  /** Stores durably. @throws StorageError */
  write(name: string, document: T): Promise<void>;
  /** Removes durably; a missing document is fine. @throws StorageError */
  remove(name: string): Promise<void>;
}

/** Opens (and makes) a folder of documents. Names are file-name safe: letters, digits, `-`, `_`. */
export type OpenDocuments = <T>(folder: string, schema: z.ZodType<T>) => DocumentFolder<T>;

/** Files by content: bytes go in, their SHA-256 comes out; the same bytes are kept once. */
export interface Spool {
  /** Stores durably and resolves with the hash. @throws StorageError */
  put(bytes: Uint8Array): Promise<string>;
  /** @throws when the file is gone */
  read(sha256: string): Promise<Uint8Array>;
  has(sha256: string): Promise<boolean>;
  /** Removes every file whose hash is not in use; half-written leftovers too. */
  sweep(inUse: ReadonlySet<string>): Promise<void>;
}
