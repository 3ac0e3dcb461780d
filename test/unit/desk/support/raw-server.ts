import net from 'node:net';
import type { AddressInfo } from 'node:net';

/** One connection of the server; the head and body of its first request have been read. */
export interface RawRequest {
  readonly head: string;
  readonly body: string;
  readonly socket: net.Socket;
  /** Sends a whole answer and ends the connection. */
  answer(status: string, headers: Readonly<Record<string, string>>, body: string): void;
  json(status: string, body: unknown, headers?: Readonly<Record<string, string>>): void;
}

/** A TCP server that answers as a test wants, however wrong. */
export interface RawServer {
  readonly url: string;
  readonly port: number;
  /** Heads of all requests read whole. */
  readonly heads: string[];
  close(): Promise<void>;
}

/** What a test does with every request. */
export type Handle = (request: RawRequest) => void;

/** Starts a server on a free loopback port. */
export async function startRawServer(
  handle: Handle,
  onConnection?: (socket: net.Socket) => void,
): Promise<RawServer> {
  const heads: string[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    if (onConnection) onConnection(socket);
    else readRequests(socket, heads, handle);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    heads,
    async close() {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function readRequests(socket: net.Socket, heads: string[], handle: Handle): void {
  let read = '';
  socket.on('data', (chunk) => {
    read += chunk.toString('latin1');
    const end = read.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = read.slice(0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (read.length < end + 4 + length) return;
    const body = read.slice(end + 4, end + 4 + length);
    read = read.slice(end + 4 + length);
    heads.push(head);
    const answer: RawRequest['answer'] = (status, headers, text) => {
      const all = { 'Content-Length': String(Buffer.byteLength(text)), Connection: 'close', ...headers };
      const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
      socket.end(`HTTP/1.1 ${status}\r\n${lines.join('\r\n')}\r\n\r\n${text}`);
    };
    const json: RawRequest['json'] = (status, value, headers = {}) =>
      answer(status, { 'Content-Type': 'application/json', ...headers }, JSON.stringify(value));
    handle({ head, body, socket, answer, json });
  });
}
