import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Credential } from '@shared/domain/credential';
import type { BrowserWay } from '../../../src-main/auth/oidc/provider';
import type { Session } from '../../../src-main/auth/session';
import { startProvider, type ProviderOptions, type TestProvider } from './provider';
import { clockOff, createStation, tokensFor, wayOf, type Station, type StationOptions } from './station';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ACCOUNT = 'boardapi-0123456789abcdef';

let provider: TestProvider;
const stations: Station[] = [];
afterEach(async () => {
  stations.splice(0).forEach((one) => one.remove());
  await provider.stop();
});

/** Somebody who has signed in. The provider's access tokens are good for an hour. */
async function signedIn(options: StationOptions & ProviderOptions = {}) {
  provider = await startProvider(options);
  const clock = clockOff(0);
  const station = createStation({ clock, ...options });
  stations.push(station);
  const way = wayOf(provider);
  const owner = { id: ACCOUNT, signIn: way };
  const tokens = await tokensFor(station, way);
  await station.sessions.begin(owner, { kind: 'tokens', tokens });
  return { station, clock, way, owner, tokens, session: station.sessions.of(owner) };
}

const bearer = (token: string): Credential => ({ kind: 'bearer', token });
const tokenOf = async (session: Session): Promise<string> => {
  const credential = await session.credential();
  if (credential?.kind !== 'bearer') throw new Error('Nobody is signed in.');
  return credential.token;
};
/** Whether a provider still knows a token. */
async function isKnown(way: BrowserWay, token: string): Promise<boolean> {
  const answer = await fetch(`${way.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', client_id: way.clientId, refresh_token: token }),
  });
  return answer.ok;
}
/** The session as after a kill and a start, on what is on disk. */
const afterRestart = (station: Station, owner: Parameters<Station['sessions']['of']>[0]): Session =>
  station.restarted().sessions.of(owner);

describe('the tokens of a session', () => {
  it('are used as they are while they are good, and asked of nobody', async () => {
    const { session, tokens } = await signedIn();
    const before = provider.asked('/token');
    expect(await session.credential()).toEqual(bearer(tokens.accessToken));
    expect(provider.asked('/token')).toBe(before);
  });

  it('are there after a restart, and never in clear on disk', async () => {
    const { station, owner, tokens } = await signedIn();
    for (const file of readdirSync(station.folder)) {
      const content = readFileSync(path.join(station.folder, file), 'utf8');
      expect(content).not.toContain(tokens.accessToken.slice(0, 20));
      expect(content).not.toContain(tokens.refreshToken ?? '');
    }
    expect(await afterRestart(station, owner).credential()).toEqual(bearer(tokens.accessToken));
  });

  it('live in memory only where there is no keyring', async () => {
    const { station, owner, session, tokens } = await signedIn({ keyring: false });
    expect(station.secrets.persistence()).toBe('memoryOnly');
    expect(readdirSync(station.folder)).toEqual([]);
    expect(await session.credential()).toEqual(bearer(tokens.accessToken));
    expect(await afterRestart(station, owner).credential()).toBeNull();
  });

  it('are refreshed shortly before they end, and not earlier', async () => {
    const { session, clock, tokens } = await signedIn();
    clock.set(HOUR - 2 * MINUTE);
    expect(await tokenOf(session)).toBe(tokens.accessToken);
    clock.set(HOUR - MINUTE / 2);
    expect(await tokenOf(session)).not.toBe(tokens.accessToken);
  });

  it('of a short life are used for most of it', async () => {
    const { session, clock, tokens } = await signedIn({ accessTokenSeconds: 50 });
    clock.set(35_000);
    expect(await tokenOf(session)).toBe(tokens.accessToken);
    clock.set(45_000);
    expect(await tokenOf(session)).not.toBe(tokens.accessToken);
  });

  it('of an unknown life are used until the board refuses them', async () => {
    const { station, owner, clock, tokens } = await signedIn();
    const unknown = { ...tokens, refreshAt: null, expiresAt: null };
    await station.sessions.begin(owner, { kind: 'tokens', tokens: unknown });
    const session = station.sessions.of(owner);
    clock.set(100 * HOUR);
    expect(await tokenOf(session)).toBe(tokens.accessToken);
    expect(await session.renew(bearer(tokens.accessToken))).toBe(true);
    expect(await tokenOf(session)).not.toBe(tokens.accessToken);
  });

  it('without a refresh token end with the access token', async () => {
    const { station, owner, clock, tokens } = await signedIn();
    await station.sessions.begin(owner, { kind: 'tokens', tokens: { ...tokens, refreshToken: null } });
    const session = station.sessions.of(owner);
    clock.set(HOUR - MINUTE / 2);
    expect(await tokenOf(session)).toBe(tokens.accessToken);
    clock.set(HOUR + 1);
    expect(await session.credential()).toBeNull();
    expect(await session.renew(bearer(tokens.accessToken))).toBe(false);
  });
});

describe('rotation', () => {
  it('asks once, however many need a token at the same moment', async () => {
    const { session, clock } = await signedIn();
    clock.set(2 * HOUR);
    const before = provider.asked('/token');
    const all = await Promise.all(Array.from({ length: 20 }, () => tokenOf(session)));
    expect(new Set(all).size).toBe(1);
    expect(provider.asked('/token')).toBe(before + 1);
  });

  it('asks once for a token that many have been refused with, also when one is late', async () => {
    const { session, tokens } = await signedIn();
    const before = provider.asked('/token');
    const refused = bearer(tokens.accessToken);
    const all = await Promise.all(Array.from({ length: 10 }, () => session.renew(refused)));
    expect(all).toEqual(all.map(() => true));
    const next = await tokenOf(session);
    expect(await session.renew(refused)).toBe(true);
    expect(await tokenOf(session)).toBe(next);
    expect(provider.asked('/token')).toBe(before + 1);
  });

  it('goes on for as long as it takes', async () => {
    const { station, owner, clock } = await signedIn();
    const seen = new Set<string>();
    for (let hour = 1; hour <= 8; hour += 1) {
      clock.set(2 * hour * HOUR);
      seen.add(await tokenOf(station.sessions.of(owner)));
    }
    expect(seen.size).toBe(8);
    expect(provider.refreshTokens()).toBe(1);
  });

  it('keeps the next refresh token before anything is done with the new access token', async () => {
    const { station, owner, clock, session } = await signedIn();
    clock.set(2 * HOUR);
    const used = await tokenOf(session);
    // Killed right here: nothing that was only in memory is left.
    clock.set(4 * HOUR);
    const again = afterRestart(station, owner);
    const next = await tokenOf(again);
    expect(next).not.toBe(used);
    expect(await tokenOf(afterRestart(station, owner))).toBe(next);
  });

  it('waits for the disk before it hands the new access token out', async () => {
    const { station, clock, session } = await signedIn();
    let stored = (): void => undefined;
    const keep = station.secrets.keep;
    vi.spyOn(station.secrets, 'keep').mockImplementation(async (name, secret) => {
      await new Promise<void>((resolve) => (stored = resolve));
      await keep(name, secret);
    });
    clock.set(2 * HOUR);
    let token = '';
    const asked = tokenOf(session).then((one) => (token = one));
    await vi.waitFor(() => expect(station.secrets.keep).toHaveBeenCalled());
    expect(token).toBe('');
    stored();
    await asked;
    expect(token).not.toBe('');
  });
});

describe('a provider in trouble', () => {
  it('does not sign anybody out: calls wait, and go on when it is back', async () => {
    const { station, owner, clock, session } = await signedIn();
    await provider.stop();
    clock.set(2 * HOUR);
    await expect(session.credential()).rejects.toThrow();
    await expect(session.renew()).rejects.toThrow();
    await expect(afterRestart(station, owner).credential()).rejects.toThrow();
    await provider.start();
    expect(await session.credential()).not.toBeNull();
  });

  it('does not matter while the token is still good, and is left in peace', async () => {
    const { clock, session, tokens } = await signedIn();
    provider.answer('/token', (response) => void response.writeHead(503).end());
    clock.set(HOUR - MINUTE / 2);
    const before = provider.asked('/token');
    for (let call = 0; call < 5; call += 1) expect(await tokenOf(session)).toBe(tokens.accessToken);
    expect(provider.asked('/token')).toBe(before + 1);
    provider.answer('/token', null);
    clock.set(HOUR + MINUTE);
    expect(await tokenOf(session)).not.toBe(tokens.accessToken);
  });

  it.each([
    ['a page of the network', 200, 'text/html', '<h1>Sign in to the Wi-Fi</h1>'],
    ['a refusal of something on the way', 403, 'text/html', '<h1>Forbidden</h1>'],
    ['too many requests', 429, 'application/json', '{"error":"slow"}'],
    ['a server error', 500, 'application/json', '{"error":"server_error"}'],
    ['not right now', 400, 'application/json', '{"error":"temporarily_unavailable"}'],
    ['nothing of sense', 200, 'application/json', '{"ok":true}'],
  ])('is not the end of a session: %s', async (_what, status, type, body) => {
    const { clock, session } = await signedIn();
    provider.answer(
      '/token',
      (response) => void response.writeHead(status, { 'Content-Type': type }).end(body),
    );
    clock.set(2 * HOUR);
    await expect(session.credential()).rejects.toThrow();
    provider.answer('/token', null);
    expect(await session.credential()).not.toBeNull();
  });
});

describe('the end of a session', () => {
  it('that the provider revoked is the end, and nothing secret is left', async () => {
    const { station, owner, clock, session } = await signedIn();
    provider.revokeAll();
    clock.set(2 * HOUR);
    expect(await session.credential()).toBeNull();
    expect(await session.renew()).toBe(false);
    expect(readdirSync(station.folder)).toEqual([]);
    expect(await afterRestart(station, owner).credential()).toBeNull();
    const asked = provider.asked('/token');
    expect(await session.credential()).toBeNull();
    expect(provider.asked('/token')).toBe(asked);
  });

  it('is over when somebody else used the refresh token', async () => {
    const { way, clock, session, tokens } = await signedIn();
    expect(await isKnown(way, tokens.refreshToken ?? '')).toBe(true);
    clock.set(2 * HOUR);
    expect(await session.credential()).toBeNull();
  });

  it('goes on after signing in again', async () => {
    const { station, owner, way, clock, session } = await signedIn();
    provider.revokeAll();
    clock.set(2 * HOUR);
    expect(await session.credential()).toBeNull();
    clock.set(0);
    const tokens = await tokensFor(station, way);
    await station.sessions.begin(owner, { kind: 'tokens', tokens });
    expect(await session.credential()).toEqual(bearer(tokens.accessToken));
  });

  it('signs out at the provider too: the tokens are taken back and its page is opened', async () => {
    const { station, way, session, tokens } = await signedIn();
    await session.end();
    expect(await isKnown(way, tokens.refreshToken ?? '')).toBe(false);
    const page = new URL(station.opened.at(-1) ?? '');
    expect(page.pathname).toBe('/session/end');
    expect(page.searchParams.get('id_token_hint')).toBe(tokens.idToken);
    await vi.waitFor(() => expect(station.pages.at(-1)?.text).toContain('You are signed out.'));
    expect(readdirSync(station.folder)).toEqual([]);
    expect(await session.credential()).toBeNull();
  });

  it('does not wait for a provider that is away', async () => {
    const { station, owner, session } = await signedIn();
    await provider.stop();
    await session.end();
    expect(await session.credential()).toBeNull();
    expect(await afterRestart(station, owner).credential()).toBeNull();
  });

  it('leaves nothing behind when a refresh was under way', async () => {
    const { station, owner, way, clock, session } = await signedIn();
    clock.set(2 * HOUR);
    let release = (): void => undefined;
    provider.before('/token', () => new Promise((resolve) => (release = resolve)));
    const asked = session.credential();
    await vi.waitFor(() => expect(provider.asked('/token')).toBe(2));
    await session.end();
    release();
    expect(await asked).toBeNull();
    expect(await afterRestart(station, owner).credential()).toBeNull();
    await vi.waitFor(() => expect(provider.refreshTokens()).toBe(0));
    expect(way.issuer).toBe(provider.issuer);
  });

  it('of an account that another one replaces shows no page', async () => {
    const { station, owner, way, session, tokens } = await signedIn();
    const opened = station.opened.length;
    await station.sessions.drop(owner);
    expect(await session.credential()).toBeNull();
    expect(await isKnown(way, tokens.refreshToken ?? '')).toBe(false);
    expect(station.opened).toHaveLength(opened);
  });
});

describe('a clock that jumps', () => {
  it.each([24, 1000])('ahead by %i hours costs a refresh, and nothing else', async (hours) => {
    const { clock, session } = await signedIn();
    clock.set(hours * HOUR);
    expect(await session.credential()).not.toBeNull();
    clock.set(0);
    expect(await session.credential()).not.toBeNull();
  });

  it('back by a day is found out by the board, and renewed', async () => {
    const { clock, session } = await signedIn();
    clock.set(-24 * HOUR);
    const token = await tokenOf(session);
    expect(await session.renew(bearer(token))).toBe(true);
    expect(await tokenOf(session)).not.toBe(token);
  });
});
