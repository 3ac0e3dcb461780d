import * as z from 'zod';
import { AttachmentSchema } from './attachment';
import { InstantSchema, MAX_TEXT_LENGTH, RefSchema, TicketIdSchema } from './primitives';

/** The six steps of a ticket, visible to the user in plain words (DOMAIN: A ticket; guide, chapter 5). */
export const STEPS = ['created', 'received', 'reviewed', 'assigned', 'working', 'resolved'] as const;
export const StepSchema = z.enum(STEPS);
/** One of the six steps of a ticket. */
export type Step = z.infer<typeof StepSchema>;

/** How the engineer will work: from afar, or at the user's place (guide, chapter 5, step 3). */
export const VisitSchema = z.enum(['remote', 'onSite']);
export type Visit = z.infer<typeof VisitSchema>;

/** When a step was reached, and by whom where the board says so. */
export const StepEntrySchema = z.object({
  step: StepSchema,
  at: InstantSchema,
  by: z.string().max(200).nullable(),
});
export type StepEntry = z.infer<typeof StepEntrySchema>;

/** Somebody at the provider as the board names them. */
export const StaffSchema = z.object({
  name: z.string().min(1).max(200),
  role: z.enum(['dispatcher', 'engineer', 'desk']),
});
export type Staff = z.infer<typeof StaffSchema>;

/** One entry of the conversation. */
export const MessageSchema = z.object({
  id: z.string().min(1).max(200),
  /** The idempotency key it was written with, where this or another Deskbell wrote it. */
  ref: RefSchema.nullable(),
  at: InstantSchema,
  author: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('requester'), name: z.string().max(200) }),
    z.object({ kind: z.literal('staff'), staff: StaffSchema }),
  ]),
  /** Plain text, already sanitised at the connector. */
  text: z.string().max(MAX_TEXT_LENGTH * 2),
  attachments: z.array(AttachmentSchema),
  /** The requester followed up with it, where the board keeps that apart from answers. */
  followUp: z.literal(true).optional(),
});
export type Message = z.infer<typeof MessageSchema>;

/** A question of the engineer that waits for the user's answer. */
export const QuestionSchema = z.object({
  messageId: z.string().min(1).max(200),
  /** Answers the engineer expects most; the user may always write freely. */
  quickAnswers: z.array(z.string().min(1).max(200)).max(6),
});
export type Question = z.infer<typeof QuestionSchema>;

/** Where the survey of a ticket stands. `none`: not asked for (yet). */
export const SurveyStateSchema = z.enum(['none', 'waiting', 'answered']);

/** What a list row needs. Times are UTC. */
export const TicketSummarySchema = z.object({
  id: TicketIdSchema,
  /** What people say on the phone, e.g. `4127`. */
  number: z.string().min(1).max(100),
  /** The idempotency key the ticket was filed with, where a Deskbell filed it. */
  ref: RefSchema.nullable(),
  summary: z.string().max(1000),
  /** The step reached; `null` when the board's status maps to none: then `statusLabel` is shown as it is. */
  step: StepSchema.nullable(),
  /** The board's own word for the status. */
  statusLabel: z.string().max(200),
  /** Closed for good, withdrawn included. A resolved ticket that waits for confirmation is not closed. */
  closed: z.boolean(),
  withdrawn: z.boolean(),
  emergency: z.boolean(),
  visit: VisitSchema.nullable(),
  assignee: StaffSchema.nullable(),
  createdAt: InstantSchema,
  updatedAt: InstantSchema,
  question: QuestionSchema.nullable(),
  survey: SurveyStateSchema,
});
export type TicketSummary = z.infer<typeof TicketSummarySchema>;

/** A whole ticket. */
export const TicketSchema = TicketSummarySchema.extend({
  steps: z.array(StepEntrySchema),
  messages: z.array(MessageSchema),
  /** The intake's answers as the board kept them, as label and value in the board's words; may be empty. */
  details: z.array(z.object({ label: z.string().max(200), value: z.string().max(MAX_TEXT_LENGTH) })),
});
export type Ticket = z.infer<typeof TicketSchema>;

/** What the user can say of a ticket as a whole. */
export const StateChangeSchema = z.enum(['works', 'stillBroken', 'withdraw']);
export type StateChange = z.infer<typeof StateChangeSchema>;
