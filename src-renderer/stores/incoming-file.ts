import { MAX_FILE_BYTES, type FileProblem } from '@shared/domain/attachment';
import { checkFile, HEAD_BYTES } from '@shared/domain/file-rules';
import { err, ok, type Result } from '@shared/domain/result';

/** Something the user picked, dropped or pasted. A folder has no bytes of its own. */
export type IncomingFile =
  | { readonly kind: 'file'; readonly name: string; readonly file: Blob }
  | { readonly kind: 'folder'; readonly name: string };

/** A file with its bytes in memory. */
export interface ReadFile {
  readonly name: string;
  /** Media type as far as the system knows it. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Reads what came in, or tells why it cannot go along. A file that is too large is never read, so 200 MB cost
 * nothing; one that disappeared or may not be read is `unreadable`.
 */
export async function readIncoming(incoming: IncomingFile): Promise<Result<ReadFile, FileProblem>> {
  if (incoming.kind === 'folder') return err('folder');
  const { name, file } = incoming;
  try {
    const size = file.size;
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    const problem = checkFile({ name, size, head });
    if (problem !== null) return err(problem);
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes.byteLength === 0) return err('empty');
    if (bytes.byteLength > MAX_FILE_BYTES) return err('tooLarge');
    return ok({ name, type: file.type, bytes });
  } catch {
    // The browser rejects for a file that is gone, changed since it was picked, or may not be read.
    return err('unreadable');
  }
}

/** The files of a drop or a paste; folders are told apart so that they can be answered. Must run inside the event. */
export function incomingOf(data: DataTransfer): readonly IncomingFile[] {
  const items = [...data.items].filter((item) => item.kind === 'file');
  return items.flatMap((item): IncomingFile[] => {
    const entry = item.webkitGetAsEntry();
    if (entry?.isDirectory === true) return [{ kind: 'folder', name: entry.name }];
    const file = item.getAsFile();
    return file === null ? [] : [{ kind: 'file', name: file.name, file }];
  });
}

/** Files picked in the system's dialog. */
export const incomingFiles = (files: Iterable<File>): readonly IncomingFile[] =>
  [...files].map((file) => ({ kind: 'file', name: file.name, file }));
