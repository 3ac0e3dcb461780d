import * as z from 'zod';
import { IntakeSchema } from './intake';
import { InstantSchema, RefSchema } from './primitives';
import type { Ticket } from './ticket';

/** After the first reminder the user is asked to call every hour until somebody answered (guide, chapter 6). In minutes. */
export const CALL_AGAIN_MINUTES = 60;

/** What of the answers is said on the phone. */
const EmergencySaidSchema = IntakeSchema.pick({
  since: true,
  sinceText: true,
  affected: true,
  impact: true,
  workaround: true,
  problem: true,
}).extend({
  /** Not stored by the first versions. */
  lostFunction: IntakeSchema.shape.lostFunction.default(''),
});
/** What of the answers is said on the phone. */
export type EmergencySaid = z.infer<typeof EmergencySaidSchema>;

/**
 * The clock of one emergency that was filed here. It ends when a person at the provider has confirmed, when the user
 * reached somebody, stopped it, or when the ticket is over.
 */
export const EmergencyWatchSchema = z.object({
  /** The idempotency key the ticket was filed with; the watch's name on disk. */
  ref: RefSchema,
  filedAt: InstantSchema,
  /** What is to be said on the phone after the outbox has let go of the ticket: since when, and why it is an emergency. */
  said: EmergencySaidSchema,
  /** Within how many minutes the provider confirms, as the agreement said when it was filed. */
  confirmMinutes: z.number().int().positive(),
  state: z.enum(['waiting', 'confirmed', 'reached', 'stopped', 'over']),
  /** When it left `waiting`. */
  endedAt: InstantSchema.nullable(),
  /** How many reminders there were. */
  reminders: z.number().int().nonnegative(),
  /** From when the next reminder is counted: the filing, then the last reminder. */
  countedFrom: InstantSchema,
});
/** The clock of one emergency. */
export type EmergencyWatch = z.infer<typeof EmergencyWatchSchema>;

const MINUTE = 60_000;

/** The clock of an emergency that was just filed. */
export const startWatch = (
  ref: EmergencyWatch['ref'],
  filedAt: string,
  confirmMinutes: number,
  said: EmergencySaid,
): EmergencyWatch => ({
  ref,
  filedAt,
  confirmMinutes,
  said: EmergencySaidSchema.parse(said),
  state: 'waiting',
  endedAt: null,
  reminders: 0,
  countedFrom: filedAt,
});

/** When the user is to be reminded next; `null`: never again. */
export function nextReminderAt(watch: EmergencyWatch): Date | null {
  if (watch.state !== 'waiting') return null;
  const minutes = watch.reminders === 0 ? watch.confirmMinutes : CALL_AGAIN_MINUTES;
  return new Date(Date.parse(watch.countedFrom) + minutes * MINUTE);
}

/**
 * The watch at a moment, and whether the user is to be reminded now. However long the machine slept, that is one
 * reminder; the next counts from it. A clock that was set back to before the last one counts from where it is now, so
 * that nothing comes late by more than its own time.
 */
export function tickWatch(
  watch: EmergencyWatch,
  now: Date,
): { readonly watch: EmergencyWatch; readonly remind: boolean } {
  const due = nextReminderAt(watch);
  if (due === null) return { watch, remind: false };
  if (now >= due) {
    const reminders = watch.reminders + 1;
    return { watch: { ...watch, reminders, countedFrom: now.toISOString() }, remind: true };
  }
  const wasSetBack = now.getTime() < Date.parse(watch.countedFrom);
  return { watch: wasSetBack ? { ...watch, countedFrom: now.toISOString() } : watch, remind: false };
}

/**
 * Whether a person at the provider has confirmed the emergency (DOMAIN: emergencies; guide, chapters 5 and 6): the ticket
 * has gone beyond "created" (a dispatcher confirms receipt at step 2), is with somebody, or carries a word of the staff.
 * That the board has taken the ticket is no confirmation: that was a machine.
 */
export const isConfirmed = (ticket: Pick<Ticket, 'step' | 'assignee' | 'messages'>): boolean =>
  (ticket.step !== null && ticket.step !== 'created') ||
  ticket.assignee !== null ||
  ticket.messages.some(({ author }) => author.kind === 'staff');

/** The watch, ended; one that has ended already stays as it is. */
export const endWatch = (
  watch: EmergencyWatch,
  state: Exclude<EmergencyWatch['state'], 'waiting'>,
  now: Date,
): EmergencyWatch => (watch.state === 'waiting' ? { ...watch, state, endedAt: now.toISOString() } : watch);

/** Whether the agreed time has passed without a confirmation: the user was told so. */
export const isOverdue = (watch: EmergencyWatch): boolean => watch.state === 'waiting' && watch.reminders > 0;
