import fs from 'node:fs';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, moveFile, PRIVATE_FILE, toStorageError } from './files';

/**
 * One small JSON file that must be readable before anything heavier is loaded (the theme, the window's place).
 * Written beside and renamed, so that a crash leaves the old or the new content, never half of one.
 */
export interface JsonFile {
  /** The content right now; `undefined` when there is none or it is no JSON. */
  readNow(): unknown;
  /**
   * Resolves when the content is on disk. Writes are done in order; of several waiting ones only the last is written.
   * @throws StorageError
   */
  write(content: unknown): Promise<void>;
  /** Resolves when every write asked for so far has ended. */
  settled(): Promise<void>;
}

/** Opens a small JSON file; neither it nor its folder needs to exist. */
export function createJsonFile(file: string): JsonFile {
  let waiting: { readonly text: string } | null = null;
  let running: Promise<void> | null = null;

  const drain = async (): Promise<void> => {
    try {
      while (waiting) {
        const { text } = waiting;
        waiting = null;
        await replaceFile(file, text);
      }
    } finally {
      running = null;
    }
  };

  return {
    readNow() {
      try {
        return JSON.parse(fs.readFileSync(file, 'utf8')) as unknown;
      } catch {
        return undefined;
      }
    },
    write(content) {
      waiting = { text: JSON.stringify(content, null, 2) };
      running ??= drain();
      return running;
    },
    settled: () => (running ?? Promise.resolve()).catch(() => undefined),
  };
}

async function replaceFile(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  try {
    await makeFolder(path.dirname(file));
    await writeSynced(beside, text);
    await moveFile(beside, file);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw toStorageError(error);
  }
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w', PRIVATE_FILE);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
