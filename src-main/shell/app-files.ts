import path from 'node:path';

/** The scheme of Deskbell's own pages; no page is ever loaded from `file:`. */
export const APP_SCHEME = 'app';
const APP_HOST = 'deskbell';
/** The window's page. */
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/index.html`;

/**
 * What a page may load: its own files, and pictures it made itself (previews). Nothing inline, no network, no frames.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ico': 'image/x-icon',
};

/** The file a URL of the scheme stands for, or `null`: another host, another folder, or a kind of file we do not ship. */
export function resolveAppFile(folder: string, url: string): string | null {
  const parsed = parseUrl(url);
  if (parsed?.protocol !== `${APP_SCHEME}:` || parsed.host !== APP_HOST) return null;
  const name = decode(parsed.pathname);
  if (name === null || name.includes('\0') || name.includes('\\')) return null;
  const file = path.resolve(folder, `.${name === '/' ? '/index.html' : name}`);
  const inside = path.relative(folder, file);
  if (inside === '' || inside.startsWith('..') || path.isAbsolute(inside)) return null;
  return path.extname(file) in TYPES ? file : null;
}

/** Whether a URL is a page of Deskbell's own: `app://deskbell`, or the development server where there is one. */
export function isOwnUrl(url: string, devServer: string | null): boolean {
  const parsed = parseUrl(url);
  if (!parsed) return false;
  if (parsed.protocol === `${APP_SCHEME}:`) return parsed.host === APP_HOST;
  return devServer !== null && parsed.origin === parseUrl(devServer)?.origin;
}

/** The headers of a file: its type, and what its page may do. */
export function headersFor(file: string): Record<string, string> {
  return {
    'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
}

function parseUrl(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
