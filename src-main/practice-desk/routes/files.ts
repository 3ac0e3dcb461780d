import { Readable } from 'node:stream';
import { MAX_FILE_BYTES, type FileProblem } from '@shared/domain/attachment';
import { checkFile, HEAD_BYTES } from '@shared/domain/file-rules';
import { cleanText } from '@shared/domain/text';
import type { Attachments } from '../board/attachments';
import type { IncomingBlob } from '../data/blobs';
import { chunksOf } from '../http/body';
import { checksumOf } from '../http/checksum';
import type { Handlers } from '../http/handlers';
import { json, type Answer, type Call } from '../http/operation';
import type { Operations } from '../http/operations';
import type { MakeProblem } from '../http/problem';
import { matches } from '../http/respond';
import type { Words } from '../staff/words';
import { REPLAYED_HEADER } from './tickets';

type FileHandlers = Pick<Handlers, 'createUpload' | 'getAttachment'>;
type UploadCall = Call<Operations['createUpload']>;

const UNKNOWN_TYPE = 'application/octet-stream';

/** Files: stage one for a write, and read those of a ticket. */
export function fileRoutes(deps: {
  attachments: Attachments;
  problem: MakeProblem;
  words: Words;
}): FileHandlers {
  const { attachments, problem, words } = deps;

  const refuse = (why: FileProblem): Answer => {
    switch (why) {
      case 'tooLarge':
        return problem('tooLarge', { detail: words.t('practice:refusal.fileTooLarge') });
      case 'empty':
        return problem('invalid', { detail: words.t('practice:refusal.fileEmpty') });
      default:
        return problem('unsupportedType', { detail: words.t('practice:refusal.fileProgram') });
    }
  };

  async function receive(call: UploadCall, blob: IncomingBlob): Promise<{ size: number } | Answer> {
    const { name } = call.query;
    let size = 0;
    let head = Buffer.alloc(0);
    for await (const chunk of chunksOf(call.incoming)) {
      size += chunk.length;
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES);
      if (size > MAX_FILE_BYTES) return refuse('tooLarge');
      await blob.write(chunk);
    }
    const why = checkFile({ name, size, head });
    return why ? refuse(why) : { size };
  }

  async function stage(call: UploadCall, blob: IncomingBlob): Promise<Answer> {
    const received = await receive(call, blob);
    if ('kind' in received) {
      await blob.discard();
      return received;
    }
    const sha256 = await blob.keep();
    const expected = checksumOf(call.incoming.headers);
    if (expected !== null && expected !== sha256)
      return problem('invalid', { detail: words.t('practice:refusal.checksum') });
    const type = (call.incoming.headers['content-type'] ?? UNKNOWN_TYPE).slice(0, 200);
    const staged = await attachments.stage(call.person, call.key, {
      name: call.query.name,
      type,
      size: received.size,
      sha256,
    });
    if (!staged.ok) return problem('keyReused', { conflict: 'keyReused' });
    const { upload, replayed } = staged.value;
    return json(upload, 201, replayed ? { [REPLAYED_HEADER]: 'true' } : {});
  }

  return {
    async createUpload(call) {
      if (Number(call.incoming.headers['content-length'] ?? 0) > MAX_FILE_BYTES) return refuse('tooLarge');
      const blob = await attachments.receive();
      try {
        return await stage(call, blob);
      } catch (error) {
        await blob.discard();
        throw error;
      }
    },
    async getAttachment({ person, params, incoming }) {
      const file = attachments.find(person, params.id);
      if (!file) return problem('notFound');
      const etag = `"${file.sha256}"`;
      if (matches(incoming.headers['if-none-match'], etag))
        return { kind: 'notModified', headers: { ETag: etag } };
      const bytes = await attachments.read(file.sha256);
      if (!bytes) return problem('notFound', { detail: words.t('practice:refusal.fileLost') });
      const stream = Readable.toWeb(bytes) as ReadableStream<Uint8Array>;
      return {
        kind: 'stream',
        stream,
        headers: {
          ETag: etag,
          'Content-Type': /^[\x20-\x7e]+$/.test(file.type) ? file.type : UNKNOWN_TYPE,
          'Content-Length': String(file.size),
          'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(cleanText(file.name))}`,
        },
      };
    },
  };
}
