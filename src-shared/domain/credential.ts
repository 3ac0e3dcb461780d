import * as z from 'zod';

/**
 * What proves to a board who is asking. `bearer` tokens come from OpenID Connect or the practice desk, `token` is one that
 * a board gives its users (Request Tracker). Only ever stored through the keyring, never logged.
 */
export const CredentialSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bearer'), token: z.string().min(1) }),
  z.object({ kind: z.literal('password'), name: z.string(), password: z.string() }),
  z.object({ kind: z.literal('token'), token: z.string().min(1) }),
  /** The board asks nobody. */
  z.object({ kind: z.literal('nothing') }),
]);
/** What proves to a board who is asking. */
export type Credential = z.infer<typeof CredentialSchema>;
