import type { IncomingMessage } from 'node:http';
import { err, ok, type Result } from '@shared/domain/result';

/** The largest JSON body, in bytes: the longest texts in every field still fit. */
const MAX_JSON_BYTES = 8 * 1024 * 1024;

/** Why a body could not be read. */
export type BodyFault = 'tooLarge' | 'badJson' | 'badType';

/** Reads a JSON body. No body at all counts as `{}`. @throws when the connection breaks */
export async function readJson(incoming: IncomingMessage): Promise<Result<unknown, BodyFault>> {
  const bytes = await readAll(incoming);
  if (!bytes.ok) return bytes;
  if (bytes.value.length === 0) return ok({});
  if (!/^application\/(.+\+)?json\b/i.test(incoming.headers['content-type'] ?? '')) return err('badType');
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.value)) as unknown);
  } catch {
    // Neither UTF-8 nor JSON: the answer says so, the content is nobody else's business.
    return err('badJson');
  }
}

async function readAll(incoming: IncomingMessage): Promise<Result<Buffer, BodyFault>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(incoming)) {
    size += chunk.length;
    if (size > MAX_JSON_BYTES) return err('tooLarge');
    chunks.push(chunk);
  }
  return ok(Buffer.concat(chunks));
}

/** The chunks of a body; stopping early leaves the connection open for the answer. */
export function chunksOf(incoming: IncomingMessage): AsyncIterable<Buffer> {
  return {
    [Symbol.asyncIterator]: () => incoming.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>,
  };
}
