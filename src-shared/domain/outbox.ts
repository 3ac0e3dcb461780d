import * as z from 'zod';
import { SpooledFileSchema } from './attachment';
import { DeskFaultSchema } from './fault';
import { IntakeSchema } from './intake';
import { InstantSchema, MAX_SUMMARY_LENGTH, MAX_TEXT_LENGTH, RefSchema, TicketIdSchema } from './primitives';
import { SurveyAnswersSchema } from './survey';
import { StateChangeSchema } from './ticket';

/** The ticket a write belongs to: one the board already has, or one that is still in the outbox (by the ref of its create). */
export const TicketTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('board'), id: TicketIdSchema }),
  z.object({ kind: z.literal('outbox'), ref: RefSchema }),
]);
export type TicketTarget = z.infer<typeof TicketTargetSchema>;

/** What is to be written to the service board. */
export const WriteSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('create'),
    summary: z.string().min(1).max(MAX_SUMMARY_LENGTH),
    intake: IntakeSchema,
    files: z.array(SpooledFileSchema),
  }),
  z.object({
    kind: z.literal('message'),
    target: TicketTargetSchema,
    text: z.string().max(MAX_TEXT_LENGTH),
    files: z.array(SpooledFileSchema),
    /** The user follows up: the next one is due a day later. */
    followUp: z.literal(true).optional(),
  }),
  z.object({
    kind: z.literal('state'),
    target: TicketTargetSchema,
    change: StateChangeSchema,
    text: z.string().max(MAX_TEXT_LENGTH),
  }),
  z.object({
    kind: z.literal('rate'),
    target: TicketTargetSchema,
    answers: SurveyAnswersSchema,
    comment: z.string().max(MAX_TEXT_LENGTH),
  }),
  /** "I have this too": the user goes on the list of an outage instead of filing the same ticket again. */
  z.object({
    kind: z.literal('join'),
    announcementId: z.string().min(1).max(200),
    /** What the outage was called, to show while it waits. */
    title: z.string().max(300),
  }),
]);
/** What is to be written to the service board. */
export type Write = z.infer<typeof WriteSchema>;

/** What the board gave back for a write; of a mailbox, only that it took it. */
export const ReceiptSchema = z.object({
  ticketId: TicketIdSchema,
  /** What people say on the phone; empty where the board tells none. */
  ticketNumber: z.string().max(100),
  /** It went to the desk's mailbox: nobody can look up what became of it, and the answer comes by e-mail. */
  via: z.literal('email').optional(),
});
export type Receipt = z.infer<typeof ReceiptSchema>;

/** Why an item waits without needing the user: nothing is wrong with it. */
export const HeldReasonSchema = z.enum(['signedOut', 'aheadInLane', 'held']);

/** Where an item stands (DESIGN: the outbox). `attempts` counts sends that used up an attempt. */
export const ItemStateSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('queued'),
    attempts: z.number().int().nonnegative(),
    /** Not before this time; `null`: as soon as possible. */
    notBefore: InstantSchema.nullable(),
    /** Why the last send did not work, if there was one. An `ambiguous` fault means: look up the ref before sending. */
    lastFault: DeskFaultSchema.nullable(),
  }),
  z.object({
    kind: z.literal('sending'),
    attempts: z.number().int().nonnegative(),
    startedAt: InstantSchema,
    /** As it was in `queued`: `ambiguous` means that the ref must be looked up before anything is sent. */
    lastFault: DeskFaultSchema.nullable().optional(),
  }),
  z.object({ kind: z.literal('delivered'), at: InstantSchema, receipt: ReceiptSchema }),
  z.object({
    kind: z.literal('needsAttention'),
    fault: DeskFaultSchema,
    attempts: z.number().int().nonnegative(),
  }),
  z.object({
    kind: z.literal('held'),
    reason: HeldReasonSchema,
    attempts: z.number().int().nonnegative(),
    /** As in `queued`: kept so that an ambiguous send stays ambiguous across a hold. */
    lastFault: DeskFaultSchema.nullable(),
  }),
]);
/** Where an item stands. */
export type ItemState = z.infer<typeof ItemStateSchema>;

/** One durable write of the outbox. */
export const OutboxItemSchema = z.object({
  /** The idempotency key, and the item's name on disk. */
  ref: RefSchema,
  /** Items of one lane (one ticket) leave in order; lanes do not wait for each other. The create's ref, else `id:<ticket id>`. */
  lane: z.string().min(1).max(300),
  /** Order of acceptance, unique and increasing. */
  sequence: z.number().int().nonnegative(),
  acceptedAt: InstantSchema,
  write: WriteSchema,
  state: ItemStateSchema,
  /**
   * Of a create: the user sends it by e-mail instead of to the board, with everything that is written for it later. Decided
   * for good before anything is sent, so that no second ticket comes of it when the board is back.
   */
  via: z.literal('email').optional(),
});
/** One durable write of the outbox. */
export type OutboxItem = z.infer<typeof OutboxItemSchema>;
