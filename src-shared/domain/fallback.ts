import * as z from 'zod';
import { MailRouteSchema, SenderSchema, SIGN_IN_PROBLEMS } from './board';
import { InstantSchema } from './primitives';

/** After how many minutes out of reach e-mail can be offered instead of a board. */
export const OFFER_AFTER_MINUTES = [15, 60, 240] as const;

/** E-mail as the way around a board that is out of reach, as it is stored: no secret is in it. */
export const FallbackSchema = z.object({
  route: MailRouteSchema,
  sender: SenderSchema,
  /** The name to sign in to the mail server with; empty where it asks nobody. */
  login: z.string().trim().max(300).default(''),
  /** After how many minutes out of reach it is offered; `null`: never. */
  offerAfterMinutes: z.literal(OFFER_AFTER_MINUTES).nullable().default(60),
});
/** E-mail as the way around a board that is out of reach. */
export type Fallback = z.infer<typeof FallbackSchema>;

/** What the settings show of it. */
export const FallbackViewSchema = z.object({
  /** Whether there is a board that it can stand in for: a desk that is a mailbox needs none. */
  isPossible: z.boolean(),
  /** `null`: not set up. */
  fallback: FallbackSchema.nullable(),
  /** Whether a password is kept for it. */
  hasPassword: z.boolean(),
  /** The organisation has set the mail server and the mailboxes. */
  isManaged: z.boolean(),
});
/** What the settings show of it. */
export type FallbackView = z.infer<typeof FallbackViewSchema>;

/** What setting it up gave: kept, or why the mail server did not let the user in. */
export const FallbackAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('kept') }),
  z.object({ kind: z.literal('refused'), problem: z.enum(SIGN_IN_PROBLEMS) }),
]);
/** What setting it up gave. */
export type FallbackAnswer = z.infer<typeof FallbackAnswerSchema>;

/** Where e-mail as the way around stands now. */
export const FallbackStateSchema = z.object({
  /** Where it would go. */
  deskAddress: z.string(),
  /** Whether the board has been out of reach for as long as the user has chosen. */
  isOffered: z.boolean(),
  /** Since when the board is out of reach; `null`: it is not. */
  awaySince: InstantSchema.nullable(),
});
/** Where e-mail as the way around stands now. */
export type FallbackState = z.infer<typeof FallbackStateSchema>;

/** When it is offered for a board that is out of reach since then; `null`: never, or not away. */
export function offeredAt(
  { offerAfterMinutes }: Pick<Fallback, 'offerAfterMinutes'>,
  awaySince: Date | null,
): Date | null {
  if (awaySince === null || offerAfterMinutes === null) return null;
  return new Date(awaySince.getTime() + offerAfterMinutes * 60_000);
}
