import { randomBytes } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import type { DeskFault } from '@shared/domain/fault';
import { err, ok, type Result } from '@shared/domain/result';
import type { OutgoingFile } from '../connector';
import { json, type Content } from './calls';

/** A file with its bytes read from the spool. */
interface ReadFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/**
 * The body of a write: JSON, with its files if there are any. Files go as `multipart/form-data`, which RT takes with names in
 * any script. It drops empty files there, and cannot read quotes in names; then they go within the JSON, which takes both.
 */
export async function contentOf(
  value: Readonly<Record<string, unknown>>,
  files: readonly OutgoingFile[],
): Promise<Result<Content, DeskFault>> {
  if (files.length === 0) return ok(json(value));
  const read = await readAll(files);
  if (!read.ok) return read;
  const needsJson = read.value.some(({ name, bytes }) => bytes.byteLength === 0 || /["\\]/.test(name));
  return ok(
    needsJson ? json({ ...value, Attachments: read.value.map(inJson) }) : multipart(value, read.value),
  );
}

async function readAll(files: readonly OutgoingFile[]): Promise<Result<readonly ReadFile[], DeskFault>> {
  const all: ReadFile[] = [];
  for (const [index, file] of files.entries()) {
    const bytes = await file.open().catch(() => null);
    if (bytes === null) return err(lost(index));
    all.push({ name: nameOf(file.name, index), type: typeOf(file.type, bytes), bytes });
  }
  return ok(all);
}

/** Which file it was, in terms of the write: `/files/<index>`. */
const lost = (index: number): DeskFault => ({
  kind: 'rejected',
  message: '',
  fields: [{ pointer: `/files/${index}`, reason: 'missing' }],
});

/** No name would be no file to RT. */
function nameOf(name: string, index: number): string {
  const clean = name.replace(/[\u0000-\u001f\u007f]/g, ' ');
  return clean.trim() === '' ? `file-${index + 1}` : clean;
}

const ANY_TYPE = 'application/octet-stream';

/**
 * RT decodes what calls itself text or mail and stores it as UTF-8, and a `multipart` loses its name: what would not come
 * back byte by byte goes as a plain file.
 */
function typeOf(type: string, bytes: Uint8Array): string {
  if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type)) return ANY_TYPE;
  if (/^(?:message|multipart)\//i.test(type)) return ANY_TYPE;
  return /^text\//i.test(type) && (!isUtf8(bytes) || bytes.includes(0)) ? ANY_TYPE : type;
}

/** RT takes the letters of names for bytes here, and an empty content for none: a line break stands for it. */
const inJson = ({ name, type, bytes }: ReadFile) => ({
  FileName: Buffer.from(name, 'utf8').toString('latin1'),
  FileType: type,
  FileContent: bytes.byteLength === 0 ? '\n' : base64(bytes),
});

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

/** RFC 7578. No content can contain a boundary of 128 random bits. */
function multipart(value: Readonly<Record<string, unknown>>, files: readonly ReadFile[]): Content {
  const boundary = `deskbell-${randomBytes(16).toString('hex')}`;
  const head = (disposition: string, type: string): Buffer =>
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: ${type}\r\n\r\n`,
    );
  const end = Buffer.from('\r\n');
  const parts = files.flatMap(({ name, type, bytes }) => [
    head(`name="Attachments"; filename="${name}"`, type),
    bytes,
    end,
  ]);
  const bytes = Buffer.concat([
    head('name="JSON"', 'application/json'),
    Buffer.from(JSON.stringify(value)),
    end,
    ...parts,
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  return { type: `multipart/form-data; boundary=${boundary}`, bytes };
}
