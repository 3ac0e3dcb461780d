import { isLoopback } from './base-url';
import type { Clock, Log } from '../platform/types';

/** A way to a server: the address of an HTTP proxy, or `null` for straight. */
export type Way = URL | null;
/** The ways to a server in the order in which to try them; never none. Never rejects. */
export type WaysTo = (server: URL) => Promise<readonly [Way, ...Way[]]>;

/** What knowing the ways needs. */
export interface WaysDeps {
  /** What the system says of an address, as Chromium words it: `PROXY proxy:8080; DIRECT`. */
  readonly resolveProxy: (address: string) => Promise<string>;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
}

const STRAIGHT: readonly [Way] = [null];
/** How long the system may think (it may have to fetch a script that decides), in ms. */
const PATIENCE_MS = 5_000;

/** Asks the system every time: a computer goes from the office home and back. What is on this computer is reached straight. */
export function createWaysTo({ resolveProxy, clock, log }: WaysDeps): WaysTo {
  return async (server) => {
    if (isLoopback(server)) return STRAIGHT;
    let stop = (): void => undefined;
    const patience = new Promise<string>((resolve) => (stop = clock.after(PATIENCE_MS, () => resolve(''))));
    try {
      return parseWays(await Promise.race([resolveProxy(server.href), patience]));
    } catch (error) {
      log.error('ways.unknown', error);
      return STRAIGHT;
    } finally {
      stop();
    }
  };
}

/** The schemes of HTTP proxies by Chromium's words for them (net/docs/proxy.md); of others (SOCKS, QUIC) nothing is made. */
const SCHEMES: ReadonlyMap<string, string> = new Map([
  ['PROXY', 'http'],
  ['HTTP', 'http'],
  ['HTTPS', 'https'],
]);

/** Reads a list of ways as proxy scripts give them; straight where it names none that can be gone. */
export function parseWays(list: string): readonly [Way, ...Way[]] {
  const ways = list.split(';').flatMap((part): readonly Way[] => {
    const [kind = '', place = ''] = part.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return STRAIGHT;
    const scheme = SCHEMES.get(kind.toUpperCase());
    const address = `${scheme}://${place}`;
    return scheme !== undefined && place !== '' && URL.canParse(address) ? [new URL(address)] : [];
  });
  const [first, ...more] = ways;
  return first === undefined ? STRAIGHT : [first, ...more];
}
