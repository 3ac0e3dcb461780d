import * as z from 'zod';
import { InstantSchema } from './primitives';

/** Local wall-clock time `HH:MM`, 24 hours. */
export const WallTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** A calendar day `YYYY-MM-DD` in the provider's time zone. */
export const DaySchema = z.iso.date();

/** When the service desk is open for general requests, in the provider's IANA time zone (guide, chapter 1: hours of service). */
export const BusinessHoursSchema = z.object({
  timeZone: z.string().min(1).max(100),
  /** One entry per open weekday; 1 is Monday, 7 is Sunday (ISO). `from` < `to`. */
  week: z.array(z.object({ day: z.number().int().min(1).max(7), from: WallTimeSchema, to: WallTimeSchema })),
  /** Days on which the desk is closed, with the name to say. */
  holidays: z.array(z.object({ day: DaySchema, name: z.string().max(200) })),
});
export type BusinessHours = z.infer<typeof BusinessHoursSchema>;

/** How a tester can set the practice desk's hours, so that every case of them can be seen at any time of day. */
export const PRACTICE_HOURS = ['agreed', 'open', 'closed', 'holiday'] as const;
/** How the practice desk's hours are set. */
export type PracticeHours = (typeof PRACTICE_HOURS)[number];

/** Account standing (billing page; guide, chapter 7, point 4). */
export const STANDINGS = ['good', 'creditHold', 'serviceHold'] as const;
/** Account standing. */
export const StandingSchema = z.enum(STANDINGS);
/** Account standing. */
export type Standing = z.infer<typeof StandingSchema>;

/** Whom to reach for what: one line of the call sheet (agreement contents). */
export const CallSheetEntrySchema = z.object({
  purpose: z.enum(['serviceDesk', 'emergency', 'billing', 'accountLead']),
  name: z.string().max(200),
  phone: z.string().max(100),
  email: z.string().max(300),
});
export type CallSheetEntry = z.infer<typeof CallSheetEntrySchema>;

/** What customer and provider agreed on, as far as it concerns the people who ask for help. */
export const AgreementSchema = z.object({
  provider: z.string().min(1).max(200),
  customer: z.string().max(200),
  hours: BusinessHoursSchema,
  /** Emergencies outside business hours: part of the agreement, or charged separately (guide, chapter 6); or nobody has said. */
  afterHours: z.enum(['included', 'charged', 'unknown']),
  kind: z.enum(['remoteOnly', 'traditional', 'coManaged', 'unknown']),
  /** Minutes within which an emergency is confirmed (guide, chapter 6: 30). */
  emergencyConfirmMinutes: z.number().int().positive(),
  callSheet: z.array(CallSheetEntrySchema),
  covered: z.array(z.string().max(500)),
  notCovered: z.array(z.string().max(500)),
  standing: StandingSchema,
  term: z.object({ from: DaySchema, to: DaySchema }).nullable(),
});
export type Agreement = z.infer<typeof AgreementSchema>;

/** Something the provider tells all its users, e.g. an outage. */
export const AnnouncementSchema = z.object({
  id: z.string().min(1).max(200),
  at: InstantSchema,
  severity: z.enum(['info', 'outage']),
  title: z.string().max(300),
  text: z.string().max(10_000),
  endedAt: InstantSchema.nullable(),
  /** How many people said that they have it, too, the reader included; left out where the board does not count. */
  affected: z.number().int().nonnegative().optional(),
  /** Whether the reader is on the list of those affected. */
  joined: z.boolean().optional(),
});
export type Announcement = z.infer<typeof AnnouncementSchema>;
