import * as z from 'zod';
import { RefSchema, TicketIdSchema } from './primitives';

/**
 * The place of one ticket on screen: one the board has (`id:<ticket id>`) or one still in the outbox (`ref:<uuid>`).
 * A ticket filed here keeps its `ref:` key on screen after the board has answered.
 */
export const TicketKeySchema = z.string().regex(/^(id:.{1,200}|ref:[0-9a-f-]{36})$/);
export type TicketKey = z.infer<typeof TicketKeySchema>;

/** Where the window can be. Deep links, tray clicks and notifications all end as one of these. */
export const RouteSchema = z.discriminatedUnion('screen', [
  z.object({ screen: z.literal('welcome') }),
  /** Finds a service desk and signs in to it. */
  z.object({ screen: z.literal('connect') }),
  /** Signs in again to the desk that is connected, when the session has ended. */
  z.object({ screen: z.literal('signIn') }),
  z.object({ screen: z.literal('tickets') }),
  z.object({ screen: z.literal('ticket'), key: TicketKeySchema }),
  z.object({ screen: z.literal('newTicket'), draftId: RefSchema.nullable() }),
  z.object({ screen: z.literal('survey'), ticketId: TicketIdSchema }),
  /** The picture that waits since it was taken from the tray or with the shortcut. */
  z.object({ screen: z.literal('screenshot') }),
  /** The number to call; with the ticket that was filed along, its words and its clock. */
  z.object({ screen: z.literal('emergency'), key: TicketKeySchema.nullable() }),
  z.object({ screen: z.literal('settings') }),
  z.object({ screen: z.literal('outbox') }),
  /** Who to reach for what, and what was agreed. */
  z.object({ screen: z.literal('callSheet') }),
]);
/** Where the window can be. */
export type Route = z.infer<typeof RouteSchema>;
