import * as z from 'zod';
import { DaySchema } from './agreement';
import { DEVICE_KEYS, DeviceLineSchema } from './device';
import { InstantSchema, MAX_LINE_LENGTH, MAX_TEXT_LENGTH } from './primitives';

const line = () => z.string().max(MAX_LINE_LENGTH);
const text = () => z.string().max(MAX_TEXT_LENGTH);

/** Since when the problem is there: a common answer, or the user's own words in `sinceText`. */
export const SINCE = ['justNow', 'today', 'yesterday', 'thisWeek', 'longer', 'other'] as const;
/** Who is affected (guide, chapter 4: how many people). */
export const AFFECTED = ['me', 'few', 'most', 'everyone', 'colleague'] as const;
/** How the problem hits the work (guide, chapter 4: which job function is lost). */
export const IMPACT = ['stopped', 'slower', 'annoying'] as const;
/** Whether there is a way around the problem for now. */
export const WORKAROUND = ['none', 'some', 'unknown'] as const;
/** Whether the app or device was restarted: always the engineer's first question (guide, chapter 5, step 5). */
export const RESTARTED = ['app', 'computer', 'both', 'no', 'notApplicable'] as const;

/**
 * What a request is about: a problem, or a person who joins or leaves, which is a request of its own kind that the
 * service desk and billing both get (guide, chapters 1 and 7).
 */
export const INTAKE_KINDS = ['problem', 'joining', 'leaving'] as const;
/** What happens to the mailbox of somebody who leaves. */
export const MAILBOX_AFTER = ['handOver', 'answer', 'close', 'unknown'] as const;
/** When the access of somebody who leaves ends. */
export const ACCESS_ENDS = ['endOfLastDay', 'atOnce', 'later'] as const;

/** Whom the engineer should ask; may be a colleague (guide, chapter 5, step 1). */
export const ContactSchema = z.object({
  name: line(),
  phone: line(),
  email: line(),
});
/** Whom the engineer should ask. */
export type Contact = z.infer<typeof ContactSchema>;

/**
 * A person who joins or leaves (guide, chapter 1: what a new user needs; user changes are announced in advance). Only the
 * name and the day are needed; what does not fit the kind stays empty.
 */
export const JoinOrLeaveSchema = z.object({
  name: line(),
  /** What the person does, and where. */
  position: line(),
  /** The first or the last working day. */
  day: DaySchema.nullable(),
  /** What to prepare, or what comes back. */
  devices: text(),
  software: text(),
  /** The address, and shared mailboxes; or to whom a mailbox goes. */
  mailbox: line(),
  /** Whose access to copy. */
  accessLike: line(),
  mailboxAfter: z.enum(MAILBOX_AFTER).nullable(),
  accessEnds: z.enum(ACCESS_ENDS).nullable(),
  /** When access ends where neither common answer fits. */
  accessText: line(),
  notes: text(),
});
/** A person who joins or leaves. */
export type JoinOrLeave = z.infer<typeof JoinOrLeaveSchema>;

/**
 * What the provider needs to triage one problem (DOMAIN: A ticket; guide, chapters 4 and 5).
 * Every answer but the problem itself may be empty: `null` for a choice not made, `''` for a text not written.
 */
export const IntakeSchema = z.object({
  /** The problem in the user's own words: symptoms, and what was expected instead. */
  problem: text(),
  since: z.enum(SINCE).nullable(),
  sinceText: line(),
  affected: z.enum(AFFECTED).nullable(),
  /** How many people, or which colleague, in the user's own words. */
  affectedText: line(),
  impact: z.enum(IMPACT).nullable(),
  /** What cannot be done: the lost job function, in the user's own words. */
  lostFunction: line(),
  /** Any recent change to the affected machine. */
  recentChange: text(),
  workaround: z.enum(WORKAROUND).nullable(),
  workaroundText: text(),
  restarted: z.enum(RESTARTED).nullable(),
  restartedAt: InstantSchema.nullable(),
  /** What else the user already tried. */
  triedText: text(),
  contact: ContactSchema,
  /** The user phones about it first, and the clock of confirmation runs (guide, chapter 6). */
  emergency: z.boolean().default(false),
  kind: z.enum(INTAKE_KINDS).default('problem'),
  /** Who joins or leaves; `null` for a problem. `problem` then holds the request in words. */
  person: JoinOrLeaveSchema.nullable().default(null),
  /** About the user's computer: only what was shown and not left out. */
  device: z.array(DeviceLineSchema).max(DEVICE_KEYS.length).default([]),
});
/** What the provider needs to triage one problem. */
export type Intake = z.infer<typeof IntakeSchema>;

/** An intake with nothing answered yet. */
export const emptyIntake = (contact: Contact = { name: '', phone: '', email: '' }): Intake => ({
  problem: '',
  since: null,
  sinceText: '',
  affected: null,
  affectedText: '',
  impact: null,
  lostFunction: '',
  recentChange: '',
  workaround: null,
  workaroundText: '',
  restarted: null,
  restartedAt: null,
  triedText: '',
  contact,
  emergency: false,
  kind: 'problem',
  person: null,
  device: [],
});

/** Somebody who joins or leaves, with nothing answered yet. */
export const emptyJoinOrLeave = (): JoinOrLeave => ({
  name: '',
  position: '',
  day: null,
  devices: '',
  software: '',
  mailbox: '',
  accessLike: '',
  mailboxAfter: null,
  accessEnds: null,
  accessText: '',
  notes: '',
});
