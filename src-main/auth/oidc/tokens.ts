import * as z from 'zod';
import { InstantSchema } from '@shared/domain/primitives';

/** What an identity provider gave somebody who signed in. Secret as a whole: kept through the keyring only, never logged. */
export const TokensSchema = z.object({
  /** Who it is, as the issuer knows them. */
  subject: z.string().min(1),
  accessToken: z.string().min(1),
  /** Gets another access token; `null`: the provider gave none, and the session ends with the access token. */
  refreshToken: z.string().min(1).nullable(),
  /** Names the session when signing out at the provider. */
  idToken: z.string().min(1).nullable(),
  /** From when another access token is asked for; `null`: its life is not known, so it is good until the board refuses it. */
  refreshAt: InstantSchema.nullable(),
  expiresAt: InstantSchema.nullable(),
});
/** What an identity provider gave somebody who signed in. */
export type Tokens = Readonly<z.infer<typeof TokensSchema>>;

/** What a token endpoint answered, as far as it matters here. */
export interface TokenAnswer {
  readonly subject: string | undefined;
  readonly access_token: string;
  readonly refresh_token?: string | undefined;
  readonly id_token?: string | undefined;
  /** In seconds. */
  readonly expires_in?: number | undefined;
}

/** How long before its end an access token is replaced: this long, but at most a fifth of its life. In milliseconds. */
const EARLY_MS = 60_000;

/**
 * The tokens of an answer. What a refresh does not give anew (RFC 6749, 6: the refresh token; OpenID Connect Core, 12.2: the
 * ID token) stays as it was.
 */
export function tokensOf(answer: TokenAnswer, subject: string, before: Tokens | null, now: Date): Tokens {
  const { access_token: accessToken, refresh_token, id_token, expires_in } = answer;
  return {
    subject,
    accessToken,
    refreshToken: refresh_token ?? before?.refreshToken ?? null,
    idToken: id_token ?? before?.idToken ?? null,
    ...lifeOf(expires_in, now.getTime()),
  };
}

function lifeOf(seconds: number | undefined, now: number): Pick<Tokens, 'refreshAt' | 'expiresAt'> {
  if (seconds === undefined || !(seconds > 0)) return { refreshAt: null, expiresAt: null };
  // A year is as good as forever, and keeps the date one that can be written down.
  const life = Math.min(seconds, 365 * 24 * 3600) * 1000;
  const at = (time: number): string => new Date(time).toISOString();
  return { refreshAt: at(now + life - Math.min(EARLY_MS, life / 5)), expiresAt: at(now + life) };
}

/** Whether another access token should be asked for. */
export const isDue = ({ refreshAt }: Tokens, now: Date): boolean =>
  refreshAt !== null && now.getTime() >= Date.parse(refreshAt);

/** Whether the access token is still good, as far as this computer's clock can tell. */
export const isGood = ({ expiresAt }: Tokens, now: Date): boolean =>
  expiresAt === null || now.getTime() < Date.parse(expiresAt);

/** Reads tokens as they are kept; `null`: they are none, or of another version. */
export function parseTokens(text: string | null): Tokens | null {
  if (text === null) return null;
  try {
    const stored = TokensSchema.safeParse(JSON.parse(text));
    return stored.success ? stored.data : null;
  } catch {
    return null;
  }
}
