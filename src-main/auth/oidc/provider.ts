import * as oidc from 'openid-client';
import type { SignInWay } from '@shared/domain/board';
import type { Answer } from '../../desk/exchange';
import { CLOCK_TOLERANCE_MS } from '../../desk/reach-problem';
import { createProviderFetch, isSecure, NotSecure, type ProviderTools } from './provider-fetch';
import { tokensOf, type Tokens } from './tokens';

/** How a board lets people in whose identity is kept by somebody else. */
export type BrowserWay = Extract<SignInWay, { kind: 'browser' }>;

/** A page to open, and what must come back from it. */
export interface AuthorizationRequest {
  readonly url: URL;
  /** Takes the address that the browser came back to. Rejects when it is not the answer to this request. */
  finish(returned: URL): Promise<Tokens>;
}

/** What an authorisation request carries beyond what every one has. */
export interface RequestOptions {
  readonly redirectUri: string;
  /** Unguessable; the answer carries it, too. */
  readonly state: string;
  /** Who is expected, so that the provider offers them first. */
  readonly loginHint?: string;
}

/** An identity provider that has said who it is (OpenID Connect Discovery). Rejects with what `problemOf` understands. */
export interface Provider {
  /** How far this computer's clock is behind the provider's, in ms; `null`: it did not say. */
  readonly clockBehind: number | null;
  request(options: RequestOptions): Promise<AuthorizationRequest>;
  /** Another access token (RFC 6749, 6). Where refresh tokens rotate, the one given is used up. */
  refresh(tokens: Tokens): Promise<Tokens>;
  /** Takes the tokens back (RFC 7009), where the provider can. */
  revoke(tokens: Tokens): Promise<void>;
  /** The page that signs out at the provider (OpenID Connect RP-Initiated Logout); `null`: there is none. */
  logoutUrl(tokens: Tokens): URL | null;
}

/**
 * Ask the provider for its endpoints. `proof`: its ID tokens prove who somebody is, so their times are held against this
 * computer's clock; for a session they do not any more, and a clock that is off must not lose a rotated refresh token.
 */
export async function openProvider(
  way: BrowserWay,
  tools: ProviderTools,
  use: 'proof' | 'session',
  signal?: AbortSignal,
): Promise<Provider> {
  const issuer = new URL(way.issuer);
  if (!isSecure(issuer)) throw new NotSecure();
  let clockBehind: number | null = null;
  const onAnswer = (answer: Answer): void => void (clockBehind ??= behind(answer.headers, tools.clock.now()));
  const config = await oidc.discovery(issuer, way.clientId, timing(tools, use), oidc.None(), {
    [oidc.customFetch]: createProviderFetch(tools, onAnswer, signal),
    ...(issuer.protocol === 'http:' && { execute: [oidc.allowInsecureRequests] }),
  });
  const { revocation_endpoint, end_session_endpoint } = config.serverMetadata();

  return {
    clockBehind,
    request: (options) => begin(config, way, options, tools),
    async refresh(tokens) {
      if (tokens.refreshToken === null) throw new TypeError('provider: nothing to refresh with');
      const answer = await oidc.refreshTokenGrant(config, tokens.refreshToken);
      const subject = answer.claims()?.sub;
      // OpenID Connect Core, 12.2: it must be the same person as before.
      if (subject !== undefined && subject !== tokens.subject) throw new OtherSubject();
      return tokensOf({ ...answer, subject }, tokens.subject, tokens, tools.clock.now());
    },
    async revoke({ refreshToken, accessToken }) {
      if (revocation_endpoint === undefined) return;
      // The access tokens of a refresh token end with it (RFC 7009, 2.1).
      if (refreshToken !== null)
        await oidc.tokenRevocation(config, refreshToken, { token_type_hint: 'refresh_token' });
      else await oidc.tokenRevocation(config, accessToken, { token_type_hint: 'access_token' });
    },
    logoutUrl({ idToken }) {
      if (end_session_endpoint === undefined || idToken === null) return null;
      return oidc.buildEndSessionUrl(config, { id_token_hint: idToken });
    },
  };
}

/** A refresh that ended at another person: nothing of it may be used. */
export class OtherSubject extends Error {
  constructor() {
    super('provider: another person than before');
    this.name = 'OtherSubject';
  }
}

async function begin(
  config: oidc.Configuration,
  { scopes, prompt }: BrowserWay,
  { redirectUri, state, loginHint }: RequestOptions,
  { clock }: ProviderTools,
): Promise<AuthorizationRequest> {
  const verifier = oidc.randomPKCECodeVerifier();
  const nonce = oidc.randomNonce();
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: [...new Set(['openid', ...scopes])].join(' '),
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(prompt !== undefined && { prompt }),
    ...(loginHint !== undefined && { login_hint: loginHint }),
  });
  return {
    url,
    async finish(returned) {
      const answer = await oidc.authorizationCodeGrant(config, returned, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const subject = answer.claims()?.sub ?? '';
      return tokensOf({ ...answer, subject }, subject, null, clock.now());
    },
  };
}

/** Deskbell's own clock instead of the machine's, and how far it may be off. */
function timing({ clock }: ProviderTools, use: 'proof' | 'session') {
  const tolerance = use === 'proof' ? CLOCK_TOLERANCE_MS / 1000 : Number.MAX_SAFE_INTEGER;
  return {
    [oidc.clockSkew]: Math.round((clock.now().getTime() - Date.now()) / 1000),
    [oidc.clockTolerance]: tolerance,
  };
}

/** The time of an answer is when it was made, which may be a while ago where a cache gives it (RFC 9111, 5.1). */
function behind(headers: Answer['headers'], now: Date): number | null {
  const made = Date.parse(headers['date'] ?? '');
  const age = Number(headers['age'] ?? 0);
  return Number.isNaN(made) || Number.isNaN(age) ? null : made + age * 1000 - now.getTime();
}
