import { isLoopback } from '@shared/domain/loopback';
import type { Log } from '../platform/types';

/** What may be opened outside: web pages over TLS, mail and phone (DESIGN: one safe opener). */
const SCHEMES = new Set(['https:', 'mailto:', 'tel:']);

/** Opens a link outside Deskbell; resolves to whether it was allowed and handed over. */
export type SafeOpen = (url: string) => Promise<boolean>;

/** The link as it may be handed to the system, or `null`. Credentials in a web address are a disguise and refused. */
export function safeLink(url: string): string | null {
  try {
    const parsed = new URL(url);
    if (!SCHEMES.has(parsed.protocol)) return null;
    if (parsed.username !== '' || parsed.password !== '') return null;
    if (parsed.protocol === 'https:' && parsed.hostname === '') return null;
    return parsed.href;
  } catch {
    return null;
  }
}

/**
 * The page of an identity provider as it may be handed to the system's browser, or `null`: over TLS, or of a provider that runs
 * on this computer itself (development, tests). Nothing else that may be opened outside is wanted here.
 */
export function signInLink(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const link = new URL(url);
  if (link.protocol === 'https:') return safeLink(url);
  const isBare = link.username === '' && link.password === '';
  return link.protocol === 'http:' && isLoopback(link) && isBare ? link.href : null;
}

/**
 * Makes the one safe opener. `openExternal` is Electron's; it rejects when the system has no program for the link.
 * `allow` gives the link as it may be handed over, or `null`.
 */
export function createSafeOpen(
  openExternal: (url: string) => Promise<void>,
  log: Log,
  allow: (url: string) => string | null = safeLink,
): SafeOpen {
  return async (url) => {
    const link = allow(url);
    if (link === null) {
      log.warn('open.refused');
      return false;
    }
    try {
      await openExternal(link);
      return true;
    } catch (error) {
      log.error('open.failed', error);
      return false;
    }
  };
}
