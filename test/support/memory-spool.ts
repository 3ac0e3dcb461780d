import { createHash } from 'node:crypto';
import { type Spool, StorageError } from '../../src-main/platform/documents.types';

/** A spool without a disk, that can be told to fail. */
export interface MemorySpool extends Spool {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** `null`: it works. */
  failWith(reason: StorageError['reason'] | null): void;
}

/** Makes an empty spool. */
export function createMemorySpool(): MemorySpool {
  const files = new Map<string, Uint8Array>();
  let fault: StorageError['reason'] | null = null;
  return {
    files,
    failWith: (reason) => void (fault = reason),
    async put(bytes) {
      if (fault) throw new StorageError(fault);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      files.set(sha256, bytes);
      return sha256;
    },
    async read(sha256) {
      const bytes = files.get(sha256);
      if (!bytes) throw new Error('not in the spool');
      return bytes;
    },
    has: (sha256) => Promise.resolve(files.has(sha256)),
    async sweep(inUse) {
      for (const sha256 of files.keys()) if (!inUse.has(sha256)) files.delete(sha256);
    },
  };
}
