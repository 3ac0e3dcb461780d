import { WriteAnswerSchema } from '@shared/board-api';
import type { DeskFault } from '@shared/domain/fault';
import type { Receipt } from '@shared/domain/outbox';
import type { Ref, TicketId } from '@shared/domain/primitives';
import { err, ok, type Result } from '@shared/domain/result';
import type { DeskConnector, OutgoingFile, WriteOptions } from '../connector';
import type { Calls } from './calls';
import { inOwnTerms, stageFiles } from './uploads';

type Writing = Pick<DeskConnector, 'create' | 'addMessage' | 'setState' | 'rate' | 'join'>;

/** The writing half of the Board API: the ref of a write is its idempotency key. */
export function createWriting(calls: Calls): Writing {
  async function write(
    path: string,
    body: unknown,
    ref: Ref,
    signal?: AbortSignal,
  ): Promise<Result<Receipt, DeskFault>> {
    const answer = await calls.write(path, body, ref, WriteAnswerSchema, signal);
    if (!answer.ok) return err(inOwnTerms(answer.fault));
    if (answer.value.ref !== ref) return err({ kind: 'ambiguous', cause: 'badAnswer' });
    return ok({ ticketId: answer.value.ticketId, ticketNumber: answer.value.ticketNumber });
  }

  async function writeWithFiles(
    path: string,
    bodyOf: (uploads: readonly string[]) => unknown,
    files: readonly OutgoingFile[],
    ref: Ref,
    options: WriteOptions = {},
  ): Promise<Result<Receipt, DeskFault>> {
    const uploads = await stageFiles(calls, files, ref, options);
    return uploads.ok ? write(path, bodyOf(uploads.value), ref, options.signal) : uploads;
  }

  return {
    create: ({ summary, intake, files }, ref, options) =>
      writeWithFiles('/v1/tickets', (uploads) => ({ summary, intake, uploads }), files, ref, options),
    addMessage: (id, { text, files, followUp }, ref, options) =>
      writeWithFiles(
        below(id, 'messages'),
        (uploads) => ({ text, uploads, ...(followUp ? { followUp } : {}) }),
        files,
        ref,
        options,
      ),
    setState: (id, change, text, ref, options) =>
      write(below(id, 'state'), { change, text }, ref, options?.signal),
    rate: (id, answers, comment, ref, options) =>
      write(below(id, 'survey'), { answers, comment }, ref, options?.signal),
    join: (announcementId, ref, options) =>
      write(`/v1/announcements/${encodeURIComponent(announcementId)}/affected`, {}, ref, options?.signal),
  };
}

const below = (id: TicketId, what: string): string => `/v1/tickets/${encodeURIComponent(id)}/${what}`;
