import * as z from 'zod';
import { isLoopback } from '@shared/domain/loopback';

/** Somebody else keeps the identity of this desk's people (OpenID Connect). */
export interface IssuerOptions {
  /** As the issuer writes itself; https, except on this computer. */
  readonly issuer: string;
  /** Of the public client that people sign in with. */
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** What the issuer is asked to do at every sign-in; see `PromptSchema`. */
  readonly prompt?: 'consent' | 'login' | 'select_account';
  /** Whom access tokens must be for (`aud`), where they are JWTs. */
  readonly audience: string;
}

/** As much of a discovery document (OpenID Connect Discovery, 3) as verifying tokens takes. */
const MetadataSchema = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
});
/** Where an issuer's keys and people are. */
export type IssuerMetadata = Readonly<z.infer<typeof MetadataSchema>>;

/** The issuer gave no answer, or none that can be used: nobody can be told apart right now. */
export class IssuerUnavailable extends Error {
  constructor(options?: ErrorOptions) {
    super('The issuer does not answer.', options);
    this.name = 'IssuerUnavailable';
  }
}

const PATIENCE_MS = 5_000;

/** Asks an issuer for JSON. @throws IssuerUnavailable when there is no answer; the status is the caller's to judge */
export async function askIssuer(
  address: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly json: unknown }> {
  mustBeSecure(address);
  try {
    const answer = await fetch(address, {
      headers: { Accept: 'application/json', ...headers },
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { status: answer.status, json: await answer.json().catch(() => undefined) };
  } catch (error) {
    throw new IssuerUnavailable({ cause: error });
  }
}

/** Reads the issuer's discovery document. @throws IssuerUnavailable */
export async function readIssuer(issuer: string): Promise<IssuerMetadata> {
  const { status, json } = await askIssuer(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const metadata = MetadataSchema.safeParse(json);
  // An issuer vouches for itself only (OpenID Connect Discovery, 4.3).
  if (status !== 200 || !metadata.success || metadata.data.issuer !== issuer) throw new IssuerUnavailable();
  mustBeSecure(metadata.data.jwks_uri);
  return metadata.data;
}

/** @throws TypeError for an address without TLS beyond this computer */
export function mustBeSecure(address: string): void {
  const url = new URL(address);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return;
  throw new TypeError('An issuer must be reached over TLS.');
}
