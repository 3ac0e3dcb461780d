import * as z from 'zod';
import { AgreementSchema, AnnouncementSchema } from './domain/agreement';
import { AttachmentSchema, MAX_FILE_BYTES } from './domain/attachment';
import { PromptSchema } from './domain/board';
import { IntakeSchema } from './domain/intake';
import { MAX_SUMMARY_LENGTH, MAX_TEXT_LENGTH, RefSchema, TicketIdSchema } from './domain/primitives';
import { SurveyAnswersSchema } from './domain/survey';
import { StateChangeSchema, TicketSchema } from './domain/ticket';

/**
 * The Board API, version 1: Deskbell's own HTTP contract (DESIGN: the Board API). Server and client share these schemas;
 * `assets/board-api.openapi.json` is generated from them.
 */
export const BOARD_API_VERSION = 1;

/** Media type of errors (RFC 9457). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';
/** Header that carries the idempotency key of every write. */
export const IDEMPOTENCY_HEADER = 'Idempotency-Key';
/** Most tickets per page. */
export const MAX_PAGE_SIZE = 100;

/** `GET /v1/board`: who answers here and how to sign in. Needs no sign-in. */
export const BoardSchema = z.object({
  api: z.literal('deskbell-board'),
  version: z.literal(BOARD_API_VERSION),
  name: z.string().min(1).max(200),
  practice: z.boolean(),
  signIn: z.discriminatedUnion('method', [
    /** The practice desk: any name will do. */
    z.object({ method: z.literal('persona') }),
    /** OpenID Connect: the issuer's discovery document, and the public client's id. */
    z.object({
      method: z.literal('oidc'),
      issuer: z.url(),
      clientId: z.string().min(1),
      scopes: z.array(z.string()),
      prompt: PromptSchema.optional(),
    }),
  ]),
  limits: z.object({
    maxFileBytes: z.number().int().positive(),
    maxFiles: z.number().int().nonnegative(),
    refusedTypes: z.array(z.string()),
  }),
});
export type Board = z.infer<typeof BoardSchema>;

/** A person as the board knows them. */
export const PersonSchema = z.object({
  id: z.string().min(1).max(200),
  name: z.string().min(1).max(200),
  email: z.string().max(300),
  phone: z.string().max(100),
});
export type Person = z.infer<typeof PersonSchema>;

/** `POST /v1/sessions` (practice desk only): sign in as somebody. */
export const PersonaRequestSchema = z.object({
  name: z.string().min(1).max(200),
  email: z.string().max(300),
  phone: z.string().max(100),
});
export const PersonaAnswerSchema = z.object({ token: z.string().min(16), person: PersonSchema });

/** `POST /v1/uploads?name=…` with the bytes as body -> a staged file, kept for a day until a write names it. */
export const UploadSchema = z.object({
  id: z.string().min(1).max(200),
  name: z.string(),
  type: z.string(),
  size: z.number().int().max(MAX_FILE_BYTES),
  sha256: z.string(),
});
export type Upload = z.infer<typeof UploadSchema>;
const uploads = z.array(z.string().min(1).max(200)).max(10);

/** `POST /v1/tickets`. */
export const CreateTicketSchema = z.object({
  summary: z.string().min(1).max(MAX_SUMMARY_LENGTH),
  intake: IntakeSchema,
  uploads,
});
/** `POST /v1/tickets/{id}/messages`. Text or a file, at least one. */
export const AddMessageSchema = z
  .object({ text: z.string().max(MAX_TEXT_LENGTH), uploads, followUp: z.literal(true).optional() })
  .refine((message) => message.text.trim() !== '' || message.uploads.length > 0, {
    path: ['text'],
    message: 'text or a file is needed',
  });
/** `POST /v1/tickets/{id}/state`. */
export const SetStateSchema = z.object({ change: StateChangeSchema, text: z.string().max(MAX_TEXT_LENGTH) });
/** `POST /v1/tickets/{id}/survey`. */
export const SurveySchema = z.object({
  answers: SurveyAnswersSchema,
  comment: z.string().max(MAX_TEXT_LENGTH),
});

