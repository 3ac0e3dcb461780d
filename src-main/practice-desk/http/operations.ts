import * as z from 'zod';
import {
  AddMessageSchema,
  AdvanceSchema,
  AffectedSchema,
  AgreementSchema,
  AnnouncementsSchema,
  BoardEventSchema,
  BoardSchema,
  BoardTicketSchema,
  CreateTicketSchema,
  FaultSchema,
  MAX_PAGE_SIZE,
  PersonaAnswerSchema,
  PersonaRequestSchema,
  PersonSchema,
  RefAnswerSchema,
  SetStateSchema,
  SurveySchema,
  TicketPageSchema,
  UploadSchema,
  WriteAnswerSchema,
} from '@shared/board-api';
import { InstantSchema, MAX_TEXT_LENGTH, RefSchema } from '@shared/domain/primitives';
import type { Operation } from './operation';

const DEFAULT_PAGE_SIZE = 50;

/** `POST /practice/tickets/{id}/reply`: what an engineer says; with `question` it waits for an answer. */
export const ReplySchema = z.object({
  text: z.string().min(1).max(MAX_TEXT_LENGTH),
  question: z.boolean().default(false),
  quickAnswers: z.array(z.string().min(1).max(200)).max(6).default([]),
  attachments: z
    .array(z.object({ name: z.string().min(1).max(255), type: z.string().max(200), base64: z.base64() }))
    .max(10)
    .default([]),
});
/** `POST /practice/tickets/{id}/status`: a status word that belongs to none of the six steps. */
export const StatusSchema = z.object({ label: z.string().min(1).max(200) });
/** `PUT /practice/agreement`: the fields to replace. */
export const AgreementChangeSchema = AgreementSchema.partial();
/** `GET /practice/writes`: how often each idempotency key was carried out; anything but 1 is a bug. */
export const WritesSchema = z.object({ writes: z.record(RefSchema, z.number().int().positive()) });
/** `POST /practice/seed`: tickets for the caller, in all states. */
export const SeedSchema = z.object({ count: z.number().int().min(1).max(10_000) });
export const SeedAnswerSchema = z.object({ created: z.number().int().positive() });
/** `PUT /practice/clock`: what time it is for the desk. A desk inside Deskbell goes by Deskbell's clock and keeps it. */
export const ClockSchema = z.object({ now: InstantSchema });
/** The faults still to come, in the order in which they are met. */
export const FaultsSchema = z.object({ faults: z.array(FaultSchema) });

const limit = z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE);
const position = z.string().min(1).max(500).optional();
const written = (status: 200 | 201): Operation['answers'] => ({
  [status]: {
    description: 'The write was carried out, now or when the key was first used.',
    schema: WriteAnswerSchema,
  },
});
const ticketAnswer: Operation['answers'] = {
  200: { description: 'The ticket as it is now.', schema: BoardTicketSchema },
};

