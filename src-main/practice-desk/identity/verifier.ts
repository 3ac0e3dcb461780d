import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { DeskClock, DeskLog, Persona } from '../types';
import { askIssuer, IssuerUnavailable, mustBeSecure, readIssuer, type IssuerOptions } from './issuer';

/** Whom an access token is from. */
export type Verified =
  | {
      readonly kind: 'person';
      /** Unique at the issuer, for ever. */
      readonly subject: string;
      readonly persona: Persona;
      /** Until when the token is good; `null`: the issuer does not tell. */
      readonly until: Date | null;
    }
  | { readonly kind: 'refused' }
  /** The issuer could not be asked. */
  | { readonly kind: 'unavailable' };

/** Checks access tokens of an issuer. */
export interface TokenVerifier {
  verify(token: string): Promise<Verified>;
}

/** What verifying needs. */
export interface VerifierDeps extends Pick<IssuerOptions, 'issuer' | 'audience'> {
  readonly clock: DeskClock;
  readonly log: DeskLog;
}

/** What issuers say of people (OpenID Connect Core, 5.1); each may be missing, or of a shape of its own. */
const text = z.string().optional().catch(undefined);
const ClaimsSchema = z.object({
  sub: z.string().min(1),
  name: text,
  preferred_username: text,
  email: text,
  phone_number: text,
});
type Claims = z.infer<typeof ClaimsSchema>;

/** How long an answer of the issuer about a token is believed, in ms: so long a token that was revoked may go on. */
const BELIEVED_MS = 30_000;
const MOST_BELIEVED = 1_000;
/** How far the clocks of issuer and desk may differ, in seconds. */
const CLOCK_TOLERANCE_S = 60;
/** Signatures with a public key (RFC 7518, 3.1; RFC 8037): a shared secret has no place at a public client's issuer. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/**
 * Makes the verifier; the issuer is asked with the first token. A JWT is checked here: signature, issuer, audience and times
 * (RFC 9068, 4). Any other token is shown to the issuer's userinfo endpoint, which knows its own.
 */
export async function createTokenVerifier(deps: VerifierDeps): Promise<TokenVerifier> {
  const { issuer, audience, clock, log } = deps;
  mustBeSecure(issuer);
  const { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify } = await import('jose');
  const believed = new Map<string, { readonly verified: Verified; readonly until: number }>();
  let source: Promise<{ keys: ReturnType<typeof createRemoteJWKSet>; userinfo: string | undefined }> | null =
    null;

  const open = () => {
    source ??= readIssuer(issuer)
      .then((metadata) => ({
        keys: createRemoteJWKSet(new URL(metadata.jwks_uri)),
        userinfo: metadata.userinfo_endpoint,
      }))
      .catch((error: unknown) => {
        source = null;
        throw error;
      });
    return source;
  };

  const isJwt = (token: string): boolean => {
    try {
      return decodeProtectedHeader(token).alg !== undefined && token.split('.').length === 3;
    } catch {
      return false;
    }
  };

  /** `null`: the issuer does not know the token. */
  async function askUserinfo(token: string): Promise<Claims | null> {
    const { userinfo } = await open();
    if (userinfo === undefined) return null;
    const { status, json } = await askIssuer(userinfo, { Authorization: `Bearer ${token}` });
    if (status >= 500 || status === 429) throw new IssuerUnavailable();
    const claims = ClaimsSchema.safeParse(json);
    return status === 200 && claims.success ? claims.data : null;
  }

  async function verifyJwt(token: string): Promise<Verified> {
    const { keys } = await open();
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: clock.now(),
    });
    const claims = ClaimsSchema.parse(payload);
    const until = new Date((payload.exp ?? 0) * 1000);
    if (claims.name !== undefined && claims.email !== undefined) return personOf(claims, until);
    // Access tokens often say only who, not what they are called; not every one may be shown to userinfo.
    const more = await askUserinfo(token);
    return personOf(more?.sub === claims.sub ? { ...claims, ...more } : claims, until);
  }

  async function verifyOpaque(token: string): Promise<Verified> {
    const claims = await askUserinfo(token);
    return claims ? personOf(claims, null) : { kind: 'refused' };
  }

  async function judge(token: string): Promise<Verified> {
    try {
      return await (isJwt(token) ? verifyJwt(token) : verifyOpaque(token));
    } catch (error) {
      const isRefused =
        error instanceof errors.JWTClaimValidationFailed ||
        error instanceof errors.JWTExpired ||
        error instanceof errors.JWTInvalid ||
        error instanceof errors.JWSInvalid ||
        error instanceof errors.JWSSignatureVerificationFailed ||
        error instanceof errors.JOSEAlgNotAllowed ||
        error instanceof errors.JOSENotSupported ||
        error instanceof errors.JWKSNoMatchingKey ||
        error instanceof z.ZodError;
      if (!isRefused) log.error('practice-desk.issuer', error);
      return { kind: isRefused ? 'refused' : 'unavailable' };
    }
  }

  return {
    async verify(token) {
      const key = createHash('sha256').update(token).digest('base64url');
      const now = clock.now().getTime();
      const known = believed.get(key);
      if (known && now < known.until) return known.verified;
      believed.delete(key);
      const verified = await judge(token);
      if (verified.kind === 'person') {
        const until = Math.min(now + BELIEVED_MS, verified.until?.getTime() ?? Number.POSITIVE_INFINITY);
        believed.set(key, { verified, until });
        const [oldest] = believed.keys();
        if (believed.size > MOST_BELIEVED && oldest !== undefined) believed.delete(oldest);
      }
      return verified;
    },
  };
}

function personOf(
  { sub, name, preferred_username, email, phone_number }: Claims,
  until: Date | null,
): Verified {
  const called = [name, preferred_username, email, sub].find((one) => one !== undefined && one.trim() !== '');
  const persona = {
    name: (called ?? sub).trim().slice(0, 200),
    email: (email ?? '').slice(0, 300),
    phone: (phone_number ?? '').slice(0, 100),
  };
  return { kind: 'person', subject: sub, persona, until };
}