/** `POST /v1/announcements/{id}/affected`: "I have this too". Nothing to say beyond the idempotency key. */
export const AffectedSchema = z.object({});

/** A ticket as the board sends it; `version` is also its ETag. */
export const BoardTicketSchema = TicketSchema.extend({ version: z.number().int().nonnegative() });
export type BoardTicket = z.infer<typeof BoardTicketSchema>;

/**
 * The answer to every write: the ticket as it is now. Repeating a write gives the first answer again, letter for letter.
 * Of a write to an announcement, `ticketId` is the announcement's id and `ticketNumber` is empty.
 */
export const WriteAnswerSchema = z.object({
  ref: RefSchema,
  ticketId: TicketIdSchema,
  ticketNumber: z.string(),
});
export type WriteAnswer = z.infer<typeof WriteAnswerSchema>;

/** `GET /v1/refs/{ref}`: what became of a write; 404 when the board never saw it. Only ever the caller's own. */
export const RefAnswerSchema = WriteAnswerSchema;

/** `GET /v1/tickets?updatedSince=&cursor=&limit=`: the caller's own tickets, oldest change first. */
export const TicketPageSchema = z.object({
  tickets: z.array(BoardTicketSchema),
  /** Opaque; pass it as `cursor` to go on. `null`: this was the last page. */
  nextCursor: z.string().max(500).nullable(),
  /** Opaque; pass it as `updatedSince` next time. Covers every change up to this page. */
  watermark: z.string().max(500),
});
export type TicketPage = z.infer<typeof TicketPageSchema>;

/** One event of `GET /v1/events` (server-sent events, `id:` is resumable by Last-Event-ID). */
export const BoardEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ticket'), ticketId: TicketIdSchema, version: z.number().int() }),
  z.object({ type: z.literal('announcements') }),
  z.object({ type: z.literal('agreement') }),
  /** Events before this were lost (the client was away too long): list again. */
  z.object({ type: z.literal('reset') }),
]);
export type BoardEvent = z.infer<typeof BoardEventSchema>;

/** An error answer (RFC 9457). */
export const ProblemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  /** With 409: what is in the way. */
  conflict: z.enum(['stale', 'closed', 'duplicate', 'keyReused']).optional(),
});
export type Problem = z.infer<typeof ProblemSchema>;

export const AnnouncementsSchema = z.object({ announcements: z.array(AnnouncementSchema) });
export { AgreementSchema, AttachmentSchema };

/** Practice desk, manual pace only. `POST /practice/tickets/{id}/advance`: the next thing the desk does, or up to a step. */
export const AdvanceSchema = z.object({
  to: z.enum(['received', 'reviewed', 'assigned', 'working', 'question', 'resolved']).optional(),
});

/** Practice desk, manual pace only. `POST /practice/faults`: what the next matching requests meet. */
export const FaultSchema = z.object({
  /** Requests it applies to: method and a path prefix such as `/v1/tickets`; `*` for any. */
  method: z.enum(['GET', 'POST', '*']),
  path: z.string().max(300),
  /** How many matching requests; `null`: until cleared by `DELETE /practice/faults`. */
  times: z.number().int().positive().nullable(),
  fault: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('delay'), ms: z.number().int().min(0).max(120_000) }),
    /** The connection breaks before the write is committed. */
    z.object({ kind: z.literal('dropBefore') }),
    /** The write is committed, then the connection breaks. */
    z.object({ kind: z.literal('dropAfter') }),
    z.object({
      kind: z.literal('status'),
      status: z.number().int().min(400).max(599),
      retryAfterSeconds: z.number().int().nonnegative().optional(),
    }),
    /** The write is committed, then half of the answer is sent. */
    z.object({ kind: z.literal('cutBody') }),
    /** A captive portal: 200 with an HTML page. */
    z.object({ kind: z.literal('html') }),
  ]),
});
export type PracticeFault = z.infer<typeof FaultSchema>;
