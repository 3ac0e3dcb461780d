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
  return ok(new URL(url.pathname.replace(/\/+$/, ''), url.origin));
}
