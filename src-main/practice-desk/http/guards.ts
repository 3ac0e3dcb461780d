import type { IncomingMessage } from 'node:http';

/**
 * Whether a request comes from a program on purpose and not from a web page: its Host is the desk's own address
 * (against DNS rebinding), and nothing in it was added by a browser (Origin, or Sec-Fetch-Site of another site).
 */
export function isWelcome(incoming: IncomingMessage, host: string, port: number): boolean {
  const { headers } = incoming;
  if (headers.origin !== undefined) return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'none') return false;
  return allowedHosts(host, port).includes((headers.host ?? '').toLowerCase());
}

function allowedHosts(host: string, port: number): readonly string[] {
  const names = new Set([
    host.includes(':') ? `[${host}]` : host.toLowerCase(),
    '127.0.0.1',
    'localhost',
    '[::1]',
  ]);
  return [...names].flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
}

/** The token of `Authorization: Bearer`; `null` without one. */
export function bearerOf(incoming: IncomingMessage): string | null {
  return /^Bearer +([\x21-\x7e]{1,8000})$/i.exec(incoming.headers.authorization ?? '')?.[1] ?? null;
}
