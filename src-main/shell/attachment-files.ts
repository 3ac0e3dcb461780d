import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { checkFile, safeFileName } from '@shared/domain/file-rules';
import type { Log } from '../platform/types';

/** What handing attachments to the user needs. */
export interface AttachmentFilesDeps {
  /** Private folder below which opened files are put; emptied at every start. */
  readonly folder: string;
  /** Electron's `shell.openPath`: resolves with why it did not work, or an empty text. */
  readonly openPath: (file: string) => Promise<string>;
  /** Asks where to save; `null` when the user thought better of it. */
  readonly askWhere: (name: string) => Promise<string | null>;
  readonly log: Log;
}

/** Hands attachments to the user's other programs. */
export interface AttachmentFiles {
  /** Opens with the system's viewer; what nothing can open, and every program, is only saved. Resolves to whether anything was done. */
  open(name: string, bytes: Uint8Array): Promise<boolean>;
  /** Saves where the user says; resolves to whether they did. Rejects when it cannot be written. */
  save(name: string, bytes: Uint8Array): Promise<boolean>;
  /** Removes what was opened before. */
  tidy(): Promise<void>;
}

const HEAD_BYTES = 4_096;
/** Everybody who may look into it is the user; a viewer must not change what would be thrown away. */
const READ_ONLY = 0o400;

/** Makes the hand-over. */
export function createAttachmentFiles({
  folder,
  openPath,
  askWhere,
  log,
}: AttachmentFilesDeps): AttachmentFiles {
  const save = async (name: string, bytes: Uint8Array): Promise<boolean> => {
    const target = await askWhere(safeFileName(name));
    if (target === null) return false;
    await writeFile(target, bytes);
    return true;
  };
  return {
    save,
    async open(name, bytes) {
      const problem = checkFile({ name, size: bytes.byteLength, head: bytes.subarray(0, HEAD_BYTES) });
      if (problem === 'program') return save(name, bytes);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // A folder of its own, so that two attachments of one name do not meet.
      const file = path.join(await mkdtemp(path.join(folder, 'a-')), safeFileName(name));
      await writeFile(file, bytes, { mode: READ_ONLY, flag: 'wx' });
      const failure = await openPath(file);
      if (failure === '') return true;
      log.warn('attachment.open', { reason: 'noProgram' });
      return save(name, bytes);
    },
    tidy: () => rm(folder, { recursive: true, force: true }),
  };
}
