import { constants } from 'node:fs';
import { access, open, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { type DocumentFolder, type OpenDocuments, StorageError } from './documents.types';
import { errorCode, makeFolder, moveFile, PRIVATE_FILE, syncFolder, toStorageError } from './files';
import { createSerial } from './serial';
import type { Clock, Log } from './types';

/** The part of electron-store that is used. */
export type StoreClass = new (options: {
  readonly cwd: string;
  readonly name: string;
  readonly accessPropertiesByDotNotation: false;
  readonly clearInvalidConfig: true;
  readonly configFileMode: number;
  readonly serialize: () => string;
}) => { store: Record<string, unknown> };

/** What documents need from outside. */
export interface DocumentsDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** For tests of failing disks; electron-store itself when left out, loaded with the first write and not before. */
  readonly loadStore?: () => Promise<StoreClass>;
}

const SAFE_NAME = /^[A-Za-z0-9_-]{1,100}$/;
const EXTENSION = '.json';
const STAGING = 'staging';
const QUARANTINE = 'quarantine';
const FORMAT = 1;
const READ_AT_ONCE = 32;
/** How long documents are parsed before others get their turn, in milliseconds. */
const SLICE_MS = 10;
const PASSING = ['EMFILE', 'ENFILE', 'EAGAIN', 'EBUSY', 'ENOMEM'];
const PASSING_PAUSES_MS = [20, 100, 400];

/** What stands in a file: the document in a wrapper, so that the format can change one day. */
const EnvelopeSchema = z.object({ format: z.literal(FORMAT), document: z.unknown() });

const loadElectronStore = async (): Promise<StoreClass> => (await import('electron-store')).default;

/** Opens folders of documents below `root` (see {@link DocumentFolder}). */
export function createDocuments(root: string, deps: DocumentsDeps): OpenDocuments {
  return (folder, schema) => openFolder(path.join(root, folder), schema, deps);
}

/**
 * One electron-store per document. The store writes into `staging/`; only what was read back whole is synced and moved to its
 * place. The store alone would not do: its write can stop half-way on a full disk without an error and replace the good
 * document by half of one (https://github.com/fabiospampinato/atomically, `writeFileSync` ignores the count of bytes written),
 * it does not sync the folder, and in a Snap it writes in place.
 */
