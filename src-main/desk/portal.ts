import type { BoardTools } from './board-type';
import type { Exchange } from './exchange';
import { createHttp } from './http';

const TIMEOUTS = { connect: 4_000, silence: 4_000, overall: 6_000 };

/**
 * Whether the network itself answers in a desk's place and wants a sign-in of its own, as in hotels: it says so (RFC 6585,
 * chapter 6), or sends whoever asks to somebody else's page. A portal cannot answer for a desk behind TLS, so there the desk's
 * host is asked once more in the clear, for nothing but its first page; nobody else is asked.
 */
export async function isBehindPortal(place: URL, tools: BoardTools): Promise<boolean> {
  if (place.protocol === 'https:' && (await isHeldByProxy(place, tools))) return true;
  const asked = place.protocol === 'http:' ? new URL(place.origin) : new URL(`http://${place.hostname}`);
  const exchange = await firstPage(asked, tools);
  if (exchange.kind !== 'answer') return false;
  if (exchange.status === 511 || exchange.status === 407) return true;
  return exchange.status >= 300 && exchange.status < 400
    ? leadsElsewhere(exchange.headers['location'], asked)
    : false;
}

/** Whether a proxy on the way wants a sign-in of its own. */
async function isHeldByProxy(place: URL, tools: BoardTools): Promise<boolean> {
  if (tools.waysTo === undefined) return false;
  const exchange = await firstPage(new URL(place.origin), tools);
  return exchange.kind === 'unsent' && exchange.cause === 'captivePortal';
}

async function firstPage(baseUrl: URL, { clock, userAgent, ca, waysTo }: BoardTools): Promise<Exchange> {
  const http = createHttp({ baseUrl, clock, userAgent, timeouts: TIMEOUTS, ca, waysTo });
  const exchange = await http.send({ method: 'GET', path: '/', maxBytes: 64 * 1024 });
  http.close();
  return exchange;
}

/** Whether a redirect leaves the desk's own domain: `desk.example.com` to `www.example.com` does not. */
function leadsElsewhere(location: string | undefined, from: URL): boolean {
  if (location === undefined || !URL.canParse(location, from)) return false;
  return domainOf(new URL(location, from).hostname) !== domainOf(from.hostname);
}

/** The last two labels of a name; an address as it is. */
const domainOf = (host: string): string =>
  /^[\d.:[\]]+$/.test(host) ? host : host.split('.').slice(-2).join('.');
