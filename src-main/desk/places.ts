import { err, ok, type Result } from '@shared/domain/result';
import { atPath, isLoopback } from './base-url';

/** Why what was typed names no place. */
export type PlaceFault = 'notAnAddress' | 'notSecure';

/**
 * The web addresses to ask for what a person typed: a web address as it is, a domain, or an e-mail address whose domain
 * counts. A path is tried first as it was given, then without. TLS is added where no scheme was typed, except on this computer.
 */
export function placesOf(typed: string): Result<readonly URL[], PlaceFault> {
  const text = typed.trim().replace(/^mailto:/i, '');
  const domain = /^[^\s@/]+@([^\s@/]+)$/.exec(text)?.[1];
  const address = withScheme(domain ?? text);
  if (address === null || !URL.canParse(address)) return err('notAnAddress');
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return err('notAnAddress');
  if (url.username !== '' || url.password !== '' || !isHost(url)) return err('notAnAddress');
  if (url.protocol === 'http:' && !isLoopback(url)) return err('notSecure');
  const path = url.pathname.replace(/\/+$/, '');
  return ok(path === '' ? [new URL(url.origin)] : [atPath(url, path), new URL(url.origin)]);
}

function withScheme(text: string): string | null {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) return text;
  if (text === '' || /\s/.test(text)) return null;
  const scheme = URL.canParse(`https://${text}`) && isLoopback(new URL(`https://${text}`)) ? 'http' : 'https';
  return `${scheme}://${text}`;
}

/** A name with a dot, or this computer: a single word is rather a typing error than a host on the network. */
const isHost = (url: URL): boolean =>
  isLoopback(url) || /^[^.]+(\.[^.]+)+\.?$/.test(url.hostname) || url.hostname.startsWith('[');
