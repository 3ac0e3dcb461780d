import fs from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * One small JSON file that must be readable before anything heavier is loaded (the theme, the window's place).
 * Written beside and renamed, so that a crash leaves the old or the new content, never half of one.
 */
export interface JsonFile {
  /** The content right now; `undefined` when there is none or it is no JSON. */
  readNow(): unknown;
  /** Resolves when the content is on disk. Writes are done in order; of several waiting ones only the last is written. */
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
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    const handle = await open(beside, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
