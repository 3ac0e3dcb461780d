import * as z from 'zod';
import type { TicketPage } from '@shared/board-api';

/** The connector's cursor opened up: everything up to `since` is known, and `page` goes on within a listing. */
export interface Cursor {
  readonly since: string | null;
  readonly page: string | null;
}

const CursorSchema = z.tuple([z.string().nullable(), z.string().nullable()]);

/** Reads a cursor; one that cannot be read means: from the beginning. */
export function openCursor(text: string | null): Cursor {
  try {
    const [since, page] = CursorSchema.parse(JSON.parse(text ?? ''));
    return { since, page };
  } catch {
    return { since: null, page: null };
  }
}

/** The cursor that goes on after a page. The watermark is what stays good for long; the page's own cursor may be forgotten by the board. */
export const closeCursor = (page: Pick<TicketPage, 'watermark' | 'nextCursor'>): string =>
  JSON.stringify([page.watermark, page.nextCursor]);

/** The query of the next listing. */
export function queryOf(cursor: Cursor, limit: number): Record<string, string> {
  if (cursor.page !== null) return { cursor: cursor.page, limit: String(limit) };
  return cursor.since === null
    ? { limit: String(limit) }
    : { updatedSince: cursor.since, limit: String(limit) };
}
