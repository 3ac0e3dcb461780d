import { generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPracticeDesk } from '../../../src-main/practice-desk/practice-desk';
import { createClock } from '../../../src-main/platform/clock';
import { quietLog } from '../../support/quiet-log';
import { AUDIENCE, startProvider } from './provider';
import { createStation, tokensFor, wayOf, type Station } from './station';
import { startOidcBoard, type OidcBoard } from './oidc-board';

describe.each(['jwt', 'opaque'] as const)(
  'a desk that takes %s access tokens of an issuer',
  (accessTokens) => {
    let board: OidcBoard;
    let station: Station;
    beforeAll(async () => {
      board = await startOidcBoard({ accessTokens });
      station = createStation();
    });
    afterAll(async () => {
      station.remove();
      await board.close();
    });

    const ask = (token: string, path = '/v1/me'): Promise<Response> =>
      fetch(`${board.desk.url}${path}`, { headers: { Authorization: `Bearer ${token}` } });
    const statusOf = async (token: string): Promise<number> => (await ask(token)).status;

    it('says where to sign in', async () => {
      const { issuer, clientId, scopes } = board.provider;
      expect(await (await fetch(`${board.desk.url}/v1/board`)).json()).toMatchObject({
        signIn: { method: 'oidc', issuer, clientId, scopes, prompt: 'consent' },
      });
    });

    it('knows who it is, every time', async () => {
      const tokens = await tokensFor(station, wayOf(board.provider));
      expect(tokens.accessToken.split('.').length).toBe(accessTokens === 'jwt' ? 3 : 1);
      const ada = (await (await ask(tokens.accessToken)).json()) as { id: string };
      expect(ada).toMatchObject({ name: 'Ada', email: 'ada@example.com', phone: '555 0100' });
      const again = await tokensFor(station, wayOf(board.provider));
      expect(await (await ask(again.accessToken)).json()).toEqual(ada);
    });

    it('lets nobody in who just says who they are', async () => {
      const answer = await fetch(`${board.desk.url}/v1/sessions`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ name: 'Ada', email: 'ada@example.com', phone: '' }),
      });
      expect(answer.status).toBe(404);
    });

    it('takes no ID token, no refresh token and no nonsense', async () => {
      const { idToken, refreshToken } = await tokensFor(station, wayOf(board.provider));
      for (const token of [idToken, refreshToken, 'nonsense', 'a.b.c', 'x'.repeat(4_000)])
        expect(await statusOf(token ?? '')).toBe(401);
    });

    it('asks for a moment while the issuer is away, and signs nobody out', async () => {
      const other = await startOidcBoard({ accessTokens });
      const { provider, desk } = other;
      const own = createStation();
      const { accessToken } = await tokensFor(own, wayOf(provider));
      await provider.stop();
      const answer = await fetch(`${desk.url}/v1/me`, {
        headers: { Authorization: `Bearer ${accessToken}` },
      });
      expect(answer.status).toBe(503);
      expect(answer.headers.get('Retry-After')).not.toBeNull();
      await provider.start();
      const later = await fetch(`${desk.url}/v1/me`, { headers: { Authorization: `Bearer ${accessToken}` } });
      expect(later.status).toBe(200);
      await other.close();
      own.remove();
    });
  },
);

describe('a desk that takes JWTs', () => {
  let board: OidcBoard;
  beforeAll(async () => {
    board = await startOidcBoard();
  });
  afterAll(() => board.close());

  const now = (): number => Math.floor(Date.now() / 1000);
  const good = (): JWTPayload => ({
    iss: board.provider.issuer,
    aud: AUDIENCE,
    sub: 'ada',
    exp: now() + 600,
    name: 'Ada',
    email: 'ada@example.com',
  });
  const statusOf = async (token: string): Promise<number> =>
    (await fetch(`${board.desk.url}/v1/me`, { headers: { Authorization: `Bearer ${token}` } })).status;
  const signed = async (payload: JWTPayload, key = board.provider.signingKey()): Promise<string> =>
    new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'test' }).sign(await key);

  it('takes one that is signed by the issuer and for the desk', async () => {
    expect(await statusOf(await signed(good()))).toBe(200);
  });

  it.each<[string, (payload: JWTPayload) => JWTPayload]>([
    ['for somebody else', (payload) => ({ ...payload, aud: 'urn:somebody:else' })],
    ['for nobody', ({ aud: _, ...payload }) => payload],
    ['of another issuer', (payload) => ({ ...payload, iss: 'https://evil.example' })],
    ['that has ended', (payload) => ({ ...payload, exp: now() - 120 })],
    ['that never ends', ({ exp: _, ...payload }) => payload],
    ['that is not good yet', (payload) => ({ ...payload, nbf: now() + 3_600 })],
    ['of nobody', ({ sub: _, ...payload }) => payload],
  ])('refuses one %s', async (_what, change) => {
    expect(await statusOf(await signed(change(good())))).toBe(401);
  });

  it('refuses one that is signed by somebody else, or by nobody', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    expect(await statusOf(await signed(good(), Promise.resolve(privateKey)))).toBe(401);
    expect(await statusOf(new UnsecuredJWT(good()).encode())).toBe(401);
    const shared = new TextEncoder().encode('a shared secret that is long enough');
    const symmetric = await new SignJWT(good()).setProtectedHeader({ alg: 'HS256' }).sign(shared);
    expect(await statusOf(symmetric)).toBe(401);
  });
});

it('whoever follows a desk has to prove again who they are when their token ends', async () => {
  const board = await startOidcBoard({ accessTokenSeconds: 2 });
  const station = createStation();
  const { accessToken } = await tokensFor(station, wayOf(board.provider));
  const stream = await fetch(`${board.desk.url}/v1/events`, {
    headers: { Authorization: `Bearer ${accessToken}` },
  });
  expect(stream.status).toBe(200);
  // Ends by itself: reading it to the end would wait for ever otherwise.
  expect(await stream.text()).toContain('retry:');
  station.remove();
  await board.close();
});

describe('an issuer', () => {
  const stations: Station[] = [];
  afterAll(() => stations.forEach((one) => one.remove()));
  const newStation = (): Station => {
    const station = createStation();
    stations.push(station);
    return station;
  };
  const deskWith = (issuer: string) =>
    createPracticeDesk({
      dataDir: `${newStation().folder}/desk`,
      port: 0,
      pace: 'manual',
      clock: createClock(),
      log: quietLog(),
      issuer: { issuer, clientId: 'x', scopes: [], audience: AUDIENCE },
    });

  it('beyond this computer is not asked without TLS', async () => {
    await expect(deskWith('http://login.example.com')).rejects.toThrow('TLS');
  });

  it('that calls itself something else is not believed', async () => {
    const provider = await startProvider();
    const { accessToken } = await tokensFor(newStation(), wayOf(provider));
    const desk = await deskWith(provider.issuer.replace('127.0.0.1', 'localhost'));
    const answer = await fetch(`${desk.url}/v1/me`, { headers: { Authorization: `Bearer ${accessToken}` } });
    expect(answer.status).toBe(503);
    await desk.close();
    await provider.stop();
  });
});
