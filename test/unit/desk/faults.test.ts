import type net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeskFault } from '@shared/domain/fault';
import type { Result } from '@shared/domain/result';
import { connect, PROBLEM, REF } from './support/connector';
import { startRawServer, type Handle, type RawServer } from './support/raw-server';

const HTML = '<!doctype html><title>Welcome to the hotel</title>';
const PROBLEM_JSON = 'application/problem+json';
const problem = (status: number, more: object = {}) => ({
  type: 'about:blank',
  title: 'No',
  status,
  ...more,
});

let server: RawServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function serve(handle: Handle, onConnection?: (socket: net.Socket) => void): Promise<string> {
  server = await startRawServer(handle, onConnection);
  return server.url;
}

const faultOf = (result: Result<unknown, DeskFault>): DeskFault | 'none' =>
  result.ok ? 'none' : result.fault;
const write = async (url: string, more = {}): Promise<DeskFault | 'none'> =>
  faultOf(await connect(url, more).create(PROBLEM, REF));
const read = async (url: string, more = {}): Promise<DeskFault | 'none'> =>
  faultOf(await connect(url, more).whoAmI());

/** A loopback port on which nobody listens. */
async function freePort(): Promise<number> {
  const closed = await startRawServer(() => undefined);
  await closed.close();
  return closed.port;
}

