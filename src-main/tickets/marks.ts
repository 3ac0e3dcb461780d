import * as z from 'zod';
import { InstantSchema, TicketIdSchema } from '@shared/domain/primitives';

/** What Deskbell itself keeps about an account's tickets. Damaged parts fall back, the rest stays. */
export const MarksSchema = z.object({
  /** Where to go on listing changes. */
  cursor: z.string().nullable().catch(null),
  syncedAt: InstantSchema.nullable().catch(null),
  dismissedSurveys: z.array(TicketIdSchema).catch([]),
  /** Surveys put off, with when they are asked for again. */
  laterSurveys: z.record(TicketIdSchema, InstantSchema).catch({}),
  /** Up to when each ticket has been seen. */
  readAt: z.record(TicketIdSchema, InstantSchema).catch({}),
});
export type Marks = z.infer<typeof MarksSchema>;

/** The marks of an account that was never listed. */
export const noMarks = (): Marks => ({
  cursor: null,
  syncedAt: null,
  dismissedSurveys: [],
  laterSurveys: {},
  readAt: {},
});
