import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHttp, type Http, type HttpRequest } from '../../src-main/desk/http';
import type { Way } from '../../src-main/desk/ways';
import { createClock } from '../../src-main/platform/clock';
import { createAuthority } from '../support/certificates';
import { startCompanyProxy, type CompanyProxy } from '../support/company-proxy';

const DESK = 'https://desk.test';
const NOBODY = new URL('http://127.0.0.1:9');
const SECRET = 'Bearer top-secret';
const LONG = Buffer.alloc(4_000, 'x');

describe('a board behind the proxy of a company', () => {
  const authority = createAuthority();
  const arrived: string[] = [];
  let server: https.Server;
  let proxy: CompanyProxy;
  let other: CompanyProxy;
  const opened: Http[] = [];

  beforeAll(async () => {
    server = https.createServer(authority.issue(['desk.test']), (request, response) => {
      arrived.push(`${request.method} ${request.url}`);
      request.resume();
      request.on('end', () => response.end('here'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(async () => {
    const { port } = server.address() as AddressInfo;
    const places = { 'desk.test:443': port, 'liar.test:443': port };
    [proxy, other] = await Promise.all([startCompanyProxy(places), startCompanyProxy(places)]);
    arrived.length = 0;
  });
  afterEach(async () => {
    opened.splice(0).forEach((one) => one.close());
    await Promise.all([proxy.close(), other.close()]);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  function connect(ways: readonly [Way, ...Way[]], baseUrl = DESK): Http {
    const opening = createHttp({
      baseUrl: new URL(baseUrl),
      clock: createClock(),
      userAgent: 'Deskbell/test',
      timeouts: { connect: 800, silence: 2_000 },
      ca: [authority.ca],
      waysTo: async () => ways,
    });
    opened.push(opening);
    return opening;
  }
  const read: HttpRequest = { method: 'GET', path: '/tickets', headers: { Authorization: SECRET } };
  const write: HttpRequest = { method: 'POST', path: '/tickets', body: LONG, fresh: true };

  it('is reached in a tunnel that the proxy cannot look into', async () => {
    const answer = await connect([proxy.url]).send(read);
    expect(answer).toMatchObject({ kind: 'answer', status: 200 });
    expect(arrived).toEqual(['GET /tickets']);
    expect(proxy.asked).toEqual(['desk.test:443']);
    expect(proxy.seen().length).toBeGreaterThan(0);
    expect(proxy.seen().includes('top-secret')).toBe(false);
    expect(proxy.seen().includes('/tickets')).toBe(false);
  });

  it('keeps the tunnel for reading, and digs a new one for each write', async () => {
    const line = connect([proxy.url]);
    await line.send(read);
    await line.send(read);
    expect(proxy.asked).toHaveLength(1);
    await line.send(write);
    await line.send(write);
    expect(proxy.asked).toHaveLength(3);
    expect(arrived).toHaveLength(4);
  });

  it.each([
    [407, 'captivePortal'],
    [403, 'unreachable'],
    [502, 'unreachable'],
    [302, 'unreachable'],
  ] as const)('is certain not to have got what the proxy answers with %i', async (status, cause) => {
    proxy.be(status);
    expect(await connect([proxy.url]).send(write)).toEqual({ kind: 'unsent', cause });
    expect(arrived).toEqual([]);
  });

  it('is certain not to have got what never left', async () => {
    expect(await connect([NOBODY]).send(write)).toEqual({ kind: 'unsent', cause: 'unreachable' });
    proxy.be('silent');
    expect(await connect([proxy.url]).send(write)).toEqual({ kind: 'unsent', cause: 'timeout' });
    expect(arrived).toEqual([]);
  });

  it('is not believed to be another one, whatever the proxy says', async () => {
    const answer = await connect([proxy.url], 'https://liar.test').send(write);
    expect(answer).toEqual({ kind: 'unsent', cause: 'certificate' });
    expect(arrived).toEqual([]);
  });

  it('may have got what was under way when the tunnel broke, and nobody else gets it', async () => {
    proxy.be('cutAfterRequest');
    const answer = await connect([proxy.url, other.url]).send(write);
    expect(answer).toEqual({ kind: 'unanswered', cause: 'reset' });
    expect(other.asked).toEqual([]);
  });

  it('is reached by the next way where one leads nowhere', async () => {
    proxy.be(503);
    const answer = await connect([NOBODY, proxy.url, other.url]).send(write);
    expect(answer).toMatchObject({ kind: 'answer', status: 200 });
    expect(arrived).toEqual(['POST /tickets']);
    expect(other.asked).toEqual(['desk.test:443']);
  });

  it('is not gone on looking for once the user has given up', async () => {
    proxy.be('silent');
    const given = new AbortController();
    const answer = connect([proxy.url, other.url]).send({ ...write, signal: given.signal });
    await expect.poll(() => proxy.asked.length).toBe(1);
    given.abort();
    expect(await answer).toEqual({ kind: 'unsent', cause: 'cancelled' });
    expect(other.asked).toEqual([]);
  });
});
