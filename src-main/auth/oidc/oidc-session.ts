import type { Credential } from '@shared/domain/credential';
import type { Secrets } from '../../platform/secrets';
import { createSerial } from '../../platform/serial';
import type { Session } from '../session';
import { leaveProvider } from './leave';
import type { BrowserWay, Provider } from './provider';
import type { ProviderTools } from './provider-fetch';
import { isDue, isGood, parseTokens, type Tokens } from './tokens';

/** What the session needs. */
export interface OidcSessionDeps {
  /** Under which name the tokens are kept: the account's id. */
  readonly name: string;
  readonly way: BrowserWay;
  readonly secrets: Secrets;
  readonly tools: ProviderTools;
  /** Opens a page in the system's browser. */
  readonly openPage: (url: string) => Promise<boolean>;
}

/** A session with tokens of an identity provider; it renews itself as long as the provider lets it. */
export interface OidcSession extends Session {
  /** The user has signed in. Resolves when the tokens are kept as well as this machine can. */
  begin(tokens: Tokens): Promise<void>;
  /** Ends it without showing the provider's page: takes the tokens back there and forgets them. */
  drop(): Promise<void>;
}

/** How long a provider in trouble is left in peace while the access token is still good, in ms. */
const TRY_AGAIN_MS = 30_000;

/** Makes the session of an account; keyring, library and provider are asked when they are first needed. */
export function createOidcSession({ name, way, secrets, tools, openPage }: OidcSessionDeps): OidcSession {
  const { clock, log } = tools;
  const storing = createSerial();
  /** `undefined`: the keyring has not been asked yet. */
  let known: Tokens | null | undefined;
  let provider: Promise<Provider> | null = null;
  let refreshing: Promise<Tokens | null> | null = null;
  let notBefore = 0;

  /** One thing at a time is done with what is kept, so that the last one asked for stays. */
  const store = <T>(task: () => Promise<T>): Promise<T> => storing.run(name, task);
  const keep = (tokens: Tokens): Promise<void> =>
    secrets.keep(name, JSON.stringify(tokens)).catch((error: unknown) => log.error('session.keep', error));

  const load = (): Promise<Tokens | null> =>
    store(async () => {
      if (known === undefined) {
        const kept = parseTokens(await secrets.read(name));
        known ??= kept;
      }
      return known;
    });

  const open = (): Promise<Provider> => {
    provider ??= import('./provider').then(({ openProvider }) => openProvider(way, tools, 'session'));
    return provider;
  };

  /** Rejects when the provider could not say; `null`: it said that the session is over. */
  const askProvider = async (before: Tokens): Promise<Tokens | null> => {
    try {
      return await (await open()).refresh(before);
    } catch (error) {
      // One that was down may come back with other endpoints: they are asked for anew.
      provider = null;
      const { endOf } = await import('./problems');
      const reason = endOf(error);
      if (reason === null) throw error;
      log.info('session.over', { reason });
      return null;
    }
  };

  const exchange = async (before: Tokens): Promise<Tokens | null> => {
    const after = await askProvider(before);
    const isCurrent = await store(async () => {
      if (known !== before) return false;
      // Kept before it is used: once it is, the provider may take the old refresh token for a stolen one.
      await (after ? keep(after) : secrets.forget(name));
      if (known !== before) return false;
      known = after;
      return true;
    });
    // Signed out meanwhile: what came too late is given back.
    if (!isCurrent && after && known === null) await leaveProvider(way, after, tools);
    return known ?? null;
  };

  /** Of several callers at once only one asks. */
  const refresh = (before: Tokens): Promise<Tokens | null> => {
    refreshing ??= exchange(before).finally(() => (refreshing = null));
    return refreshing;
  };

  /** The provider is asked in time, so that its trouble is noticed before it matters. */
  const refreshEarly = async (tokens: Tokens): Promise<Tokens | null> => {
    if (clock.now().getTime() < notBefore) return tokens;
    try {
      return await refresh(tokens);
    } catch (error) {
      log.error('session.refreshLater', error);
      notBefore = clock.now().getTime() + TRY_AGAIN_MS;
      return tokens;
    }
  };

  const current = async (): Promise<Tokens | null> => {
    const tokens = await load();
    if (tokens === null || !isDue(tokens, clock.now())) return tokens;
    const isStillGood = isGood(tokens, clock.now());
    if (tokens.refreshToken === null) return isStillGood ? tokens : null;
    return isStillGood ? refreshEarly(tokens) : refresh(tokens);
  };

  const leave = async (): Promise<URL | null> => {
    const tokens = await load();
    known = null;
    await store(() => secrets.forget(name));
    return tokens && leaveProvider(way, tokens, tools);
  };

  return {
    async credential() {
      const tokens = await current();
      return tokens && { kind: 'bearer', token: tokens.accessToken };
    },
    async renew(refused) {
      const tokens = await load();
      if (tokens === null) return false;
      // Renewed since: it was the token before this one that was refused.
      if (refused && !isOf(tokens, refused)) return true;
      return tokens.refreshToken !== null && (await refresh(tokens)) !== null;
    },
    begin(tokens) {
      known = tokens;
      return store(() => keep(tokens));
    },
    async end() {
      const page = await leave();
      if (page) await openPage(page.href);
    },
    async drop() {
      await leave();
    },
  };
}

const isOf = ({ accessToken }: Tokens, credential: Credential): boolean =>
  credential.kind === 'bearer' && credential.token === accessToken;
