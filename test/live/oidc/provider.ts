/** A real OpenID Connect provider on this computer (`oidc-provider`), with what its administrator can do. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider, type Adapter, type AdapterPayload } from 'oidc-provider';
import { REDIRECT_PATH } from '../../../src-main/auth/oidc/redirect-receiver';

/** How a provider is set up. */
export interface ProviderOptions {
  /** JWTs for the board's audience, or random texts that only the provider understands. Default: `jwt`. */
  readonly accessTokens?: 'jwt' | 'opaque';
  /** How long access tokens are good, in seconds. Default: an hour. */
  readonly accessTokenSeconds?: number;
}

/** A provider that is running. */
export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  /** Whom JWTs are for. */
  readonly audience: string;
  readonly scopes: readonly string[];
  /** How often an endpoint was asked so far, e.g. `/token`. */
  asked(path: string): number;
  /** What is done before an endpoint is asked, once: e.g. nothing is answered until it resolves. */
  before(path: string, hold: () => Promise<void>): void;
  /** Answers of an endpoint as they are from now on; `null`: its own again. */
  answer(path: string, instead: ((response: http.ServerResponse) => void) | null): void;
  /** The administrator ends every session and takes every token back. */
  revokeAll(): void;
  /** What it signs with. */
  signingKey(): Promise<CryptoKey>;
  /** Refresh tokens that are still good. */
  refreshTokens(): number;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export const CLIENT_ID = 'deskbell';
export const AUDIENCE = 'urn:deskbell:board';
const SCOPES = ['openid', 'profile', 'email', 'phone', 'offline_access'];
const HOUR = 3600;

/** Everybody may sign in: `ada` is Ada, ada@example.com. */
const claimsOf = (login: string) => ({
  sub: login,
  name: login.charAt(0).toUpperCase() + login.slice(1),
  email: `${login}@example.com`,
  phone_number: '555 0100',
});

/** Starts a provider; refresh tokens rotate, and one that is used twice ends its whole grant. */
export async function startProvider(options: ProviderOptions = {}): Promise<TestProvider> {
  const { accessTokens = 'jwt', accessTokenSeconds = HOUR } = options;
  const counts = new Map<string, number>();
  const holds = new Map<string, () => Promise<void>>();
  const answers = new Map<string, (response: http.ServerResponse) => void>();
  const stored = createStorage();
  let handle: Handle = () => undefined;
  const server = http.createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    counts.set(path, (counts.get(path) ?? 0) + 1);
    const hold = holds.get(path);
    holds.delete(path);
    const answer = answers.get(path);
    const go = (): unknown => (answer ? answer(response) : handle(request, response));
    if (hold) void hold().then(go);
    else void go();
  });
  let port = 0;
  const listen = async (): Promise<void> => {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    port = (server.address() as AddressInfo).port;
  };
  await listen();
  const issuer = `http://127.0.0.1:${port}`;
  handle = await createHandler(issuer, accessTokens, accessTokenSeconds, stored.adapter);

  return {
    issuer,
    clientId: CLIENT_ID,
    audience: AUDIENCE,
    scopes: SCOPES,
    asked: (path) => counts.get(path) ?? 0,
    before: (path, hold) => void holds.set(path, hold),
    answer: (path, instead) => void (instead ? answers.set(path, instead) : answers.delete(path)),
    revokeAll: () => stored.clear(),
    signingKey: async () => (await keys()).privateKey,
    refreshTokens: () => stored.count('RefreshToken'),
    async stop() {
      if (!server.listening) return;
      const closed = new Promise((resolve) => void server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
    start: listen,
  };
}

type Handle = (request: http.IncomingMessage, response: http.ServerResponse) => unknown;

/** Making keys takes a while; one pair is enough for all. */
let made: ReturnType<typeof generateKeyPair> | null = null;
const keys = (): ReturnType<typeof generateKeyPair> =>
  (made ??= generateKeyPair('RS256', { extractable: true }));

async function createHandler(
  issuer: string,
  accessTokens: 'jwt' | 'opaque',
  accessTokenSeconds: number,
  adapter: (model: string) => Adapter,
): Promise<Handle> {
  const { privateKey } = await keys();
  const key = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: 'test' };
  const provider = new Provider(issuer, {
    adapter,
    jwks: { keys: [key] },
    cookies: { keys: ['test'] },
    clients: [
      {
        client_id: CLIENT_ID,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: [`http://127.0.0.1${REDIRECT_PATH}`],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    interactions: { url: (_context, { uid }) => `${PAGES}${uid}` },
    scopes: SCOPES,
    claims: { openid: ['sub'], profile: ['name'], email: ['email'], phone: ['phone_number'] },
    findAccount: (_context, id) => ({ accountId: id, claims: () => claimsOf(id) }),
    rotateRefreshToken: true,
    extraTokenClaims: (_context, token) => {
      if (!('accountId' in token) || accessTokens === 'opaque') return undefined;
      const { name, email, phone_number } = claimsOf(token.accountId);
      return { name, email, phone_number };
    },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true, allowedPolicy: () => true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) =>
          void (context.body = `${form}<button form="op.logoutForm" name="logout" value="yes">Yes</button>`),
        postLogoutSuccessSource: (context) => void (context.body = 'You are signed out.'),
      },
      resourceIndicators: {
        enabled: accessTokens === 'jwt',
        defaultResource: () => AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience: AUDIENCE,
          accessTokenFormat: 'jwt',
          accessTokenTTL: accessTokenSeconds,
        }),
      },
    },
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: 60,
      Grant: 24 * HOUR,
      IdToken: HOUR,
      Interaction: HOUR,
      RefreshToken: 24 * HOUR,
      Session: 24 * HOUR,
    },
  });
  const pages = createPages(provider);
  const own = provider.callback();
  return (request, response) =>
    request.url?.startsWith(PAGES) ? pages(request, response) : own(request, response);
}

