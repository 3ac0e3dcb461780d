import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ReturnPage } from './return-page';

/** Where the browser comes back to (RFC 8252, 7.3): a port of this computer that is open while somebody signs in. */
export interface RedirectReceiver {
  readonly redirectUri: string;
  /** Resolves with the whole address of the one request that answers ours; never, when none comes. */
  readonly returned: Promise<URL>;
  close(): void;
}

/** What the receiver needs. */
export interface ReceiverOptions {
  /** What the answer must carry: unguessable, so that nobody else's request is taken for it. */
  readonly state: string;
  readonly page: (returned: URL) => ReturnPage;
}

const HOST = '127.0.0.1';
/** What a provider registers, as `http://127.0.0.1/deskbell`: only the port may differ (RFC 8252, 7.3), so the path cannot be random. */
export const REDIRECT_PATH = '/deskbell';

/**
 * Opens a free port on the loopback address. Exactly one request is taken: a page opened by a browser, with our state.
 * Everything else is not found, also later. @throws the system's errors when no port can be opened
 */
export async function openReceiver({ state, page }: ReceiverOptions): Promise<RedirectReceiver> {
  let isTaken = false;
  let take: (returned: URL) => void = () => undefined;
  const returned = new Promise<URL>((resolve) => (take = resolve));

  const server = http.createServer((request, response) => {
    response.setHeader('Connection', 'close');
    const address = isTaken ? null : answerTo(request, state, port());
    if (address === null) {
      response.writeHead(404, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' }).end();
      return;
    }
    isTaken = true;
    const { html, headers } = page(address);
    response.writeHead(200, headers).end(html);
    // The page is on its way first: what follows brings another window to the front.
    response.once('close', () => take(address));
  });
  const port = (): number => (server.address() as AddressInfo | null)?.port ?? 0;
  await listen(server);

  return {
    redirectUri: `http://${HOST}:${port()}${REDIRECT_PATH}`,
    returned,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listen(server: http.Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, HOST, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve();
    });
  });
}

/** The address of a request that answers ours; `null`: it does not. */
function answerTo(
  { method, url = '', headers }: http.IncomingMessage,
  state: string,
  port: number,
): URL | null {
  const host = `${HOST}:${port}`;
  // Under another name it comes from a page that had its own name point here.
  if (method !== 'GET' || headers.host !== host || !isPageLoad(headers)) return null;
  if (!URL.canParse(url, `http://${host}`)) return null;
  const address = new URL(url, `http://${host}`);
  const states = address.searchParams.getAll('state');
  const isOurs = address.host === host && address.pathname === REDIRECT_PATH;
  return isOurs && states.length === 1 && states[0] === state ? address : null;
}

/** Browsers say what a request is for (Fetch Metadata): pictures, scripts and pre-fetched pages are not somebody coming back. */
function isPageLoad(headers: http.IncomingHttpHeaders): boolean {
  const destination = headers['sec-fetch-dest'];
  const purpose = headers['sec-purpose'] ?? headers['purpose'];
  return (destination === undefined || destination === 'document') && purpose === undefined;
}
