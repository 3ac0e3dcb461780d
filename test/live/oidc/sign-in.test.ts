import http from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SignInProblem } from '@shared/domain/board';
import type { Result } from '@shared/domain/result';
import { PATIENCE_MS } from '../../../src-main/auth/oidc/browser-sign-in';
import type { BrowserWay } from '../../../src-main/auth/oidc/provider';
import type { Tokens } from '../../../src-main/auth/oidc/tokens';
import type { Page } from '../../support/browser.mjs';
import { createManualClock } from '../../support/manual-clock';
import { startFaultProxy } from '../fault-proxy';
import { startProvider, type TestProvider } from './provider';
import { clockOff, createStation, tokensFor, wayOf, type Station, type StationOptions } from './station';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let provider: TestProvider;
let station: Station;
let stations: Station[] = [];
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.stop());
beforeEach(() => {
  station = newStation();
});
afterEach(() => {
  stations.forEach((one) => one.remove());
  stations = [];
});

function newStation(options?: StationOptions): Station {
  const one = createStation(options);
  stations.push(one);
  return one;
}

const signIn = (
  at: Station = station,
  way: BrowserWay = wayOf(provider),
  signal: AbortSignal = new AbortController().signal,
): Promise<Result<Tokens, SignInProblem>> => at.browser.signIn(way, { signal });

const refused = (problem: SignInProblem) => ({ ok: false, fault: problem });

/** Where the browser is sent back to, taken from the page that was opened. */
const redirectOf = (at: Station): URL => {
  const asked = new URL(at.opened[0] ?? '').searchParams;
  const redirect = new URL(asked.get('redirect_uri') ?? '');
  redirect.searchParams.set('state', asked.get('state') ?? '');
  return redirect;
};

/** The page that the browser shows in the end. */
function pageOf(at: Station): Page {
  const [page] = at.pages;
  if (!page) throw new Error('The browser shows nothing.');
  return page;
}

