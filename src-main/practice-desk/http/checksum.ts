import type { IncomingHttpHeaders } from 'node:http';

/**
 * The SHA-256 that a request announces for its body, in lower-case hex; `null` without one. Understands
 * `X-Content-SHA256: <hex>`, `Content-Digest: sha-256=:<base64>:` (RFC 9530) and `Digest: sha-256=<base64>` (RFC 3230).
 * Other algorithms are not looked at.
 */
export function checksumOf(headers: IncomingHttpHeaders): string | null {
  const plain = headers['x-content-sha256'];
  if (typeof plain === 'string') return plain.trim().toLowerCase();
  const digest = [headers['content-digest'], headers.digest].flat().filter((value) => value !== undefined);
  for (const value of digest) {
    const match = /sha-256=:?([A-Za-z0-9+/]{43}=):?/i.exec(value);
    if (match?.[1]) return Buffer.from(match[1], 'base64').toString('hex');
  }
  return null;
}
