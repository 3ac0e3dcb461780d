import * as z from 'zod';
import {
  AgreementSchema,
  AnnouncementsSchema,
  MAX_PAGE_SIZE,
  PersonSchema,
  RefAnswerSchema,
  TicketPageSchema,
} from '@shared/board-api';
import { MAX_FILE_BYTES } from '@shared/domain/attachment';
import type { DeskFault } from '@shared/domain/fault';
import type { TicketId } from '@shared/domain/primitives';
import { err, ok, type Result } from '@shared/domain/result';
import { cleanText } from '@shared/domain/text';
import { TicketSchema, type Ticket } from '@shared/domain/ticket';
import type { Log } from '../../platform/types';
import type { CallOptions, ChangePage, DeskConnector, RefLookup } from '../connector';
import { GONE, isGone, jsonOf } from '../http-faults';
import type { Calls } from './calls';
import { createKept } from '../kept';
import { closeCursor, openCursor, queryOf, type Cursor } from './cursor';

type Reading = Pick<
  DeskConnector,
  'whoAmI' | 'agreement' | 'announcements' | 'findByRef' | 'listChanged' | 'get' | 'download'
>;

/** How many tickets are kept for If-None-Match. */
const MAX_KEPT = 200;
/** A page whose tickets are read one by one: one that cannot be understood must not hide the others. */
const LoosePageSchema = TicketPageSchema.extend({ tickets: z.array(z.unknown()) });

/** The reading half of the Board API. */
export function createReading(calls: Calls, log: Log): Reading {
  const kept = createKept<{ readonly etag: string; readonly ticket: Ticket }>(MAX_KEPT);

  async function get(id: TicketId, options: CallOptions = {}): Promise<Result<Ticket, DeskFault>> {
    const known = kept.get(id);
    const headers = known ? { 'If-None-Match': known.etag } : {};
    const answer = await calls.fetch(ticketPath(id), { ...options, headers });
    if (!answer.ok) return answer;
    if (answer.value.status === 304)
      return known ? ok(known.ticket) : err({ kind: 'serverFault', status: 304 });
    const [ticket] = readable(jsonOf(answer.value), log);
    if (ticket?.id !== id) return err({ kind: 'offline', cause: 'captivePortal' });
    const etag = answer.value.headers['etag'];
    if (etag) kept.set(id, { etag, ticket });
    return ok(ticket);
  }

  async function page(cursor: Cursor, options: CallOptions): Promise<Result<ChangePage, DeskFault>> {
    const found = await calls.read('/v1/tickets', LoosePageSchema, {
      ...options,
      query: queryOf(cursor, MAX_PAGE_SIZE),
    });
    if (!found.ok) return found;
    const tickets = found.value.tickets.flatMap((raw) => readable(raw, log));
    return ok({ tickets, cursor: closeCursor(found.value), more: found.value.nextCursor !== null });
  }

  return {
    get,

    whoAmI: (options) => calls.read('/v1/me', PersonSchema, options),

    async agreement(options) {
      const found = await calls.read('/v1/agreement', AgreementSchema, options);
      return !found.ok && isGone(found.fault) ? ok(null) : found;
    },

    async announcements(options) {
      const found = await calls.read('/v1/announcements', AnnouncementsSchema, options);
      return found.ok ? ok(found.value.announcements) : found;
    },

    async findByRef(ref, options): Promise<RefLookup> {
      const found = await calls.read(`/v1/refs/${encodeURIComponent(ref)}`, RefAnswerSchema, options);
      if (!found.ok)
        return isGone(found.fault) ? { kind: 'absent' } : { kind: 'unknown', fault: found.fault };
      if (found.value.ref !== ref) return { kind: 'unknown', fault: { kind: 'serverFault', status: null } };
      return {
        kind: 'receipt',
        receipt: { ticketId: found.value.ticketId, ticketNumber: found.value.ticketNumber },
      };
    },

    async listChanged(text, options = {}) {
      const cursor = openCursor(text);
      const listed = await page(cursor, options);
      // The board forgot the page within a listing; the watermark before it still holds.
      const forgotten =
        !listed.ok &&
        cursor.page !== null &&
        (listed.fault.kind === 'rejected' || listed.fault.kind === 'conflict');
      return forgotten ? page({ since: cursor.since, page: null }, options) : listed;
    },

    async download(ticketId, attachmentId, options = {}) {
      const ticket = await get(ticketId, options);
      if (!ticket.ok) return ticket;
      const attachment = ticket.value.messages
        .flatMap((message) => message.attachments)
        .find((one) => one.id === attachmentId);
      if (!attachment) return err(GONE);
      const path = `/v1/attachments/${encodeURIComponent(attachmentId)}`;
      const timeouts = { overall: 30 * 60_000 };
      const headers = { Accept: '*/*' };
      const answer = await calls.fetch(path, { ...options, headers, maxBytes: 2 * MAX_FILE_BYTES, timeouts });
      if (!answer.ok) return answer;
      // A portal's page has another size than the file.
      const whole = answer.value.body.byteLength === attachment.size;
      return whole ? ok(answer.value.body) : err({ kind: 'offline', cause: 'captivePortal' });
    },
  };
}

const ticketPath = (id: TicketId): string => `/v1/tickets/${encodeURIComponent(id)}`;

function readable(raw: unknown, log: Log): readonly Ticket[] {
  const ticket = TicketSchema.safeParse(raw);
  if (ticket.success) return [cleaned(ticket.data)];
  log.warn('desk.ticketNotUnderstood', { paths: ticket.error.issues.map((issue) => issue.path.join('.')) });
  return [];
}

/** The contract says plain text; what would garble a screen or a log goes anyway. */
const cleaned = (ticket: Ticket): Ticket => ({
  ...ticket,
  summary: cleanText(ticket.summary),
  messages: ticket.messages.map((message) => ({ ...message, text: cleanText(message.text) })),
});
