import { afterEach, describe, expect, it } from 'vitest';
import { RtFieldsSchema } from '@shared/domain/board';
import type { Credential } from '@shared/domain/credential';
import type { DeskFault } from '@shared/domain/fault';
import type { DeskConnector } from '../../../../src-main/desk/connector';
import { createRtConnector } from '../../../../src-main/desk/rt/rt-connector';
import { createClock } from '../../../../src-main/platform/clock';
import { PROBLEM, quiet, REF } from '../support/connector';
import { startRawServer, type Handle, type RawServer } from '../support/raw-server';

const TOKEN: Credential = { kind: 'token', token: `1-31-${'ab'.repeat(16)}` };
const PAGE = '<!doctype html><title>Guest network</title>';

/** What a fault is called, in a form to compare. */
const named = (fault: DeskFault): string =>
  [
    fault.kind,
    'cause' in fault ? fault.cause : '',
    'reason' in fault ? fault.reason : '',
    'message' in fault ? fault.message : '',
  ]
    .filter((part) => part !== '')
    .join('/');

describe('what RT answers', () => {
  let server: RawServer;
  let desk: DeskConnector;
  const start = async (handle: Handle, credential: Credential | null = TOKEN): Promise<void> => {
    server = await startRawServer(handle);
    desk = createRtConnector({
      baseUrl: server.url,
      queue: 'Service Board',
      fields: RtFieldsSchema.parse({}),
      credential: async () => credential,
      name: '',
      clock: createClock(),
      log: quiet,
      timeouts: { connect: 400, silence: 300, overall: 3_000 },
      wait: 0,
    });
  };
  afterEach(async () => {
    desk.close();
    await server.close();
  });
  const read = async (): Promise<string> => {
    const result = await desk.get('15');
    return result.ok ? 'ok' : named(result.fault);
  };
  const write = async (): Promise<string> => {
    const result = await desk.addMessage('15', { text: 'x', files: [] }, REF);
    return result.ok ? 'ok' : named(result.fault);
  };

  it.each([
    ['400 Bad Request', 'rejected/Permission Denied', 'rejected/Permission Denied'],
    ['401 Unauthorized', 'authExpired', 'authExpired'],
    ['403 Forbidden', 'conflict/gone', 'rejected/Permission Denied'],
    ['404 Not Found', 'conflict/gone', 'conflict/gone'],
    ['406 Not Acceptable', 'rejected/Permission Denied', 'rejected/Permission Denied'],
    ['409 Conflict', 'conflict/stale', 'conflict/stale'],
    ['412 Precondition Failed', 'conflict/stale', 'conflict/stale'],
    ['415 Unsupported Media Type', 'rejected/Permission Denied', 'rejected/Permission Denied'],
    ['500 Internal Server Error', 'serverFault', 'ambiguous/serverError'],
    ['502 Bad Gateway', 'serverFault', 'ambiguous/serverError'],
    ['503 Service Unavailable', 'serverFault', 'serverFault'],
  ])('with %s and its own words: %s to a read, %s to a write', async (status, toRead, toWrite) => {
    await start(({ json }) => json(status, { message: 'Permission Denied' }));
    expect([await read(), await write()]).toEqual([toRead, toWrite]);
  });

  it.each([
    ['200 OK', 'offline/captivePortal', 'ambiguous/badAnswer'],
    ['302 Found', 'offline/captivePortal', 'ambiguous/badAnswer'],
    ['403 Forbidden', 'offline/captivePortal', 'ambiguous/badAnswer'],
    ['404 Not Found', 'offline/captivePortal', 'ambiguous/badAnswer'],
    ['413 Payload Too Large', 'rejected', 'rejected'],
    ['511 Network Authentication Required', 'offline/captivePortal', 'offline/captivePortal'],
  ])(
    'with %s and a page that is not its own: %s to a read, %s to a write',
    async (status, toRead, toWrite) => {
      await start(({ answer }) => answer(status, { 'Content-Type': 'text/html' }, PAGE));
      expect([await read(), await write()]).toEqual([toRead, toWrite]);
    },
  );

  it('until a time, when it asks to wait', async () => {
    await start(({ json }) => json('429 Too Many Requests', {}, { 'Retry-After': '7' }));
    expect([await read(), await write()]).toEqual(['throttled', 'throttled']);
  });

  it('with another shape: not as RT does', async () => {
    await start(({ json }) => json('200 OK', { hello: 'world' }));
    expect([await read(), await write()]).toEqual(['offline/captivePortal', 'ambiguous/badAnswer']);
  });

  it('is never asked without a session, nor with the session of another kind of board', async () => {
    for (const credential of [null, { kind: 'bearer', token: 'x' }, { kind: 'token', token: 'x' }] as const) {
      await start(({ json }) => json('200 OK', []), credential);
      expect([await read(), await write()]).toEqual(['authExpired', 'authExpired']);
      expect(server.heads).toEqual([]);
      desk.close();
      await server.close();
    }
    await start(({ json }) => json('200 OK', []));
  });

  it('is asked a second time when it does not let in, and in both ways to read a name', async () => {
    await start(({ json }) => json('401 Unauthorized', { message: 'Unauthorized' }), {
      kind: 'password',
      name: 'jürgen',
      password: 'geheim',
    });
    expect(await write()).toBe('authExpired');
    const sent = server.heads.map((head) => /^Authorization: Basic (\S+)$/im.exec(head)?.[1] ?? '');
    expect(sent.map((text) => [...Buffer.from(text, 'base64')].length)).toEqual([13, 14]);
    expect(Buffer.from(sent[1] ?? '', 'base64').toString('utf8')).toBe('jürgen:geheim');
  });

  it('never sees a cookie, and no name of a browser', async () => {
    await start(({ json }) =>
      json('401 Unauthorized', { message: 'Unauthorized' }, { 'Set-Cookie': 'RT_SID=1; path=/' }),
    );
    await read();
    await read();
    expect(server.heads.every((head) => !/^cookie:/im.test(head) && !/mozilla/i.test(head))).toBe(true);
  });

  it('does not decide over what a ticket’s id makes of an address', async () => {
    await start(({ json }) => json('200 OK', []));
    for (const id of ['', '../user/1', '15/take', '1?x', '-1', '1e3']) {
      expect(await desk.get(id)).toMatchObject({ fault: { kind: 'conflict', reason: 'gone' } });
      const said = await desk.addMessage(id, { text: 'x', files: [] }, REF);
      expect(said).toMatchObject({ fault: { kind: 'conflict', reason: 'gone' } });
    }
    expect(server.heads).toEqual([]);
    expect((await desk.create(PROBLEM, REF)).ok).toBe(false);
  });
});
