/** The HTTP proxy of a company, the only way out of it: it tunnels (RFC 9110, 9.3.6) and knows names that nobody else does. */
import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** What the proxy does with who asks for a tunnel. A number is the status it refuses with. */
export type ProxyMood = 'tunnel' | 'silent' | 'cutAfterRequest' | number;

/** A running proxy. */
export interface CompanyProxy {
  readonly url: URL;
  /** Which places tunnels were asked for, e.g. `desk.test:443`; which addresses were asked for in clear. */
  readonly asked: readonly string[];
  /** Everything that went through to a server, as the proxy saw it. */
  seen(): Buffer;
  be(mood: ProxyMood): void;
  close(): Promise<void>;
}

/** How much of a tunnel is let through when it is cut after the request: the handshake is over by then. In bytes from the client. */
const HANDSHAKE_BYTES = 1_500;

/** Starts one. `places`: to which port of this computer a name leads. */
export async function startCompanyProxy(places: Readonly<Record<string, number>>): Promise<CompanyProxy> {
  let mood: ProxyMood = 'tunnel';
  const asked: string[] = [];
  const seen: Buffer[] = [];
  const open = new Set<Duplex>();
  const server = http.createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(400).end();
  });
  server.on('connect', (request, client: Duplex, first: Buffer) => {
    const place = request.url ?? '';
    asked.push(place);
    open.add(client);
    client.on('error', () => client.destroy());
    if (mood === 'silent') return;
    const port = places[place];
    const status = typeof mood === 'number' ? mood : port === undefined ? 502 : 200;
    client.write(`HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nX-Proxy: company\r\n\r\n`);
    if (status !== 200 || port === undefined) return void client.end();
    const far = net.connect(port, '127.0.0.1');
    open.add(far);
    far.on('error', () => client.destroy());
    client.on('close', () => far.destroy());
    const isCut = mood === 'cutAfterRequest';
    let given = 0;
    const give = (chunk: Buffer): void => {
      seen.push(chunk);
      given += chunk.byteLength;
      far.write(chunk);
      // What is left of the answer is not let back.
      if (isCut && given > HANDSHAKE_BYTES) setTimeout(() => client.destroy(), 50);
    };
    if (first.byteLength > 0) give(first);
    client.on('data', give);
    far.on('data', (chunk: Buffer) => {
      if (!isCut || given <= HANDSHAKE_BYTES) client.write(chunk);
    });
    far.on('close', () => client.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    asked,
    seen: () => Buffer.concat(seen),
    be: (next) => void (mood = next),
    async close() {
      open.forEach((socket) => socket.destroy());
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
