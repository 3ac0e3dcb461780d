import { randomBytes } from 'node:crypto';
import type { SignInProblem } from '@shared/domain/board';
import { err, ok, type Result } from '@shared/domain/result';
import { CLOCK_TOLERANCE_MS } from '../../desk/reach-problem';
import type { Clock } from '../../platform/types';
import type { BrowserWay, Provider, RequestOptions } from './provider';
import type { ProviderTools } from './provider-fetch';
import { openReceiver, type RedirectReceiver } from './redirect-receiver';
import { returnPage, type PageWords, type ReturnPage } from './return-page';
import type { Tokens } from './tokens';

/** Signs people in on their provider's page, in the system's browser (RFC 8252). */
export interface BrowserSignIn {
  /** Resolves when the user has come back and the provider has given its tokens. Aborting it is `cancelled`. */
  signIn(way: BrowserWay, options: BrowserSignInOptions): Promise<Result<Tokens, SignInProblem>>;
}

/** What one sign-in needs. */
export interface BrowserSignInOptions {
  readonly signal: AbortSignal;
  /** Who is expected, so that the provider offers them first. */
  readonly loginHint?: string;
}

/** What signing in through the browser needs. */
export interface BrowserSignInDeps {
  readonly tools: ProviderTools;
  /** Opens a page in the system's browser; resolves to whether there is one. */
  readonly openPage: (url: string) => Promise<boolean>;
  /** The user has come back from the browser. */
  readonly onReturned: () => void;
  /** What the page says that the browser shows then. `declined`: the user said no at the provider. */
  readonly words: (outcome: 'done' | 'declined') => PageWords;
}

/** How long the user has on the provider's pages, in ms. */
export const PATIENCE_MS = 10 * 60_000;

/** Makes what signs in through the browser; the OpenID Connect library is loaded with the first sign-in. */
export function createBrowserSignIn(deps: BrowserSignInDeps): BrowserSignIn {
  const { tools } = deps;

  const page = (returned: URL): ReturnPage =>
    returnPage(deps.words(returned.searchParams.has('error') ? 'declined' : 'done'));

  /** Opens the provider's page and waits until the browser comes back with our answer. */
  async function visit(
    provider: Provider,
    receiver: RedirectReceiver,
    options: RequestOptions,
    signal: AbortSignal,
  ): Promise<Result<Tokens, SignInProblem>> {
    const request = await provider.request(options);
    if (signal.aborted) return err('cancelled');
    if (!(await deps.openPage(request.url.href))) return err('noBrowser');
    const returned = await within(receiver.returned, tools.clock, signal);
    if (returned === null) return err('cancelled');
    deps.onReturned();
    return ok(await request.finish(returned));
  }

  async function attempt(
    way: BrowserWay,
    { signal, loginHint }: BrowserSignInOptions,
  ): Promise<Result<Tokens, SignInProblem>> {
    const { openProvider } = await import('./provider');
    const provider = await openProvider(way, tools, 'proof', signal);
    if (Math.abs(provider.clockBehind ?? 0) > CLOCK_TOLERANCE_MS) return err('clockOff');
    const state = randomBytes(32).toString('base64url');
    const receiver = await openReceiver({ state, page });
    try {
      const { redirectUri } = receiver;
      const options = { redirectUri, state, ...(loginHint !== undefined && { loginHint }) };
      return await visit(provider, receiver, options, signal);
    } finally {
      receiver.close();
    }
  }

  return {
    async signIn(way, options) {
      try {
        return await attempt(way, options);
      } catch (error) {
        const { problemOf } = await import('./problems');
        const problem = options.signal.aborted
          ? 'cancelled'
          : await problemOf(error, new URL(way.issuer), tools);
        tools.log.error('signIn.browser', error, { reason: problem });
        return err(problem);
      }
    },
  };
}

/** What is waited for, or `null` when the user has given up or taken too long. */
function within<T>(wanted: Promise<T>, clock: Clock, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve) => {
    const end = (value: T | null): void => {
      cancel();
      signal.removeEventListener('abort', giveUp);
      resolve(value);
    };
    const giveUp = (): void => end(null);
    const cancel = clock.after(PATIENCE_MS, giveUp);
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    void wanted.then(end);
  });
}
