import * as z from 'zod';

/** An instant as UTC ISO 8601 text with milliseconds, e.g. `2026-03-02T08:42:00.000Z`. */
export const InstantSchema = z.iso.datetime();
/** An instant as UTC ISO 8601 text. */
export type Instant = z.infer<typeof InstantSchema>;

/** The idempotency key of a write: a UUIDv7, minted and stored before the first byte is sent (DESIGN: connector port). */
export const RefSchema = z.uuid();
/** The idempotency key of a write. */
export type Ref = z.infer<typeof RefSchema>;

/** The service board's own identifier of a ticket, opaque to Deskbell. */
export const TicketIdSchema = z.string().min(1).max(200);
/** The service board's own identifier of a ticket. */
export type TicketId = z.infer<typeof TicketIdSchema>;

/** A SHA-256 in lower-case hex: the name of a file in the spool. */
export const Sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
/** A SHA-256 in lower-case hex. */
export type Sha256 = z.infer<typeof Sha256Schema>;

/** The longest free text a user can type into one field, in UTF-16 units. Longer text is kept in the draft but not sent. */
export const MAX_TEXT_LENGTH = 100_000;
/** The longest one-line answer (names, phone numbers, a job function), in UTF-16 units. */
export const MAX_LINE_LENGTH = 500;
/** The longest summary of a ticket, in UTF-16 units. */
export const MAX_SUMMARY_LENGTH = 120;
