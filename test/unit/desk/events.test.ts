import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { connect } from './support/connector';
import type { BoardApiOptions } from '../../../src-main/desk/board-api/board-api-connector';
import type { BoardPush } from '../../../src-main/desk/connector';
import type { Clock } from '../../../src-main/platform/types';
import { createClock } from '../../../src-main/platform/clock';

interface Stream {
  readonly request: http.IncomingMessage;
  readonly response: http.ServerResponse;
}

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A clock on which the waits between connections are short; time limits are as they are. */
const hasty = (): Clock => {
  const clock = createClock();
  return {
    now: () => clock.now(),
    after: (ms, callback) => clock.after(ms >= 500 && ms < 9_000 ? 20 : ms, callback),
  };
};

async function eventServer(handle: (stream: Stream, count: number) => void) {
  const streams: Stream[] = [];
  const server = http.createServer((request, response) => {
    const stream = { request, response };
    streams.push(stream);
    handle(stream, streams.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => void server.close(() => resolve()));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, streams };
}

function follow(url: string, more: Partial<BoardApiOptions> = {}) {
  const pushes: BoardPush[] = [];
  const desk = connect(url, { clock: hasty(), timeouts: {}, ...more });
  const stop = desk.subscribe((push) => pushes.push(push));
  closers.unshift(() => {
    stop();
    desk.close();
  });
  return { pushes, stop, kinds: () => pushes.map((push) => push.kind) };
}

const begin = ({ response }: Stream): void =>
  void response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(':\n\n');
const event = (id: string, data: object): string => `id: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
const ticket = (ticketId: string) => ({ type: 'ticket', ticketId, version: 1 });

describe('the event stream', () => {
  it('tells what the board pushes, however the bytes are cut', async () => {
    const { url } = await eventServer((stream) => {
      begin(stream);
      const text =
        event('1', ticket('t-ü')) + event('2', { type: 'announcements' }) + event('3', { type: 'agreement' });
      for (const byte of Buffer.from(text)) stream.response.write(Buffer.from([byte]));
    });
    const { pushes } = follow(url);
    await vi.waitFor(() =>
      expect(pushes).toEqual([
        { kind: 'open' },
        { kind: 'ticket', id: 't-ü' },
        { kind: 'announcements' },
        { kind: 'agreement' },
      ]),
    );
  });

  it('connects again by itself and goes on after the last event', async () => {
    const { url, streams } = await eventServer((stream, count) => {
      begin(stream);
      if (count === 1) stream.response.end(event('41', ticket('t1')));
    });
    const { kinds } = follow(url);
    await vi.waitFor(() => expect(kinds()).toEqual(['open', 'ticket', 'closed', 'open']));
    expect(streams[1]?.request.headers['last-event-id']).toBe('41');
  });

  it('goes on after the last event for a later subscriber too', async () => {
    const { url, streams } = await eventServer((stream) => {
      begin(stream);
      stream.response.write(event('7', ticket('t1')));
    });
    const desk = connect(url);
    closers.unshift(() => desk.close());
    const first: BoardPush[] = [];
    const stop = desk.subscribe((push) => first.push(push));
    await vi.waitFor(() => expect(first).toHaveLength(2));
    stop();
    desk.subscribe(() => undefined);
    await vi.waitFor(() => expect(streams[1]?.request.headers['last-event-id']).toBe('7'));
  });

  it('counts as dead when it stays silent longer than heartbeats allow', async () => {
    const { url } = await eventServer(begin);
    const { pushes } = follow(url, { heartbeatLimit: 150 });
    await vi.waitFor(() =>
      expect(pushes[1]).toEqual({ kind: 'closed', fault: { kind: 'offline', cause: 'timeout' } }),
    );
    await vi.waitFor(() => expect(pushes[2]).toEqual({ kind: 'open' }));
  });

  it('stays alive on heartbeats alone', async () => {
    const { url } = await eventServer((stream) => {
      begin(stream);
      const timer = setInterval(() => stream.response.write(':\n\n'), 40);
      stream.response.on('close', () => clearInterval(timer));
    });
    const { kinds } = follow(url, { heartbeatLimit: 150 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(kinds()).toEqual(['open']);
  });

  it('ends with the session and does not knock again', async () => {
    const { url, streams } = await eventServer(({ response }) => void response.writeHead(401).end());
    const { pushes } = follow(url);
    await vi.waitFor(() => expect(pushes).toEqual([{ kind: 'closed', fault: { kind: 'authExpired' } }]));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(streams).toHaveLength(1);
  });

  it('takes a page in its place for what it is, and tries on', async () => {
    const { url, streams } = await eventServer(
      ({ response }) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>'),
    );
    const { pushes } = follow(url);
    await vi.waitFor(() => expect(streams.length).toBeGreaterThan(2));
    expect(pushes[0]).toEqual({ kind: 'closed', fault: { kind: 'offline', cause: 'captivePortal' } });
  });

  it('takes an event it does not know as a reason to list again', async () => {
    const { url } = await eventServer((stream) => {
      begin(stream);
      stream.response.write('data: {"type":"fromTheFuture"}\n\ndata: no json\n\n');
    });
    const { kinds } = follow(url);
    await vi.waitFor(() => expect(kinds()).toEqual(['open', 'reset', 'reset']));
  });

  it('does not swallow an endless event', async () => {
    const { url } = await eventServer((stream) => {
      begin(stream);
      const pour = (): void =>
        void (stream.response.destroyed || stream.response.write('data: '.padEnd(65_536, 'a'), pour));
      pour();
    });
    const { kinds } = follow(url);
    await vi.waitFor(() => expect(kinds().slice(0, 2)).toEqual(['open', 'closed']));
  });

  it('tells nothing after it was stopped, and closes the connection', async () => {
    const closed = vi.fn();
    const { url, streams } = await eventServer((stream) => {
      begin(stream);
      stream.response.on('close', closed);
    });
    const { kinds, stop } = follow(url);
    await vi.waitFor(() => expect(kinds()).toEqual(['open']));
    stop();
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(kinds()).toEqual(['open']);
    expect(streams).toHaveLength(1);
  });
});
