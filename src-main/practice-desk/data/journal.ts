import { createHash } from 'node:crypto';
import { constants, open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/**
 * An append-only file of checksummed lines. A line is on disk and synced when `append` resolves; after a crash a line
 * is there whole or not at all. Calls must not overlap (the store queues them).
 */
export interface Journal {
  /** Size in bytes. */
  readonly size: number;
  /** Adds a line durably. @throws when it could not be stored; the journal is then as before */
  append(entry: unknown): Promise<void>;
  /** Puts fewer lines in the place of all lines, atomically. @throws as `append` */
  rewrite(entries: Iterable<unknown>): Promise<void>;
  close(): Promise<void>;
}

/** The content of a journal cannot be trusted: a line before the last is damaged, or it is no journal at all. */
export class UnreadableJournal extends Error {
  constructor(readonly line: number) {
    super(`journal: line ${line} cannot be read`);
    this.name = 'UnreadableJournal';
  }
}

const CHECKSUM_LENGTH = 16;
const NEWLINE = 0x0a;
/** Made if missing, kept if there. Not the append mode: a file opened so cannot be truncated on Windows. */
const READ_WRITE = constants.O_RDWR | constants.O_CREAT;
/** How many lines are prepared before other work gets its turn. */
const LINES_PER_TURN = 200;

/**
 * Opens (and makes) a journal and gives its entries in order. A last line that was cut off by a crash is removed: it
 * was never acknowledged.
 * @throws UnreadableJournal, or the system's error
 */
export async function openJournal(file: string): Promise<{ journal: Journal; entries: readonly unknown[] }> {
  const { entries, length } = parse(await readIfThere(file));
  await rm(temporary(file), { force: true });
  const handle = await open(file, READ_WRITE);
  await handle.truncate(length);
  await handle.sync();
  await syncFolder(path.dirname(file));
  return { journal: createJournal(file, handle, length), entries };
}

function createJournal(file: string, opened: FileHandle, length: number): Journal {
  let handle = opened;
  let size = length;
  let broken: unknown = null;

  async function append(entry: unknown): Promise<void> {
    if (broken !== null) throw new Error('journal: an earlier failure was not mended', { cause: broken });
    const bytes = Buffer.from(lineOf(entry));
    try {
      await writeAt(handle, bytes, size);
      await handle.datasync();
    } catch (error) {
      await handle.truncate(size).catch((second: unknown) => (broken = second));
      throw error;
    }
    size += bytes.length;
  }

  async function rewrite(entries: Iterable<unknown>): Promise<void> {
    const written = await writeAll(temporary(file), entries);
    await handle.close();
    try {
      await rename(temporary(file), file);
      size = written;
    } finally {
      handle = await open(file, READ_WRITE);
    }
    await syncFolder(path.dirname(file));
  }

  return {
    get size() {
      return size;
    },
    append,
    rewrite,
    close: () => handle.close(),
  };
}

async function writeAt(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

async function writeAll(file: string, entries: Iterable<unknown>): Promise<number> {
  const handle = await open(file, 'w');
  let size = 0;
  try {
    for (const lines of batches(entries, LINES_PER_TURN)) {
      const bytes = Buffer.from(lines.map(lineOf).join(''));
      await handle.appendFile(bytes);
      size += bytes.length;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return size;
}

function* batches<T>(items: Iterable<T>, count: number): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < count) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const temporary = (file: string): string => `${file}.new`;
const checksum = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, CHECKSUM_LENGTH);

function lineOf(entry: unknown): string {
  const text = JSON.stringify(entry);
  return `${checksum(text)} ${text}\n`;
}

/** Whole lines and how many bytes they take. Only the last line may be damaged. */
function parse(bytes: Buffer): { entries: unknown[]; length: number } {
  const entries: unknown[] = [];
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(NEWLINE, start);
    const entry = end < 0 ? null : readLine(bytes.toString('utf8', start, end));
    if (entry === null) {
      if (end >= 0 && end + 1 < bytes.length) throw new UnreadableJournal(entries.length + 1);
      if (entries.length === 0) throw new UnreadableJournal(1);
      break;
    }
    entries.push(entry.value);
    start = end + 1;
  }
  return { entries, length: start };
}

function readLine(line: string): { value: unknown } | null {
  const text = line.slice(CHECKSUM_LENGTH + 1);
  if (line.slice(0, CHECKSUM_LENGTH) !== checksum(text)) return null;
  return { value: JSON.parse(text) as unknown };
}

async function readIfThere(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

/** Makes a new name in a folder durable. Windows does that by itself and cannot open folders. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
