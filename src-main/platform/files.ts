import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StorageError } from './documents.types';

/** Only this user may look into Deskbell's folders. Windows keeps the profile folder private by itself. */
export const PRIVATE_FOLDER = 0o700;
/** Only this user may read Deskbell's files. */
export const PRIVATE_FILE = 0o600;

const REASONS: Readonly<Record<string, StorageError['reason']>> = {
  ENOSPC: 'diskFull',
  EDQUOT: 'diskFull',
  EACCES: 'noPermission',
  EPERM: 'noPermission',
  EROFS: 'noPermission',
};
const RENAME_PAUSES_MS = [10, 50, 200, 500];

/** The system's code of an error, e.g. `ENOENT`; empty for anything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Says why something could not be stored, in the three ways a user can act on. */
export function toStorageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  return new StorageError(REASONS[errorCode(error)] ?? 'other', { cause: error });
}

/**
 * Makes the names in a folder durable: without it a new or renamed file may be missing after a power cut (man 2 fsync).
 * Windows cannot sync a folder (opening one fails); NTFS journals the change of names itself.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a private folder and the ones above it, durably. One that exists is left as it is. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = path.dirname(made)) {
    await syncFolder(path.dirname(made));
  }
}

/**
 * Renames, replacing what is there. Windows refuses while a virus scanner or the search index holds the file open for a
 * moment (https://github.com/isaacs/node-graceful-fs#improvements-over-fs-module), so it is tried again for under a second.
 */
export async function moveFile(from: string, to: string): Promise<void> {
  for (const pause of process.platform === 'win32' ? RENAME_PAUSES_MS : []) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (!['EACCES', 'EPERM', 'EBUSY'].includes(errorCode(error))) throw error;
      await sleep(pause);
    }
  }
  await rename(from, to);
}