describe('before any byte of the request left', () => {
  it('is offline when nobody listens, for a write too', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    expect(await write(url)).toEqual({ kind: 'offline', cause: 'unreachable' });
    expect(await read(url)).toEqual({ kind: 'offline', cause: 'unreachable' });
  });

  it('is offline when the name is unknown', async () => {
    const fault = await write('https://desk.invalid', { timeouts: { connect: 5_000 } });
    expect(fault).toMatchObject({ kind: 'offline' });
  });

  it('is offline when the other side speaks no TLS', async () => {
    await serve(
      () => undefined,
      (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    expect(await write(`https://127.0.0.1:${server?.port}`)).toEqual({
      kind: 'offline',
      cause: 'certificate',
    });
  });

  it('is offline when the connection breaks during the TLS handshake', async () => {
    await serve(
      () => undefined,
      (socket) => socket.once('data', () => socket.resetAndDestroy()),
    );
    expect(await write(`https://127.0.0.1:${server?.port}`)).toEqual({
      kind: 'offline',
      cause: 'unreachable',
    });
  });

  it('is offline when the TLS handshake never ends', async () => {
    await serve(
      () => undefined,
      () => undefined,
    );
    expect(await write(`https://127.0.0.1:${server?.port}`)).toEqual({ kind: 'offline', cause: 'timeout' });
  });

  it('is the end of the session when nobody is signed in, without asking the board', async () => {
    const url = await serve((request) => request.json('200 OK', {}));
    expect(await write(url, { accessToken: async () => null })).toEqual({ kind: 'authExpired' });
    expect(server?.heads).toEqual([]);
  });

  it('is offline when the token cannot be had, without asking the board', async () => {
    const url = await serve((request) => request.json('200 OK', {}));
    const accessToken = () => Promise.reject(new Error('keyring'));
    expect(await write(url, { accessToken })).toMatchObject({ kind: 'offline' });
    expect(server?.heads).toEqual([]);
  });

  it('is offline when it was cancelled before it began', async () => {
    const url = await serve((request) => request.json('200 OK', {}));
    const result = await connect(url).create(PROBLEM, REF, { signal: AbortSignal.abort() });
    expect(faultOf(result)).toMatchObject({ kind: 'offline' });
    expect(server?.heads).toEqual([]);
  });
});

describe('after the request left', () => {
  const broken: [string, Handle, string, DeskFault][] = [
    ['a reset', ({ socket }) => socket.resetAndDestroy(), 'reset', { kind: 'offline', cause: 'unreachable' }],
    ['a silent end', ({ socket }) => socket.end(), 'reset', { kind: 'offline', cause: 'unreachable' }],
    ['no answer at all', () => undefined, 'timeout', { kind: 'offline', cause: 'timeout' }],
    [
      'half a body',
      ({ socket }) =>
        socket.write(
          'HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"ref":',
          () => socket.destroy(),
        ),
      'reset',
      { kind: 'offline', cause: 'unreachable' },
    ],
    [
      'a body that stops coming',
      ({ socket }) =>
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{'),
      'timeout',
      { kind: 'offline', cause: 'timeout' },
    ],
    [
      'a body cut without a word',
      ({ socket }) => socket.end('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"ref":'),
      'badAnswer',
      { kind: 'offline', cause: 'captivePortal' },
    ],
    [
      'something that is no HTTP',
      ({ socket }) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
      'badAnswer',
      { kind: 'offline', cause: 'captivePortal' },
    ],
    [
      'broken compression',
      (request) => request.json('200 OK', {}, { 'Content-Encoding': 'gzip' }),
      'badAnswer',
      { kind: 'offline', cause: 'captivePortal' },
    ],
    [
      'another shape than promised',
      (request) => request.json('200 OK', { hello: 'world' }),
      'badAnswer',
      { kind: 'offline', cause: 'captivePortal' },
    ],
    [
      'a page instead of JSON',
      (request) => request.answer('200 OK', { 'Content-Type': 'text/html' }, HTML),
      'badAnswer',
      { kind: 'offline', cause: 'captivePortal' },
    ],
    [
      'an empty success',
      (request) => request.answer('204 No Content', {}, ''),
      'badAnswer',
      { kind: 'offline', cause: 'captivePortal' },
    ],
    [
      'a redirect to a portal',
      (request) => request.answer('302 Found', { Location: 'http://portal.example/' }, ''),
      'badAnswer',
      { kind: 'offline', cause: 'captivePortal' },
    ],
    [
      'a page that says "not found"',
      (request) => request.answer('404 Not Found', { 'Content-Type': 'text/html' }, HTML),
      'badAnswer',
      { kind: 'offline', cause: 'captivePortal' },
    ],
    [
      'an error of the server',
      (request) => request.answer('500 Internal Server Error', {}, ''),
      'serverError',
      { kind: 'serverFault', status: 500 },
    ],
    [
      'an error of a gateway',
      (request) => request.answer('502 Bad Gateway', { 'Content-Type': 'text/html' }, HTML),
      'serverError',
      { kind: 'serverFault', status: 502 },
    ],
  ];

  it.each(broken)('leaves a write in doubt after %s', async (_name, handle, cause) => {
    const url = await serve(handle);
    expect(await write(url)).toEqual({ kind: 'ambiguous', cause });
    expect(server?.heads).toHaveLength(1);
  });

  it.each(broken)('tells what a read met: %s', async (_name, handle, _cause, fault) => {
    const url = await serve(handle);
    expect(await read(url)).toEqual(fault);
  });

  it('leaves a write in doubt when it is cancelled under way', async () => {
    const stop = new AbortController();
    const url = await serve(() => stop.abort());
    const result = await connect(url).create(PROBLEM, REF, { signal: stop.signal });
    expect(faultOf(result)).toEqual({ kind: 'ambiguous', cause: 'reset' });
  });

  it('leaves a write in doubt when the answer is to another one', async () => {
    const other = '01890a5d-ac96-774b-bcce-b302099a8058';
    const url = await serve((request) =>
      request.json('201 Created', { ref: other, ticketId: 't1', ticketNumber: '1' }),
    );
    expect(await write(url)).toEqual({ kind: 'ambiguous', cause: 'badAnswer' });
  });

  it('stops at an answer that is too large', async () => {
    const flood = Buffer.alloc(1024 * 1024, 'a').toString();
    const url = await serve(({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n');
      const pour = (): void => void (socket.destroyed || socket.write(flood, pour));
      pour();
    });
    expect(await read(url)).toEqual({ kind: 'serverFault', status: null });
  });

  it('gives up on an answer that trickles for ever', async () => {
    const url = await serve(({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n');
      const timer = setInterval(() => socket.write(' '), 50);
      socket.on('close', () => clearInterval(timer));
    });
    const timeouts = { connect: 400, silence: 300, overall: 700 };
    expect(await read(url, { timeouts })).toEqual({ kind: 'offline', cause: 'timeout' });
  });
});

describe('what the board itself says', () => {
  const says =
    (status: string, body: object, headers: Record<string, string> = {}): Handle =>
    (request) =>
      request.json(status, body, { 'Content-Type': PROBLEM_JSON, ...headers });

  it('401 is the end of the session', async () => {
    const url = await serve(says('401 Unauthorized', problem(401)));
    expect(await write(url)).toEqual({ kind: 'authExpired' });
    expect(await read(url)).toEqual({ kind: 'authExpired' });
  });

  it.each([400, 403, 404, 413, 415, 422])(
    '%i refuses a write, with the fields where they are named',
    async (status) => {
      const errors = [{ pointer: '/intake/problem', detail: 'too short' }];
      const url = await serve(says(`${status} No`, problem(status, { detail: 'Please say more.', errors })));
      expect(await write(url)).toEqual({
        kind: 'rejected',
        message: 'Please say more.',
        fields: [{ pointer: '/intake/problem', reason: 'too short' }],
      });
    },
  );

  it('413 of a gateway refuses a write in its own words', async () => {
    const url = await serve((request) =>
      request.answer('413 Too Large', { 'Content-Type': 'text/html' }, HTML),
    );
    expect(await write(url)).toEqual({ kind: 'rejected', message: '', fields: [] });
  });

  it('404 to a read means that there is no such ticket', async () => {
    const url = await serve(says('404 Not Found', problem(404)));
    expect(faultOf(await connect(url).get('t1'))).toEqual({ kind: 'conflict', reason: 'gone' });
  });

  it.each([
    ['stale', 'stale'],
    ['closed', 'closed'],
    ['duplicate', 'duplicate'],
    ['keyReused', 'duplicate'],
    [undefined, 'stale'],
  ])('409 %s', async (conflict, reason) => {
    const url = await serve(says('409 Conflict', problem(409, conflict ? { conflict } : {})));
    expect(await write(url)).toEqual({ kind: 'conflict', reason });
  });

  it.each([429, 503])('%i with Retry-After asks to wait', async (status) => {
    const url = await serve(says(`${status} Later`, problem(status), { 'Retry-After': '120' }));
    const fault = await write(url);
    if (fault === 'none' || fault.kind !== 'throttled') throw new Error(JSON.stringify(fault));
    expect(Date.parse(fault.until) - Date.now()).toBeGreaterThan(115_000);
    expect(Date.parse(fault.until) - Date.now()).toBeLessThanOrEqual(120_000);
  });

  it('429 without Retry-After asks to wait too', async () => {
    const url = await serve(says('429 Later', problem(429)));
    expect(await write(url)).toMatchObject({ kind: 'throttled' });
  });

  it('503 without Retry-After took nothing', async () => {
    const url = await serve(says('503 Down', problem(503)));
    expect(await write(url)).toEqual({ kind: 'serverFault', status: 503 });
    expect(await read(url)).toEqual({ kind: 'serverFault', status: 503 });
  });

  it('511 comes from something on the way, so that a write certainly did not arrive', async () => {
    const url = await serve((request) =>
      request.answer('511 Sign in', { 'Content-Type': 'text/html' }, HTML),
    );
    expect(await write(url)).toEqual({ kind: 'offline', cause: 'captivePortal' });
  });
});

describe('looking up a ref', () => {
  const lookUp = async (handle: Handle) => connect(await serve(handle)).findByRef(REF);

  it('finds the receipt', async () => {
    const found = await lookUp((request) =>
      request.json('200 OK', { ref: REF, ticketId: 't1', ticketNumber: '4127' }),
    );
    expect(found).toEqual({ kind: 'receipt', receipt: { ticketId: 't1', ticketNumber: '4127' } });
  });

  it('knows that it is absent only when the board itself says so', async () => {
    const board: Handle = (request) =>
      request.json('404 Not Found', problem(404), { 'Content-Type': PROBLEM_JSON });
    expect(await lookUp(board)).toEqual({ kind: 'absent' });
  });

  it.each<[string, Handle]>([
    ['a page', (request) => request.answer('404 Not Found', { 'Content-Type': 'text/html' }, HTML)],
    ['JSON that is no problem', (request) => request.json('404 Not Found', { error: 'no route' })],
    ['nothing', (request) => request.answer('404 Not Found', {}, '')],
    ['a portal', (request) => request.answer('200 OK', { 'Content-Type': 'text/html' }, HTML)],
    [
      'another ref',
      (request) => request.json('200 OK', { ref: crypto.randomUUID(), ticketId: 't1', ticketNumber: '1' }),
    ],
    ['410', (request) => request.json('410 Gone', problem(410), { 'Content-Type': PROBLEM_JSON })],
    ['a refusal', (request) => request.json('403 No', problem(403), { 'Content-Type': PROBLEM_JSON })],
  ])('does not know after %s', async (_name, handle) => {
    expect(await lookUp(handle)).toMatchObject({ kind: 'unknown' });
  });
});

describe('every request', () => {
  it('carries the session, and a write its ref as idempotency key', async () => {
    const url = await serve((request) =>
      request.json('201 Created', { ref: REF, ticketId: 't1', ticketNumber: '4127' }),
    );
    expect(await write(url)).toBe('none');
    expect(server?.heads[0]).toMatch(/^POST \/v1\/tickets HTTP/);
    expect(server?.heads[0]?.toLowerCase()).toContain(`idempotency-key: ${REF}`);
    expect(server?.heads[0]?.toLowerCase()).toContain('authorization: bearer a-token-for-tests');
  });

  it('does not use the proxy of the environment', async () => {
    const url = await serve((request) =>
      request.json('201 Created', { ref: REF, ticketId: 't1', ticketNumber: '4127' }),
    );
    const before = process.env['http_proxy'];
    process.env['http_proxy'] = `http://127.0.0.1:${await freePort()}`;
    try {
      expect(await write(url)).toBe('none');
    } finally {
      if (before === undefined) delete process.env['http_proxy'];
      else process.env['http_proxy'] = before;
    }
  });

  it('is made only over TLS, except on this computer', () => {
    expect(() => connect('http://desk.example.com')).toThrow(TypeError);
    expect(() => connect('ftp://127.0.0.1')).toThrow(TypeError);
  });

  it('repeats a read at once when a kept connection turns out to be dead, and never a write', async () => {
    const person = { id: 'p', name: 'Ada', email: '', phone: '' };
    let connections = 0;
    server = await startRawServer(
      () => undefined,
      (socket) => {
        connections += 1;
        const first = connections === 1;
        socket.once('data', () => {
          const body = JSON.stringify(person);
          socket.write(
            `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
          );
          if (first) socket.once('data', () => socket.resetAndDestroy());
        });
      },
    );
    const desk = connect(server.url);
    expect((await desk.whoAmI()).ok).toBe(true);
    expect((await desk.whoAmI()).ok).toBe(true);
    expect(connections).toBe(2);
    desk.close();
  });
});