function openFolder<T>(folder: string, schema: z.ZodType<T>, deps: DocumentsDeps): DocumentFolder<T> {
  const staging = path.join(folder, STAGING);
  const serial = createSerial();
  let folders: Promise<void> | null = null;

  const ready = (): Promise<void> => {
    folders ??= makeFolders().catch((error: unknown) => {
      folders = null;
      throw error;
    });
    return folders;
  };

  async function makeFolders(): Promise<void> {
    await makeFolder(folder);
    // Left by a write that never finished: nobody was told that it is stored.
    await rm(staging, { recursive: true, force: true });
    await makeFolder(staging);
  }

  async function assertWritable(): Promise<void> {
    try {
      await access(staging, constants.W_OK);
    } catch (error) {
      // Somebody tidied up while the program runs.
      if (errorCode(error) !== 'ENOENT') throw error;
      await makeFolder(staging);
    }
  }

  async function stage(name: string, document: T): Promise<string> {
    // The store tries for a whole second, holding up the program, before it reports a folder that cannot be written.
    await assertWritable();
    const Store = await (deps.loadStore ?? loadElectronStore)();
    const envelope = { format: FORMAT, document };
    const text = JSON.stringify(envelope);
    const file = path.join(staging, name + EXTENSION);
    try {
      const store = new Store({
        cwd: staging,
        name,
        accessPropertiesByDotNotation: false,
        clearInvalidConfig: true,
        configFileMode: PRIVATE_FILE,
        serialize: () => text,
      });
      store.store = envelope;
      await syncWhole(file, Buffer.byteLength(text));
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
    return file;
  }

  async function quarantine(file: string, error: unknown): Promise<void> {
    const time = deps.clock.now().toISOString().replaceAll(/[:.]/g, '-');
    deps.log.error('documents.quarantined', error, { folder: path.basename(folder), file });
    try {
      await makeFolder(path.join(folder, QUARANTINE));
      await moveFile(path.join(folder, file), path.join(folder, QUARANTINE, `${time}-${file}`));
      await syncFolder(folder);
    } catch (failure) {
      deps.log.error('documents.quarantineFailed', failure, { folder: path.basename(folder), file });
    }
  }

  return {
    async loadAll() {
      const documents = new Map<string, T>();
      let quarantined = 0;
      try {
        await ready();
        let turn = performance.now();
        for await (const { file, read } of readInBatches(folder, await documentFiles(folder))) {
          if (performance.now() - turn > SLICE_MS) {
            await nextTurn();
            turn = performance.now();
          }
          const parsed = read.ok ? parse(read.bytes, schema) : read;
          if (parsed.ok) documents.set(file.slice(0, -EXTENSION.length), parsed.document);
          else {
            quarantined += 1;
            await quarantine(file, parsed.error);
          }
        }
      } catch (error) {
        throw toStorageError(error);
      }
      return { documents, quarantined };
    },

    async write(name, document) {
      assertName(name);
      const checked = schema.safeParse(document);
      // It would be quarantined at the next start.
      if (!checked.success) throw new StorageError('other', { cause: checked.error });
      await serial.run(name, async () => {
        try {
          await ready();
          await moveFile(await stage(name, document), path.join(folder, name + EXTENSION));
          await syncFolder(folder);
        } catch (error) {
          throw toStorageError(error);
        }
      });
    },

    async remove(name) {
      assertName(name);
      await serial.run(name, async () => {
        try {
          await ready();
          await rm(path.join(folder, name + EXTENSION), { force: true });
          await syncFolder(folder);
        } catch (error) {
          throw toStorageError(error);
        }
      });
    },
  };
}

function assertName(name: string): void {
  if (!SAFE_NAME.test(name)) throw new TypeError('A document name takes letters, digits, - and _ only.');
}

async function syncWhole(file: string, size: number): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    if ((await handle.stat()).size !== size) throw new StorageError('diskFull');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function documentFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith(EXTENSION) && SAFE_NAME.test(name.slice(0, -EXTENSION.length)))
    .sort();
}

type Read =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly error: unknown };

/** Reads a few files at a time: the disk works ahead, and memory holds no more than one batch. */
async function* readInBatches(
  folder: string,
  files: readonly string[],
): AsyncGenerator<{ readonly file: string; readonly read: Read }> {
  for (let start = 0; start < files.length; start += READ_AT_ONCE) {
    const batch = files.slice(start, start + READ_AT_ONCE);
    const reads = await Promise.all(batch.map((file) => readOne(path.join(folder, file))));
    for (const [index, file] of batch.entries()) {
      const read = reads[index];
      if (read) yield { file, read };
    }
  }
}

/** A passing shortage (too many open files) must not send a good document to quarantine: it is tried again, then thrown. */
async function readOne(file: string): Promise<Read | null> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return { ok: true, bytes: await readFile(file) };
    } catch (error) {
      const code = errorCode(error);
      if (code === 'ENOENT') return null;
      if (!PASSING.includes(code)) return { ok: false, error };
      const pause = PASSING_PAUSES_MS[attempt];
      if (pause === undefined) throw error;
      await sleep(pause);
    }
  }
}

function parse<T>(
  bytes: Uint8Array,
  schema: z.ZodType<T>,
): { readonly ok: true; readonly document: T } | { readonly ok: false; readonly error: unknown } {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return { ok: true, document: schema.parse(EnvelopeSchema.parse(json).document) };
  } catch (error) {
    return { ok: false, error };
  }
}
