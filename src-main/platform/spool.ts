import { randomUUID, webcrypto } from 'node:crypto';
import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Sha256Schema } from '@shared/domain/primitives';
import type { Spool } from './documents.types';
import { errorCode, makeFolder, moveFile, PRIVATE_FILE, syncFolder, toStorageError } from './files';
import { createSerial } from './serial';

const PARTIAL = '.partial-';

/** Opens (and makes with the first file) the folder in which attachments wait, named by the SHA-256 of their bytes. */
export function createSpool(folder: string): Spool {
  const serial = createSerial();
  const writing = new Set<string>();

  async function store(sha256: string, bytes: Uint8Array): Promise<void> {
    const target = fileOf(folder, sha256);
    if (await isIntact(target, sha256)) return;
    await makeFolder(folder);
    const partial = PARTIAL + randomUUID();
    const file = path.join(folder, partial);
    writing.add(partial);
    try {
      await writeSynced(file, bytes);
      await moveFile(file, target);
      await syncFolder(folder);
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    } finally {
      writing.delete(partial);
    }
  }

  return {
    async put(bytes) {
      const sha256 = await sha256Of(bytes);
      try {
        await serial.run(sha256, () => store(sha256, bytes));
      } catch (error) {
        throw toStorageError(error);
      }
      return sha256;
    },

    async read(sha256) {
      const bytes = await readFile(fileOf(folder, sha256));
      if ((await sha256Of(bytes)) !== sha256) throw new Error('A file in the spool is damaged.');
      return bytes;
    },

    async has(sha256) {
      try {
        return (await stat(fileOf(folder, sha256))).isFile();
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return false;
        throw error;
      }
    },

    async sweep(inUse) {
      try {
        for (const name of await namesIn(folder)) {
          const stale = Sha256Schema.safeParse(name).success
            ? !inUse.has(name)
            : name.startsWith(PARTIAL) && !writing.has(name);
          if (stale) await serial.run(name, () => rm(path.join(folder, name), { force: true }));
        }
      } catch (error) {
        throw toStorageError(error);
      }
    },
  };
}

/** @throws for anything but a hash: a name from a damaged document must not lead out of the folder. */
function fileOf(folder: string, sha256: string): string {
  return path.join(folder, Sha256Schema.parse(sha256));
}

/** Hashes on Node's thread pool: 25 MB would hold up the main thread for tens of milliseconds. */
async function sha256Of(bytes: Uint8Array): Promise<string> {
  const digest = await webcrypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return Buffer.from(digest).toString('hex');
}

async function isIntact(file: string, sha256: string): Promise<boolean> {
  try {
    return (await sha256Of(await readFile(file))) === sha256;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', PRIVATE_FILE);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
