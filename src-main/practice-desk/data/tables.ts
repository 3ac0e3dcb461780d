import * as z from 'zod';
import { AgreementSchema, AnnouncementSchema } from '@shared/domain/agreement';
import { AttachmentSchema } from '@shared/domain/attachment';
import { InstantSchema, RefSchema, Sha256Schema } from '@shared/domain/primitives';
import { SurveyAnswersSchema } from '@shared/domain/survey';
import { BoardTicketSchema, PersonSchema } from '@shared/board-api';

/** What a problem is about, as the practice staff see it. */
export const TOPICS = [
  'mail',
  'printer',
  'network',
  'login',
  'slow',
  'phone',
  'application',
  'hardware',
  'other',
] as const;
/** What a problem is about. */
export type Topic = (typeof TOPICS)[number];

/** Where the staff are with a ticket; finer than the six steps. */
export const PHASES = [
  'created',
  'received',
  'reviewed',
  'assigned',
  'working',
  'investigating',
  'resolved',
  'reopened',
  'retrying',
  'closed',
] as const;
/** Where the staff are with a ticket. */
export type Phase = (typeof PHASES)[number];

/** What the staff do with a ticket by themselves. */
export const ACTIONS = ['receive', 'review', 'assign', 'start', 'ask', 'resolve', 'apologise'] as const;
/** What the staff do with a ticket by themselves. */
export type Action = (typeof ACTIONS)[number];

/** A short answer that somebody at the desk owes the user. */
export const COURTESIES = [
  'answered',
  'notRestarted',
  'noted',
  'fileNoted',
  'glad',
  'afterResolved',
  'followedUp',
] as const;
/** A short answer that somebody at the desk owes the user. */
export type Courtesy = (typeof COURTESIES)[number];

/** A question the engineer can ask: whether it was restarted, or one that fits the topic. */
export const QUESTION_KINDS = ['restart', 'topic'] as const;
/** A question the engineer can ask. */
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** A ticket with what only the desk knows of it. */
export const TicketRecordSchema = z.object({
  ownerId: z.string(),
  ticket: BoardTicketSchema,
  phase: z.enum(PHASES),
  topic: z.enum(TOPICS),
  /** What the dispatcher will find: decided from the intake when it came in. */
  triage: z.object({
    emergency: z.boolean(),
    hardware: z.boolean(),
    restartSaid: z.boolean(),
    /** A person joins or leaves: billing is told, too. */
    person: z.enum(['joining', 'leaving']).nullable().default(null),
  }),
  asked: z.array(z.enum(QUESTION_KINDS)),
  /** How often an engineer called it resolved. */
  solutions: z.number().int().nonnegative(),
  /** What happens next without the user, and when; `null`: the user's turn, or the pace is manual. */
  next: z.object({ action: z.enum(ACTIONS), at: InstantSchema }).nullable(),
  courtesy: z.object({ kind: z.enum(COURTESIES), at: InstantSchema }).nullable(),
  /** The idempotency key of every write that was carried out, in order; twice the same would be a bug. */
  writes: z.array(RefSchema),
  survey: z.object({ answers: SurveyAnswersSchema, comment: z.string(), at: InstantSchema }).nullable(),
});
/** A ticket with what only the desk knows of it. */
export type TicketRecord = z.infer<typeof TicketRecordSchema>;

/** Everything the desk keeps, one schema per table. */
export const TABLES = {
  /** One row, `desk`. `epoch` names this set of data; `sequence` counts changes that clients can see. */
  meta: z.object({
    epoch: z.string(),
    sequence: z.number().int().nonnegative(),
    nextNumber: z.number().int().positive(),
  }),
  /** By person id. `identity` is what makes two sign-ins the same person. */
  person: PersonSchema.extend({ identity: z.string() }),
  /** By SHA-256 of the token: the token itself is never stored. */
  session: z.object({ personId: z.string(), at: InstantSchema }),
  /** By ticket id. Rows are in the order of their last change. */
  ticket: TicketRecordSchema,
  /** By person and idempotency key: the first answer, to be given again. */
  write: z.object({
    personId: z.string(),
    ref: RefSchema,
    fingerprint: Sha256Schema,
    status: z.number().int(),
    /** The answer letter for letter. */
    answer: z.string(),
  }),
  /** By upload id: files that wait for the write that names them. */
  upload: AttachmentSchema.extend({
    ownerId: z.string(),
    sha256: Sha256Schema,
    at: InstantSchema,
    key: RefSchema.nullable(),
  }),
  /** By attachment id. */
  attachment: AttachmentSchema.extend({ ticketId: z.string(), sha256: Sha256Schema }),
  /** One row, `desk`: the agreement where it was changed. `sequence` is the change that did it. */
  agreement: z.object({ sequence: z.number().int(), agreement: AgreementSchema }),
  /** One row, `desk`. */
  announcements: z.object({
    sequence: z.number().int(),
    announcements: z.array(AnnouncementSchema),
    /** Who said "I have this too", in order, with the idempotency key of the write; a person counts once. */
    affected: z
      .array(z.object({ announcementId: z.string(), personId: z.string(), ref: RefSchema }))
      .default([]),
  }),
} as const;

/** The name of a table. */
export type TableName = keyof typeof TABLES;
/** A row of a table. */
export type Row<T extends TableName> = z.infer<(typeof TABLES)[T]>;
/** Somebody who signed in here once. */
export type PersonRow = Row<'person'>;
/** The id of the only row of `meta`, `agreement` and `announcements`. */
export const ONLY_ROW = 'desk';