const PAGES = '/interaction/';

/** The pages people see: who are you, and may Deskbell know. */
function createPages(provider: Provider): Handle {
  const form = (action: string, fields: string): string =>
    `<form method="post" action="${action}">${fields}<button>Go on</button></form><a href="${action}/abort">No</a>`;

  async function consent(grantId: string | undefined, accountId: string, details: Record<string, unknown>) {
    const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
    const grant = known ?? new provider.Grant({ accountId, clientId: CLIENT_ID });
    const { missingOIDCScope, missingResourceScopes = {} } = details as {
      missingOIDCScope?: string[];
      missingResourceScopes?: Record<string, string[]>;
    };
    if (missingOIDCScope) grant.addOIDCScope(missingOIDCScope.join(' '));
    for (const [resource, scopes] of Object.entries(missingResourceScopes))
      grant.addResourceScope(resource, scopes.join(' '));
    return { consent: { grantId: await grant.save() } };
  }

  return async (request, response) => {
    const { uid, prompt, session, grantId } = await provider.interactionDetails(request, response);
    if (request.url?.endsWith('/abort'))
      return provider.interactionFinished(request, response, { error: 'access_denied' });
    if (request.method !== 'POST') {
      const fields = prompt.name === 'login' ? '<input name="login"><input name="password">' : '';
      const shown = `<input type="hidden" name="prompt" value="${prompt.name}"/>${fields}`;
      return response.writeHead(200, { 'Content-Type': 'text/html' }).end(form(`${PAGES}${uid}`, shown));
    }
    const filled = new URLSearchParams(await textOf(request));
    const login = filled.get('login');
    const result =
      prompt.name === 'login' && login !== null && filled.get('password') === 'secret'
        ? { login: { accountId: login } }
        : await consent(grantId, session?.accountId ?? '', prompt.details);
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
  };
}

async function textOf(request: http.IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}

/** What the provider remembers, so that a test can take it away. */
function createStorage() {
  const all = new Map<string, AdapterPayload>();
  const adapter = (model: string): Adapter => {
    const find = (matches: (payload: AdapterPayload) => boolean): Promise<AdapterPayload | undefined> =>
      Promise.resolve(
        [...all].find(([key, payload]) => key.startsWith(`${model}:`) && matches(payload))?.[1],
      );
    return {
      upsert: async (id, payload) => void all.set(`${model}:${id}`, payload),
      find: async (id) => all.get(`${model}:${id}`),
      findByUid: (uid) => find((payload) => payload.uid === uid),
      findByUserCode: (code) => find((payload) => payload.userCode === code),
      async consume(id) {
        const payload = all.get(`${model}:${id}`);
        if (payload) payload['consumed'] = Math.floor(Date.now() / 1000);
      },
      destroy: async (id) => void all.delete(`${model}:${id}`),
      async revokeByGrantId(grantId) {
        for (const [key, payload] of all) if (payload.grantId === grantId) all.delete(key);
      },
    };
  };
  return {
    adapter,
    clear: () => all.clear(),
    count: (model: string) =>
      [...all].filter(([key, { consumed }]) => key.startsWith(`${model}:`) && consumed === undefined).length,
  };
}
