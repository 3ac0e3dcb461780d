import { isLoopback, isLoopbackHost } from '@shared/domain/loopback';
import { err, ok, type Result } from '@shared/domain/result';

export { isLoopback, isLoopbackHost };

/** Why an address cannot be a board's: no web address at all, or one without TLS beyond this computer. */
export type BaseUrlFault = 'notAnAddress' | 'notSecure';

/**
 * Reads the address of a board. TLS is required except for this computer (DESIGN: security, always on).
 * Query, fragment and credentials are dropped; the path keeps no trailing slash.
 */
export function parseBaseUrl(text: string): Result<URL, BaseUrlFault> {
  if (!URL.canParse(text)) return err('notAnAddress');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return err('notAnAddress');
  if (url.protocol === 'http:' && !isLoopback(url)) return err('notSecure');
  return ok(atPath(url, url.pathname.replace(/\/+$/, '')));
}

/**
 * The address of another path at the same place, with nothing after it. A path may begin with two slashes: read as an address
 * of its own it would lead to another host.
 */
export function atPath(place: URL, path: string): URL {
  const url = new URL(place.origin);
  url.pathname = path;
  return url;
}
