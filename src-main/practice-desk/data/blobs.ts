import { createHash, randomUUID, type Hash } from 'node:crypto';
import type { ReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, utimes, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from './journal';

/** Files by content: the same bytes are kept once, under their SHA-256. */
export interface Blobs {
  /** Stores bytes durably and gives their SHA-256. */
  put(bytes: Uint8Array): Promise<string>;
  /** A file that is stored while it comes in. */
  receive(): Promise<IncomingBlob>;
  /** The bytes; `null` where the file is not there any more. */
  read(sha256: string): Promise<ReadStream | null>;
  /** Removes files that are not in use and older than `before`, and what was left half-written. */
  sweep(inUse: ReadonlySet<string>, before: Date): Promise<void>;
}

/** A file that is being received: write to the end, then keep or discard it. */
export interface IncomingBlob {
  write(chunk: Uint8Array): Promise<void>;
  /** Stores it durably and gives its SHA-256. */
  keep(): Promise<string>;
  discard(): Promise<void>;
}

/** Opens (and makes) the folder of files. */
export async function openBlobs(folder: string): Promise<Blobs> {
  const arriving = path.join(folder, 'arriving');
  await rm(arriving, { recursive: true, force: true });
  await mkdir(arriving, { recursive: true, mode: 0o700 });
  const fileOf = (sha256: string): string => path.join(folder, sha256);

  async function receive(): Promise<IncomingBlob> {
    const file = path.join(arriving, randomUUID());
    return incoming(await open(file, 'wx', 0o600), file, (sha256) => settle(file, fileOf(sha256), folder));
  }

  return {
    receive,
    async put(bytes) {
      const blob = await receive();
      await blob.write(bytes);
      return blob.keep();
    },
    async read(sha256) {
      const handle = await openIfThere(fileOf(sha256));
      return handle?.createReadStream() ?? null;
    },
    async sweep(inUse, before) {
      for (const name of await readdir(folder)) {
        if (!/^[0-9a-f]{64}$/.test(name) || inUse.has(name)) continue;
        const { mtime } = await stat(fileOf(name));
        if (mtime < before) await rm(fileOf(name), { force: true });
      }
    },
  };
}

function incoming(
  handle: FileHandle,
  file: string,
  settled: (sha256: string) => Promise<void>,
): IncomingBlob {
  const hash: Hash = createHash('sha256');
  return {
    async write(chunk) {
      hash.update(chunk);
      await handle.appendFile(chunk);
    },
    async keep() {
      await handle.sync();
      await handle.close();
      const sha256 = hash.digest('hex');
      await settled(sha256);
      return sha256;
    },
    async discard() {
      await handle.close();
      await rm(file, { force: true });
    },
  };
}

/** Moves a received file to its place; one that is there already counts as new, so that a sweep leaves it alone. */
async function settle(file: string, target: string, folder: string): Promise<void> {
  if (await exists(target)) await rm(file);
  else await rename(file, target);
  const now = new Date();
  await utimes(target, now, now);
  await syncFolder(folder);
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

async function openIfThere(file: string): Promise<FileHandle | null> {
  try {
    return await open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
