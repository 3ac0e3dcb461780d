import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { loadBoardType } from '../../src-main/desk/boards';
import { createDeskFinder } from '../../src-main/desk/finder';
import { createClock } from '../../src-main/platform/clock';
import { createIds } from '../../src-main/platform/ids';
import { createAuthority } from '../support/certificates';
import { quietLog } from '../support/quiet-log';
import { startPracticeBoard } from './board-api/practice-board';

const DAY_MS = 24 * 60 * 60_000;
const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);
const authority = createAuthority();
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(ends.map((end) => end()));
  ends.length = 0;
});

const finder = createDeskFinder({
  kinds: ['boardApi'],
  loadType: loadBoardType,
  tools: {
    clock: createClock(),
    log: quietLog(),
    random: Math.random,
    userAgent: 'Deskbell/test',
    locale: 'en',
    ca: [authority.ca],
  },
  ids: createIds(),
});

async function listen(server: http.Server | https.Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering =
  (status: number, headers: http.OutgoingHttpHeaders, body: string): http.RequestListener =>
  (_request, response) =>
    void response.writeHead(status, headers).end(body);

/** A board behind TLS, with a certificate of its own. */
async function serveSecurely(
  certificate: ReturnType<typeof authority.issue>,
  listener: http.RequestListener,
): Promise<string> {
  return `https://${await listen(https.createServer(certificate, listener))}`;
}

const BOARD = JSON.stringify({
  api: 'deskbell-board',
  version: 1,
  name: 'Northside IT',
  practice: false,
  signIn: { method: 'oidc', issuer: 'https://id.example.com', clientId: 'deskbell', scopes: ['openid'] },
  limits: { maxFileBytes: 1_000_000, maxFiles: 10, refusedTypes: [] },
});
const JSON_TYPE = { 'Content-Type': 'application/json' };
const board = answering(200, JSON_TYPE, BOARD);

describe('finding a desk', () => {
  it('names it, and how one signs in there, when its certificate can be trusted', async () => {
    const url = await serveSecurely(authority.issue(['127.0.0.1']), board);
    expect(await finder.find(url)).toMatchObject({
      kind: 'found',
      offers: [{ name: 'Northside IT', signIn: { kind: 'browser', issuer: 'https://id.example.com' } }],
    });
  });

  it('finds it at the root where a path was typed that it does not have', async () => {
    const practice = await startPracticeBoard();
    ends.push(() => practice.close());
    expect(await finder.find(`${new URL(practice.url).host}/portal`)).toMatchObject({ kind: 'found' });
  });

  it('gives the name and logo that the domain gives its desk', async () => {
    const practice = await startPracticeBoard();
    ends.push(() => practice.close());
    const logo = `data:image/png;base64,${Buffer.from('logo').toString('base64')}`;
    const boards = [{ kind: 'boardApi', url: practice.url }];
    const domain = await listen(
      http.createServer(
        answering(200, JSON_TYPE, JSON.stringify({ version: 1, name: 'Your IT', logo, boards })),
      ),
    );
    expect(await finder.find(domain)).toMatchObject({
      kind: 'found',
      offers: [{ name: 'Your IT', logo, target: { kind: 'boardApi', url: practice.url } }],
    });
  });

  it('takes nothing of a document that is not what it should be', async () => {
    const hostile = JSON.stringify({
      version: 1,
      name: 'Your IT',
      logo: 'https://example.com/track.png',
      boards: [{ kind: 'boardApi', url: 'javascript:alert(1)' }],
    });
    const domain = await listen(http.createServer(answering(200, JSON_TYPE, hostile)));
    expect(await finder.find(domain)).toMatchObject({ kind: 'nothing' });
  });

  it.each([
    ['a certificate of nobody known', createAuthority('Somebody else').issue(['127.0.0.1']), 'certificate'],
    ['a certificate for another name', authority.issue(['desk.example.com']), 'certificate'],
    [
      'an expired certificate',
      authority.issue(['127.0.0.1'], { from: inDays(-60), to: inDays(-30) }),
      'certificate',
    ],
  ])('says that %s is not to be trusted', async (_what, certificate, problem) => {
    const url = await serveSecurely(certificate, board);
    expect(await finder.find(url)).toMatchObject({ kind: 'nothing', problem });
  });

  it('names the clock where the certificate is good at the time that the desk tells', async () => {
    const certificate = authority.issue(['127.0.0.1'], { from: inDays(30), to: inDays(60) });
    const url = await serveSecurely(certificate, answering(200, { Date: inDays(45).toUTCString() }, ''));
    expect(await finder.find(url)).toMatchObject({ kind: 'nothing', problem: 'clockOff' });
  });

  it.each([
    ['a page', answering(200, { 'Content-Type': 'text/html' }, '<h1>Welcome</h1>'), 'notADesk'],
    ['a sign-in of the network (511)', answering(511, {}, ''), 'captivePortal'],
    ['a page of the network', answering(302, { Location: 'http://portal.example/' }, ''), 'captivePortal'],
    ['a redirect of its own', answering(302, { Location: '/start' }, ''), 'notADesk'],
    ['"later"', answering(429, { 'Retry-After': '60' }, ''), 'busy'],
    ['an error of its own', answering(500, {}, ''), 'busy'],
  ])('tells %s from a desk', async (_what, listener, problem) => {
    const place = await listen(http.createServer(listener));
    expect(await finder.find(place)).toMatchObject({ kind: 'nothing', problem, place });
  });

  it('stops when it is told to', async () => {
    const place = await listen(http.createServer(() => undefined));
    const stopper = new AbortController();
    setTimeout(() => stopper.abort(), 200);
    expect(await finder.find(place, stopper.signal)).toMatchObject({ kind: 'nothing', problem: 'cancelled' });
  });
});
