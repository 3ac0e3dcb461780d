import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';

/** What went over the line. */
export interface Reading {
  /** HTTP requests; for other protocols connections. */
  readonly calls: number;
  /** Requests that were answered with 304. */
  readonly unchanged: number;
  /** Bytes to the board, headers included. */
  readonly sent: number;
  /** Bytes from the board, headers included. */
  readonly received: number;
}

/** A reading of nothing. */
export const NOTHING: Reading = { calls: 0, unchanged: 0, sent: 0, received: 0 };

/** Both readings together. */
export const sum = (one: Reading, other: Reading): Reading => ({
  calls: one.calls + other.calls,
  unchanged: one.unchanged + other.unchanged,
  sent: one.sent + other.sent,
  received: one.received + other.received,
});

/** A line to a board that counts what goes over it. */
export interface Meter {
  readonly port: number;
  /** What went over the line since the last reading. */
  read(): Reading;
  close(): Promise<void>;
}

type Add = (more: Partial<Reading>) => void;

/** Starts a line to a port of this computer. Of `http` the requests count, of anything else the connections. */
export async function startMeter(target: number, protocol: 'http' | 'other'): Promise<Meter> {
  let reading = NOTHING;
  const sockets = new Set<net.Socket>();
  const add: Add = (more) => void (reading = sum(reading, { ...NOTHING, ...more }));
  const server = protocol === 'http' ? httpLine(target, add) : plainLine(target, add);
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    countBytes(socket, add);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    read() {
      const now = reading;
      reading = NOTHING;
      return now;
    },
    async close() {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Counts what a socket takes and gives, a little behind at most. */
function countBytes(socket: net.Socket, add: Add): void {
  let [sent, received] = [0, 0];
  const look = (): void => {
    add({ sent: socket.bytesRead - sent, received: socket.bytesWritten - received });
    [sent, received] = [socket.bytesRead, socket.bytesWritten];
  };
  const timer = setInterval(look, 50);
  socket.on('close', () => {
    clearInterval(timer);
    look();
  });
  socket.on('error', () => socket.destroy());
}

/** Passes requests on under the board's own name: a board may refuse another `Host`. */
function httpLine(target: number, add: Add): net.Server {
  return http.createServer((request, response) => {
    add({ calls: 1 });
    const headers = { ...request.headers, host: `127.0.0.1:${target}` };
    const onward = http.request({
      host: '127.0.0.1',
      port: target,
      method: request.method,
      path: request.url,
      headers,
    });
    onward.on('response', (answer) => {
      if (answer.statusCode === 304) add({ unchanged: 1 });
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      response.flushHeaders();
      answer.pipe(response);
      response.on('close', () => answer.destroy());
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
}

function plainLine(target: number, add: Add): net.Server {
  return net.createServer((client) => {
    add({ calls: 1 });
    const board = net.connect(target, '127.0.0.1');
    board.on('error', () => client.destroy());
    client.on('close', () => board.destroy());
    client.pipe(board);
    board.pipe(client);
  });
}
