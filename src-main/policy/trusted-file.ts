import { constants } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Stats } from 'node:fs';
import type { ReadFault } from '@shared/domain/policy-keys';
import { err, ok, type Result } from '@shared/domain/result';
import { errorCode } from '../platform/files';

/** Whose files count. */
export interface TrustRules {
  /** User ids of administrators; root alone, but for tests that run as somebody else. */
  readonly owners?: readonly number[];
  /** The largest file that is read, in bytes. */
  readonly maxBytes?: number;
}

/** A policy with the largest logo is well below a quarter of it. */
const MAX_BYTES = 1024 * 1024;
const ROOT = [0];
/** Write permission of the group and of everybody else. An access list that lets somebody write shows as the group's. */
const WRITABLE_BY_OTHERS = 0o022;

/**
 * Reads a file that only an administrator can have written: it and every folder above it belong to one, nobody else may write
 * to them, and none of them is a link. `null`: there is no such file.
 *
 * The folders are looked at from the top, so that nobody but an administrator can change what is below in the meantime; the
 * file is judged by its open handle, not by its name.
 */
export async function readTrustedFile(
  file: string,
  { owners = ROOT, maxBytes = MAX_BYTES }: TrustRules = {},
): Promise<Result<Uint8Array | null, ReadFault>> {
  try {
    for (const folder of foldersAbove(file)) {
      const stats = await lstat(folder);
      const fault = stats.isSymbolicLink()
        ? 'link'
        : stats.isDirectory()
          ? ownershipFault(stats, owners)
          : 'notAFile';
      if (fault !== null) return err(fault);
    }
    // A named pipe would keep a reader waiting for a writer without O_NONBLOCK.
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return await readHandle(handle, owners, maxBytes);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? ok(null) : err(faultOf(error));
  }
}

async function readHandle(
  handle: FileHandle,
  owners: readonly number[],
  maxBytes: number,
): Promise<Result<Uint8Array, ReadFault>> {
  const stats = await handle.stat();
  if (!stats.isFile()) return err('notAFile');
  const fault = ownershipFault(stats, owners);
  if (fault !== null) return err(fault);
  return readAtMost(handle, maxBytes);
}

/** Reads to the end, unless that is further away than `maxBytes`. */
export async function readAtMost(
  handle: FileHandle,
  maxBytes: number = MAX_BYTES,
): Promise<Result<Uint8Array, ReadFault>> {
  const bytes = new Uint8Array(maxBytes + 1);
  let length = 0;
  while (length <= maxBytes) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) return ok(bytes.subarray(0, length));
    length += bytesRead;
  }
  return err('tooLarge');
}

function ownershipFault(stats: Stats, owners: readonly number[]): ReadFault | null {
  if (!owners.includes(stats.uid)) return 'owner';
  return (stats.mode & WRITABLE_BY_OTHERS) === 0 ? null : 'writable';
}

/** Every folder above a file, from the root down. */
function foldersAbove(file: string): readonly string[] {
  const parent = path.dirname(file);
  return parent === file ? [] : [...foldersAbove(parent), parent];
}

/** Why something could not be read, from the system's error. */
export function faultOf(error: unknown): ReadFault {
  switch (errorCode(error)) {
    case 'EACCES':
    case 'EPERM':
      return 'noPermission';
    case 'ELOOP':
      return 'link';
    case 'ENOTDIR':
    case 'EISDIR':
    case 'ENXIO':
      return 'notAFile';
    default:
      return 'other';
  }
}
