import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request meets on its way. `committed` kinds reach the board; the others do not. */
export const PROXY_FAULTS = {
  /** The connection breaks after the request was read, and the board never sees it. */
  resetBefore: { committed: false },
  /** A captive portal answers in the board's place. */
  portal: { committed: false },
  redirect: { committed: false },
  badGateway: { committed: false },
  busy: { committed: false },
  down: { committed: false },
  /** Nobody answers, and the board never sees it. */
  silence: { committed: false },
  /** The board does its work, and then the answer is lost in one way or another. */
  resetAfter: { committed: true },
  cutAfter: { committed: true },
  errorAfter: { committed: true },
  pageAfter: { committed: true },
  silenceAfter: { committed: true },
} as const;
/** What a request meets on its way. */
export type ProxyFault = keyof typeof PROXY_FAULTS;

/** Which requests meet something. */
export type Chooser = (method: string, path: string) => ProxyFault | null;

/** A bad network before any board that speaks HTTP: nothing of the board has to know. */
export interface FaultProxy {
  readonly url: string;
  /** Decides for every request from now on. */
  choose(chooser: Chooser): void;
  /** The next request that changes something and fits meets the fault, once. */
  once(pathPrefix: string, fault: ProxyFault): void;
  clear(): void;
  /** Nobody listens any more, until `open`. */
  close(): Promise<void>;
  open(): Promise<void>;
}

const PAGE = '<!doctype html><title>Guest network</title>';

/** Starts a proxy to `target` (a base URL without path). */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  const agent = new http.Agent({ keepAlive: true });
  let chooser: Chooser = () => null;
  let listeningPort = 0;
  const server = http.createServer((request, response) => void handle(request, response));

  async function handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (body === null) return;
    const fault = chooser(request.method ?? '', request.url ?? '');
    if (fault === null || PROXY_FAULTS[fault].committed) forward(request, response, body, fault);
    else answerInstead(response, fault);
  }

  function forward(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    body: Buffer,
    fault: ProxyFault | null,
  ): void {
    const headers = { ...request.headers, host: `${hostname}:${port}` };
    const onward = http.request({
      hostname,
      port,
      agent,
      method: request.method,
      path: request.url,
      headers,
    });
    onward.on('response', (answer) => {
      if (fault === null) {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        response.flushHeaders();
        answer.pipe(response);
        answer.on('error', () => response.destroy());
        response.on('close', () => answer.destroy());
      } else {
        void bodyOf(answer).then((text) => loseAnswer(response, answer, text ?? Buffer.alloc(0), fault));
      }
    });
    onward.on('error', () => response.destroy());
    onward.end(body);
  }

  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(listeningPort, '127.0.0.1', resolve);
    });
  await listen();
  listeningPort = (server.address() as AddressInfo).port;

  return {
    url: `http://127.0.0.1:${listeningPort}`,
    choose: (next) => void (chooser = next),
    once(pathPrefix, fault) {
      const before = chooser;
      chooser = (method, path) => {
        if (method === 'GET' || !path.startsWith(pathPrefix)) return before(method, path);
        chooser = before;
        return fault;
      };
    },
    clear: () => void (chooser = () => null),
    async close() {
      if (!server.listening) return;
      const closed = new Promise((resolve) => void server.close(resolve));
      server.closeAllConnections();
      await closed;
      agent.destroy();
    },
    open: listen,
  };
}

function answerInstead(response: http.ServerResponse, fault: ProxyFault): void {
  switch (fault) {
    case 'portal':
      return void response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE);
    case 'redirect':
      return void response.writeHead(302, { Location: 'http://portal.invalid/' }).end();
    case 'badGateway':
      return void response.writeHead(502, { 'Content-Type': 'text/html' }).end(PAGE);
    case 'busy':
      return void response.writeHead(429, { 'Retry-After': '1' }).end();
    case 'down':
      return void response.writeHead(503).end();
    case 'silence':
      return;
    default:
      response.destroy();
  }
}

function loseAnswer(
  response: http.ServerResponse,
  answer: http.IncomingMessage,
  text: Buffer,
  fault: ProxyFault,
): void {
  switch (fault) {
    case 'cutAfter': {
      const headers = {
        'Content-Type': answer.headers['content-type'] ?? 'text/plain',
        'Content-Length': text.length + 1,
      };
      response.writeHead(answer.statusCode ?? 200, headers);
      return void response.write(text.subarray(0, Math.floor(text.length / 2)), () => response.destroy());
    }
    case 'errorAfter':
      return void response.writeHead(500, { 'Content-Type': 'text/plain' }).end('error');
    case 'pageAfter':
      return void response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE);
    case 'silenceAfter':
      return;
    default:
      response.destroy();
  }
}

/** `null`: the other side went away. */
async function bodyOf(message: http.IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch {
    return null;
  }
}