/** Every operation of the Board API, version 1, and of the practice desk. */
export const operations = {
  getBoard: {
    method: 'GET',
    path: '/v1/board',
    tag: 'board',
    summary: 'Who answers here and how to sign in',
    access: 'anybody',
    answers: { 200: { description: 'The board.', schema: BoardSchema } },
  },
  createSession: {
    method: 'POST',
    path: '/v1/sessions',
    tag: 'board',
    summary: 'Sign in as somebody (practice desk only; 404 where an issuer knows the people)',
    access: 'desk',
    body: PersonaRequestSchema,
    problems: [404],
    answers: {
      201: { description: 'A token to send as `Authorization: Bearer`.', schema: PersonaAnswerSchema },
    },
  },
  getMe: {
    method: 'GET',
    path: '/v1/me',
    tag: 'board',
    summary: 'Who is signed in',
    access: 'person',
    answers: { 200: { description: 'The person.', schema: PersonSchema } },
  },
  getAgreement: {
    method: 'GET',
    path: '/v1/agreement',
    tag: 'board',
    summary: 'What customer and provider agreed on',
    access: 'person',
    etag: true,
    answers: { 200: { description: 'The agreement.', schema: AgreementSchema } },
  },
  getAnnouncements: {
    method: 'GET',
    path: '/v1/announcements',
    tag: 'board',
    summary: 'What the provider tells everybody',
    access: 'person',
    etag: true,
    answers: { 200: { description: 'The announcements.', schema: AnnouncementsSchema } },
  },
  joinAnnouncement: {
    method: 'POST',
    path: '/v1/announcements/{id}/affected',
    tag: 'board',
    summary: 'Say “I have this too” of an outage, once; 409: it is over',
    access: 'person',
    body: AffectedSchema,
    idempotencyKey: 'required',
    answers: written(201),
    problems: [409],
  },
  listTickets: {
    method: 'GET',
    path: '/v1/tickets',
    tag: 'tickets',
    summary: "The caller's tickets, oldest change first",
    access: 'person',
    query: z.object({ updatedSince: position, cursor: position, limit }),
    etag: true,
    answers: { 200: { description: 'A page.', schema: TicketPageSchema } },
  },
  createTicket: {
    method: 'POST',
    path: '/v1/tickets',
    tag: 'tickets',
    summary: 'File a ticket: one problem',
    access: 'person',
    body: CreateTicketSchema,
    idempotencyKey: 'required',
    answers: written(201),
  },
  getTicket: {
    method: 'GET',
    path: '/v1/tickets/{id}',
    tag: 'tickets',
    summary: 'One ticket with its conversation',
    access: 'person',
    etag: true,
    answers: ticketAnswer,
  },
  addMessage: {
    method: 'POST',
    path: '/v1/tickets/{id}/messages',
    tag: 'tickets',
    summary: "Write into a ticket's conversation; answers an open question",
    access: 'person',
    body: AddMessageSchema,
    idempotencyKey: 'required',
    answers: written(201),
    problems: [409],
  },
  setState: {
    method: 'POST',
    path: '/v1/tickets/{id}/state',
    tag: 'tickets',
    summary: 'Say that it works, is still broken, or is no longer needed',
    access: 'person',
    body: SetStateSchema,
    idempotencyKey: 'required',
    answers: written(200),
    problems: [409],
  },
  rateTicket: {
    method: 'POST',
    path: '/v1/tickets/{id}/survey',
    tag: 'tickets',
    summary: 'Answer the survey, once',
    access: 'person',
    body: SurveySchema,
    idempotencyKey: 'required',
    answers: written(201),
    problems: [409],
  },
  getRef: {
    method: 'GET',
    path: '/v1/refs/{ref}',
    tag: 'tickets',
    summary: "What became of the caller's write; 404: the board never saw it",
    access: 'person',
    answers: { 200: { description: 'The first answer to the write.', schema: RefAnswerSchema } },
  },
  createUpload: {
    method: 'POST',
    path: '/v1/uploads',
    tag: 'files',
    summary: 'Stage a file; kept for a day until a write names it',
    access: 'person',
    query: z.object({ name: z.string().min(1).max(255) }),
    bytes: true,
    idempotencyKey: 'optional',
    headers: {
      'X-Content-SHA256':
        'SHA-256 of the bytes in hex; checked where sent. `Digest` and `Content-Digest` work too.',
    },
    answers: { 201: { description: 'The staged file.', schema: UploadSchema } },
    problems: [409, 413, 415],
  },
  getAttachment: {
    method: 'GET',
    path: '/v1/attachments/{id}',
    tag: 'files',
    summary: "The bytes of a file of one of the caller's tickets",
    access: 'person',
    etag: true,
    answers: { 200: { description: 'The bytes.', media: 'application/octet-stream' } },
  },
  followEvents: {
    method: 'GET',
    path: '/v1/events',
    tag: 'events',
    summary: 'Changes as server-sent events',
    access: 'person',
    headers: { 'Last-Event-ID': 'Go on after this event; nothing is missed however long ago that was.' },
    answers: {
      200: {
        description: 'Events; each `data` fits the schema. Comments every 15 seconds keep the line open.',
        schema: BoardEventSchema,
        media: 'text/event-stream',
      },
    },
  },
  advanceTicket: {
    method: 'POST',
    path: '/practice/tickets/{id}/advance',
    tag: 'practice',
    summary: 'The next thing the staff do, or everything up to a step',
    access: 'desk',
    body: AdvanceSchema,
    manualOnly: true,
    answers: ticketAnswer,
    problems: [409],
  },
  replyToTicket: {
    method: 'POST',
    path: '/practice/tickets/{id}/reply',
    tag: 'practice',
    summary: 'The engineer writes, or asks',
    access: 'desk',
    body: ReplySchema,
    manualOnly: true,
    answers: ticketAnswer,
  },
  setTicketStatus: {
    method: 'POST',
    path: '/practice/tickets/{id}/status',
    tag: 'practice',
    summary: 'A status word that belongs to none of the six steps',
    access: 'desk',
    body: StatusSchema,
    manualOnly: true,
    answers: ticketAnswer,
  },
  changeAgreement: {
    method: 'PUT',
    path: '/practice/agreement',
    tag: 'practice',
    summary: 'Replace some fields of the agreement',
    access: 'desk',
    body: AgreementChangeSchema,
    manualOnly: true,
    answers: { 200: { description: 'The agreement as it is now.', schema: AgreementSchema } },
  },
  setAnnouncements: {
    method: 'PUT',
    path: '/practice/announcements',
    tag: 'practice',
    summary: 'Replace all announcements',
    access: 'desk',
    body: AnnouncementsSchema,
    manualOnly: true,
    answers: { 200: { description: 'The announcements as they are now.', schema: AnnouncementsSchema } },
  },
  countWrites: {
    method: 'GET',
    path: '/practice/writes',
    tag: 'practice',
    summary: 'How often each idempotency key was carried out',
    access: 'desk',
    manualOnly: true,
    answers: { 200: { description: 'Counts by key, over everybody.', schema: WritesSchema } },
  },
  seedTickets: {
    method: 'POST',
    path: '/practice/seed',
    tag: 'practice',
    summary: 'Many tickets for the caller, in all states',
    access: 'person',
    body: SeedSchema,
    manualOnly: true,
    answers: { 201: { description: 'How many were made.', schema: SeedAnswerSchema } },
  },
  setClock: {
    method: 'PUT',
    path: '/practice/clock',
    tag: 'practice',
    summary: 'Set the desk’s time; it goes on from there',
    access: 'desk',
    body: ClockSchema,
    manualOnly: true,
    answers: { 200: { description: 'The desk’s time.', schema: ClockSchema } },
  },
  addFault: {
    method: 'POST',
    path: '/practice/faults',
    tag: 'practice',
    summary: 'What the next matching requests meet',
    access: 'desk',
    body: FaultSchema,
    manualOnly: true,
    answers: { 201: { description: 'The faults to come.', schema: FaultsSchema } },
  },
  listFaults: {
    method: 'GET',
    path: '/practice/faults',
    tag: 'practice',
    summary: 'The faults to come',
    access: 'desk',
    manualOnly: true,
    answers: { 200: { description: 'The faults to come.', schema: FaultsSchema } },
  },
  clearFaults: {
    method: 'DELETE',
    path: '/practice/faults',
    tag: 'practice',
    summary: 'No more faults',
    access: 'desk',
    manualOnly: true,
    answers: { 204: { description: 'Cleared.' } },
  },
} as const satisfies Record<string, Operation>;

/** Every operation by name. */
export type Operations = typeof operations;
/** The name of an operation. */
export type OperationName = keyof Operations;
