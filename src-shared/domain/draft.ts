import * as z from 'zod';
import { SpooledFileSchema } from './attachment';
import { IMPACT, IntakeSchema, JoinOrLeaveSchema, WORKAROUND } from './intake';
import { InstantSchema, MAX_TEXT_LENGTH, RefSchema, Sha256Schema, TicketIdSchema } from './primitives';
import { SurveyAnswersSchema } from './survey';

/**
 * Longest text a draft keeps: more than can be sent, so that a paste that is too long is shown, explained and never lost.
 * In UTF-16 units.
 */
export const MAX_DRAFT_TEXT_LENGTH = 1_000_000;

const relaxed = z.string().max(MAX_DRAFT_TEXT_LENGTH);

/** An intake as typed so far: same shape as what is sent, but texts may still be too long. */
export const IntakeDraftSchema = IntakeSchema.extend({
  problem: relaxed,
  sinceText: relaxed,
  affectedText: relaxed,
  lostFunction: relaxed,
  recentChange: relaxed,
  workaroundText: relaxed,
  triedText: relaxed,
  contact: z.object({ name: relaxed, phone: relaxed, email: relaxed }),
  person: JoinOrLeaveSchema.extend({
    name: relaxed,
    position: relaxed,
    devices: relaxed,
    software: relaxed,
    mailbox: relaxed,
    accessLike: relaxed,
    accessText: relaxed,
    notes: relaxed,
  })
    .nullable()
    .default(null),
});
/** An intake as typed so far. */
export type IntakeDraft = z.infer<typeof IntakeDraftSchema>;

/**
 * One of the tickets that a draft with several problems becomes (DOMAIN: one problem per ticket). What is the same for
 * all of them stays in the draft's intake. `id` becomes the idempotency key of the part's own write.
 */
export const SplitPartSchema = z.object({
  id: RefSchema,
  problem: relaxed,
  impact: z.enum(IMPACT).nullable(),
  lostFunction: relaxed,
  workaround: z.enum(WORKAROUND).nullable(),
  workaroundText: relaxed,
  /** The files of the draft that go along with this part, by their SHA-256; what no part names goes with the first. */
  files: z.array(Sha256Schema),
});
/** One of the tickets that a draft with several problems becomes. */
export type SplitPart = z.infer<typeof SplitPartSchema>;
/** A draft becomes at most so many tickets. */
export const MAX_PARTS = 12;

const common = {
  /** Becomes the idempotency key of the write when the draft is sent: sending one draft twice is one write. */
  id: RefSchema,
  createdAt: InstantSchema,
  updatedAt: InstantSchema,
};

/** Everything typed but not sent yet. Saved as the user types and kept until it is sent or discarded. */
export const DraftSchema = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('ticket'),
    intake: IntakeDraftSchema,
    files: z.array(SpooledFileSchema),
    /** Notices the user put away for this draft, by their key: they stay away. */
    dismissedNotices: z.array(z.string().max(300)).max(200).optional(),
    /** While it is being split: the tickets it becomes. */
    split: z.array(SplitPartSchema).min(2).max(MAX_PARTS).optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('message'),
    ticketKey: z.string().max(300),
    text: relaxed,
    files: z.array(SpooledFileSchema),
    /** Written to follow up on the ticket, apart from a reply that may be begun, too. */
    followUp: z.literal(true).optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('survey'),
    ticketId: TicketIdSchema,
    answers: SurveyAnswersSchema.partial(),
    comment: z.string().max(MAX_TEXT_LENGTH),
  }),
]);
/** Everything typed but not sent yet. */
export type Draft = z.infer<typeof DraftSchema>;
/** A ticket being written. */
export type TicketDraft = Extract<Draft, { kind: 'ticket' }>;
/** A message being written in a ticket's conversation. */
export type MessageDraft = Extract<Draft, { kind: 'message' }>;
/** A survey being answered. */
export type SurveyDraft = Extract<Draft, { kind: 'survey' }>;
