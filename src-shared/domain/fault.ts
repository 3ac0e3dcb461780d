import * as z from 'zod';
import { InstantSchema } from './primitives';

/**
 * What can go wrong between Deskbell and a service board; decides what happens next (DESIGN: the connector port).
 * - `offline`: the request never left, or the network answered in the board's place. Retry when back.
 * - `ambiguous`: sent, outcome unknown (reset, time-out or 5xx after bytes went out). Look up the ref first, never a blind resend.
 * - `authExpired`: the session ended. Pauses the queue, uses up no attempt, asks to sign in.
 * - `rejected`: the board refused the content, per field where it says so. Needs the user; the text stays.
 * - `conflict`: the ticket moved on meanwhile.
 * - `throttled`: the board asks to wait until a time.
 * - `serverFault`: the board failed before it took the request (e.g. 503 while down), or answered nonsense to a read.
 */
export const DeskFaultSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('offline'),
    cause: z.enum(['noNetwork', 'unreachable', 'captivePortal', 'certificate', 'timeout']),
  }),
  z.object({ kind: z.literal('ambiguous'), cause: z.enum(['timeout', 'reset', 'serverError', 'badAnswer']) }),
  z.object({ kind: z.literal('authExpired') }),
  z.object({
    kind: z.literal('rejected'),
    /** The board's own words, for the details. */
    message: z.string().max(2000),
    /** Paths as JSON pointers into what was sent, e.g. `/intake/problem`. */
    fields: z.array(z.object({ pointer: z.string().max(300), reason: z.string().max(1000) })),
    /** It is too large as a whole, in bytes, and Deskbell found out by itself. `fields` names files that are too large alone. */
    tooLarge: z
      .object({ bytes: z.number().int().nonnegative(), limit: z.number().int().nonnegative() })
      .optional(),
  }),
  z.object({ kind: z.literal('conflict'), reason: z.enum(['stale', 'closed', 'duplicate', 'gone']) }),
  z.object({ kind: z.literal('throttled'), until: InstantSchema }),
  z.object({ kind: z.literal('serverFault'), status: z.number().int().nullable() }),
]);
/** What can go wrong between Deskbell and a service board. */
export type DeskFault = z.infer<typeof DeskFaultSchema>;
