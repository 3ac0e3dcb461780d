import { MAX_FILE_BYTES, type FileProblem } from '@shared/domain/attachment';
import { checkFile, HEAD_BYTES } from '@shared/domain/file-rules';
import { err, ok, type Result } from '@shared/domain/result';

/** Something the user picked, dropped or pasted. A folder has no bytes of its own. */
export type IncomingFile =
  { readonly kind: 'file'; readonly file: File } | { readonly kind: 'folder'; readonly name: string };

/** A file with its bytes in memory. */
export interface ReadFile {
  readonly name: string;
  /** Media type as far as the system knows it. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The name by which the user knows it. */
export const nameOfIncoming = (incoming: IncomingFile): string =>
  incoming.kind === 'folder' ? incoming.name : incoming.file.name;

/**
 * Reads what came in, or tells why it cannot go along. Only the beginning of a file that is too large is read, so
 * 200 MB cost nothing; one that disappeared or may not be read is `unreadable`.
 */
export async function readIncoming(incoming: IncomingFile): Promise<Result<ReadFile, FileProblem>> {
  if (incoming.kind === 'folder') return err('folder');
  const { file } = incoming;
  const { name, size, type } = file;
  try {
    // A file that is gone has the size 0, too; only reading it as a whole tells it from an empty one.
    const beginning = size === 0 ? file : file.slice(0, HEAD_BYTES);
    const head = new Uint8Array(await beginning.arrayBuffer());
    const problem = checkFile({ name, size, head });
    if (problem !== null) return err(problem);
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes.byteLength === 0) return err('empty');
    return bytes.byteLength > MAX_FILE_BYTES ? err('tooLarge') : ok({ name, type, bytes });
  } catch {
    // The browser rejects for a file that is gone, changed since it was picked, or may not be read.
    return err('unreadable');
  }
}
