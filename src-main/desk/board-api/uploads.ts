import { v5 } from 'uuid';
import { UploadSchema } from '@shared/board-api';
import type { DeskFault } from '@shared/domain/fault';
import type { Ref } from '@shared/domain/primitives';
import { err, ok, type Result } from '@shared/domain/result';
import type { OutgoingFile, WriteOptions } from '../connector';
import type { Calls } from './calls';

/**
 * The idempotency key of a write's file: a UUIDv5 in the namespace of the write's ref, from the file's place and content.
 * So a repeated write names the same staged file again, across restarts, without anything more to remember.
 */
export const uploadKey = (ref: Ref, index: number, sha256: string): string =>
  v5(`upload/${index}/${sha256}`, ref);

/**
 * Stages the files of a write, one after the other, and gives their ids in order.
 * Nothing of the write itself has left yet, so no fault of it is ever `ambiguous`.
 */
export async function stageFiles(
  calls: Calls,
  files: readonly OutgoingFile[],
  ref: Ref,
  { signal, onProgress }: WriteOptions = {},
): Promise<Result<readonly string[], DeskFault>> {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const ids: string[] = [];
  let done = 0;
  for (const [index, file] of files.entries()) {
    const tell = (bytes: number): void => onProgress?.(done + Math.min(bytes, file.size), total);
    const id = await stageFile(calls, file, index, ref, tell, signal);
    if (!id.ok) return id;
    ids.push(id.value);
    done += file.size;
    onProgress?.(done, total);
  }
  return ok(ids);
}

async function stageFile(
  calls: Calls,
  file: OutgoingFile,
  index: number,
  ref: Ref,
  onUploaded: (bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<Result<string, DeskFault>> {
  const bytes = await file.open().catch(() => null);
  if (bytes === null) return err(fileRefused(index, '', 'missing'));
  const upload = {
    path: '/v1/uploads',
    query: { name: file.name },
    type: mediaType(file.type),
    bytes,
    sha256: file.sha256,
    key: uploadKey(ref, index, file.sha256),
    onUploaded,
  };
  const staged = await calls.stage(upload, UploadSchema, signal);
  if (!staged.ok)
    return err(
      staged.fault.kind === 'rejected'
        ? fileRefused(index, staged.fault.message, staged.fault.message)
        : staged.fault,
    );
  const intact = staged.value.sha256 === file.sha256 && staged.value.size === file.size;
  return intact ? ok(staged.value.id) : err({ kind: 'serverFault', status: null });
}

/** Which file it was, in terms of the write: `/files/<index>`. */
const fileRefused = (index: number, message: string, reason: string): DeskFault => ({
  kind: 'rejected',
  message,
  fields: [{ pointer: `/files/${index}`, reason: reason.slice(0, 1000) }],
});

/** Staged files are `/uploads/<index>` to the board and `/files/<index>` to the outbox. */
export function inOwnTerms(fault: DeskFault): DeskFault {
  if (fault.kind !== 'rejected') return fault;
  return {
    ...fault,
    fields: fault.fields.map((field) => ({
      ...field,
      pointer: field.pointer.replace(/^\/uploads(?=\/|$)/, '/files'),
    })),
  };
}

const mediaType = (type: string): string =>
  /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type) ? type : 'application/octet-stream';