/** The status of a request as no browser would let a page make it. */
function statusOf(url: URL, headers: Record<string, string> = {}, method = 'GET'): Promise<number> {
  return new Promise((resolve) => {
    const request = http.request(url, { method, headers: { Connection: 'close', ...headers } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    request.on('error', () => resolve(0));
    request.end();
  });
}

describe('signing in through the browser', () => {
  it('gives the tokens of whoever signed in there', async () => {
    const tokens = await tokensFor(station, wayOf(provider));
    expect(tokens).toMatchObject({
      subject: 'ada',
      refreshToken: expect.any(String) as string,
      idToken: expect.any(String) as string,
    });
    expect(Date.parse(tokens.expiresAt ?? '') - Date.now()).toBeGreaterThan(59 * MINUTE);
    expect(station.returned()).toBe(1);
  });

  it('asks with a challenge that nobody else can answer, and for nothing beyond what the board said', async () => {
    await tokensFor(station, wayOf(provider));
    const asked = new URL(station.opened[0] ?? '').searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      client_id: 'deskbell',
      code_challenge_method: 'S256',
      scope: 'openid profile email phone offline_access',
      prompt: 'consent',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
    expect(asked.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/deskbell$/);
  });

  it('shows a page that needs nothing and leads back', async () => {
    await tokensFor(station, wayOf(provider));
    await vi.waitFor(() => expect(station.pages).toHaveLength(1));
    const { status, text, headers } = pageOf(station);
    expect(status).toBe(200);
    expect(text).toContain('<h1>done</h1><p>Back to &lt;Deskbell&gt;</p>');
    expect(text).not.toMatch(/<script|http/);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^;]+'; /);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  });

  it('takes the user who declines at their word', async () => {
    station.habits = { login: 'ada', answer: 'deny' };
    const before = provider.refreshTokens();
    expect(await signIn()).toEqual(refused('cancelled'));
    await vi.waitFor(() => expect(station.pages[0]?.text).toContain('<h1>declined</h1>'));
    expect(provider.refreshTokens()).toBe(before);
  });

  it('can be cancelled while the page is open, and nobody listens afterwards', async () => {
    station.habits = { login: 'ada', answer: 'stop' };
    const stopper = new AbortController();
    const answer = signIn(station, wayOf(provider), stopper.signal);
    await vi.waitFor(() => expect(station.pages).toHaveLength(1));
    stopper.abort();
    expect(await answer).toEqual(refused('cancelled'));
    expect(await statusOf(redirectOf(station))).toBe(0);
  });

  it('gives up after ten minutes', async () => {
    const clock = createManualClock(new Date().toISOString());
    const patient = newStation({ clock });
    patient.habits = { login: 'ada', answer: 'stop' };
    let answer: unknown;
    void signIn(patient).then((result) => (answer = result));
    await vi.waitFor(() => expect(patient.pages).toHaveLength(1));
    await clock.pass(PATIENCE_MS - 1);
    expect(answer).toBeUndefined();
    await clock.pass(1);
    await vi.waitFor(() => expect(answer).toEqual(refused('cancelled')));
  });

  it('says that there is no browser', async () => {
    expect(await signIn(newStation({ browser: false }))).toEqual(refused('noBrowser'));
  });
});

describe('the address the browser comes back to', () => {
  beforeEach(() => {
    station.habits = { login: 'ada', answer: 'stop' };
  });

  it('takes nothing but a page load with the state that was sent', async () => {
    const stopper = new AbortController();
    const answer = signIn(station, wayOf(provider), stopper.signal);
    await vi.waitFor(() => expect(station.pages).toHaveLength(1));
    const good = redirectOf(station);
    const withState = (state: string): URL => new URL(`?code=x&state=${state}`, good);
    const state = good.searchParams.get('state') ?? '';
    expect(await statusOf(withState('guessed'))).toBe(404);
    expect(await statusOf(new URL('?code=x', good))).toBe(404);
    expect(await statusOf(new URL(`?code=x&state=${state}&state=${state}`, good))).toBe(404);
    expect(await statusOf(new URL(`/other?code=x&state=${state}`, good))).toBe(404);
    expect(await statusOf(new URL('/favicon.ico', good))).toBe(404);
    expect(await statusOf(good, {}, 'POST')).toBe(404);
    expect(await statusOf(good, { Host: `localhost:${good.port}` })).toBe(404);
    expect(await statusOf(good, { 'Sec-Fetch-Dest': 'image' })).toBe(404);
    expect(await statusOf(good, { 'Sec-Purpose': 'prefetch' })).toBe(404);
    expect(station.returned()).toBe(0);
    stopper.abort();
    expect(await answer).toEqual(refused('cancelled'));
  });

  it('takes one request, and no second one', async () => {
    let release = (): void => undefined;
    provider.before('/token', () => new Promise((resolve) => (release = resolve)));
    const answer = signIn();
    await vi.waitFor(() => expect(station.pages).toHaveLength(1));
    const returned = redirectOf(station);
    returned.searchParams.set('code', 'made-up');
    returned.searchParams.set('iss', provider.issuer);
    expect(await statusOf(returned)).toBe(200);
    await vi.waitFor(() => expect(station.returned()).toBe(1));
    expect(await statusOf(returned)).toBe(404);
    release();
    expect(await answer).toEqual(refused('failed'));
    expect(await statusOf(returned)).toBe(0);
  });

  it('refuses an answer that another issuer gave', async () => {
    const answer = signIn();
    await vi.waitFor(() => expect(station.pages).toHaveLength(1));
    const returned = redirectOf(station);
    returned.searchParams.set('code', 'stolen');
    returned.searchParams.set('iss', 'https://evil.example');
    const tokenRequests = provider.asked('/token');
    expect(await statusOf(returned)).toBe(200);
    expect(await answer).toEqual(refused('failed'));
    expect(provider.asked('/token')).toBe(tokenRequests);
  });
});

describe('a provider in trouble', () => {
  const page =
    (status: number, text = '<h1>Hello</h1>') =>
    (response: http.ServerResponse) =>
      void response.writeHead(status, { 'Content-Type': 'text/html' }).end(text);
  const json = (status: number, value: unknown) => (response: http.ServerResponse) =>
    void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
  const DISCOVERY = '/.well-known/openid-configuration';
  afterEach(() => {
    provider.answer(DISCOVERY, null);
    provider.answer('/token', null);
  });

  it.each<[string, (response: http.ServerResponse) => void, SignInProblem]>([
    ['a page instead of an answer', page(200), 'captivePortal'],
    [
      'a redirect',
      (response) => void response.writeHead(302, { Location: 'http://x.invalid/' }).end(),
      'captivePortal',
    ],
    ['network sign-in required', page(511), 'captivePortal'],
    ['maintenance', page(503), 'busy'],
    ['too many requests', json(429, {}), 'busy'],
    ['nothing there', page(404), 'failed'],
    ['another issuer', json(200, { issuer: 'https://evil.example' }), 'failed'],
    ['a broken connection', (response) => void response.destroy(), 'unreachable'],
  ])('with its description: %s', async (_what, instead, problem) => {
    provider.answer(DISCOVERY, instead);
    expect(await signIn()).toEqual(refused(problem));
    expect(station.opened).toEqual([]);
  });

  it.each<[string, (response: http.ServerResponse) => void, SignInProblem]>([
    ['a page instead of tokens', page(200), 'captivePortal'],
    ['down', json(503, { error: 'server_error' }), 'busy'],
    ['not now', json(400, { error: 'temporarily_unavailable' }), 'busy'],
    ['no', json(400, { error: 'invalid_grant' }), 'failed'],
    ['no identity', json(200, { access_token: 'x', token_type: 'bearer' }), 'failed'],
  ])('with its tokens: %s', async (_what, instead, problem) => {
    provider.answer('/token', instead);
    expect(await signIn()).toEqual(refused(problem));
  });

  it('that is not there', async () => {
    const gone = await startFaultProxy(provider.issuer);
    await gone.close();
    expect(await signIn(station, { ...wayOf(provider), issuer: gone.url })).toEqual(refused('unreachable'));
  });

  it.each(['http://login.example.com', 'http://192.0.2.1'])('%s is not asked without TLS', async (issuer) => {
    expect(await signIn(station, { ...wayOf(provider), issuer })).toEqual(refused('notSecure'));
  });

  it('may not send Deskbell on to somewhere without TLS', async () => {
    const { issuer } = provider;
    const at = (path: string): string => `${issuer}${path}`;
    const description = {
      issuer,
      authorization_endpoint: at('/auth'),
      token_endpoint: 'http://elsewhere.example/token',
      authorization_response_iss_parameter_supported: true,
    };
    provider.answer(DISCOVERY, json(200, description));
    expect(await signIn()).toEqual(refused('notSecure'));
  });
});

describe('a clock that is off', () => {
  it.each([5 * MINUTE, -5 * MINUTE])('by %i ms is no reason to keep anybody out', async (off) => {
    const tokens = await tokensFor(newStation({ clock: clockOff(off) }), wayOf(provider));
    expect(tokens.subject).toBe('ada');
  });

  it.each([DAY, -DAY])('by %i ms is named before anybody has to sign in', async (off) => {
    const late = newStation({ clock: clockOff(off) });
    expect(await signIn(late)).toEqual(refused('clockOff'));
    expect(late.opened).toEqual([]);
  });

  it('is named also where the provider does not say what time it is', async () => {
    const late = newStation({ clock: clockOff(DAY) });
    const silent = (response: http.ServerResponse): void => void (response.sendDate = false);
    const description = (await (
      await fetch(`${provider.issuer}/.well-known/openid-configuration`)
    ).json()) as object;
    provider.answer('/.well-known/openid-configuration', (response) => {
      silent(response);
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(description));
    });
    expect(await signIn(late)).toEqual(refused('clockOff'));
    expect(late.opened).toHaveLength(1);
    provider.answer('/.well-known/openid-configuration', null);
  });
});
