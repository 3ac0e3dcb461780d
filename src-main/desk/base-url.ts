import { err, ok, type Result } from '@shared/domain/result';

/** Why an address cannot be a board's: no web address at all, or one without TLS beyond this computer. */
export type BaseUrlFault = 'notAnAddress' | 'notSecure';

/** Whether the address is this computer itself. */
export const isLoopback = (url: URL): boolean => isLoopbackHost(url.hostname);

/** Whether a host name or address is this computer itself (RFC 6761 for `localhost`). */
export function isLoopbackHost(name: string): boolean {
  const host = name.toLowerCase().replace(/^\[|\]$/g, '');
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
  );
}

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
