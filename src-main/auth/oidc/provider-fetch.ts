import type { CustomFetch, CustomFetchOptions } from 'openid-client';
import { isLoopback } from '@shared/domain/loopback';
import type { BoardTools } from '../../desk/board-type';
import type { Answer, Unanswered, Unsent } from '../../desk/exchange';
import { createHttp } from '../../desk/http';

/** What asking a provider needs. */
export type ProviderTools = Pick<BoardTools, 'clock' | 'log' | 'userAgent' | 'ca' | 'waysTo'>;

/** A provider that gave no whole answer. */
export class ProviderSilent extends Error {
  constructor(readonly exchange: Unsent | Unanswered) {
    super(`provider: ${exchange.kind} ${exchange.cause}`);
    this.name = 'ProviderSilent';
  }
}

/** An address of a provider beyond this computer without TLS. */
export class NotSecure extends Error {
  constructor() {
    super('provider: not secure');
    this.name = 'NotSecure';
  }
}

/** Whether a provider may be at this address: TLS, or this computer itself (DESIGN: security, always on). */
export const isSecure = (url: URL): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));

/** Documents and tokens are small. In bytes. */
const MAX_BYTES = 1024 * 1024;
/** Statuses whose answers have no body, and for which `Response` takes none. */
const BODILESS = new Set([204, 205, 304]);

/**
 * HTTP for openid-client through the same client as the boards: its limits, its certificates, and its way of telling how far
 * a request got. `onAnswer` hears of every answer.
 */
export function createProviderFetch(
  { clock, userAgent, ca, waysTo }: ProviderTools,
  onAnswer: (answer: Answer) => void,
  signal?: AbortSignal,
): CustomFetch {
  return async (address, options) => {
    const url = new URL(address);
    if (!isSecure(url)) throw new NotSecure();
    const http = createHttp({ baseUrl: new URL(url.origin), clock, userAgent, ca, waysTo });
    const body = bytesOf(options.body);
    const exchange = await http.send({
      method: options.method === 'POST' ? 'POST' : 'GET',
      path: `${url.pathname}${url.search}`,
      headers: withoutAgent(options.headers),
      fresh: true,
      maxBytes: MAX_BYTES,
      ...(body && { body }),
      ...eitherSignal(options.signal, signal),
    });
    http.close();
    if (exchange.kind !== 'answer') throw new ProviderSilent(exchange);
    onAnswer(exchange);
    return responseOf(exchange);
  };
}

function bytesOf(body: CustomFetchOptions['body']): Uint8Array | null {
  if (body === null || body === undefined) return null;
  if (typeof body === 'string' || body instanceof URLSearchParams) return Buffer.from(body.toString());
  if (body instanceof Uint8Array) return body;
  throw new TypeError('provider: a body of an unknown kind');
}

/** The library would name itself. */
const withoutAgent = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'user-agent'));

function eitherSignal(...signals: (AbortSignal | undefined)[]): { signal?: AbortSignal } {
  const [first, ...more] = signals.filter((signal) => signal !== undefined);
  if (!first) return {};
  return { signal: more.length === 0 ? first : AbortSignal.any([first, ...more]) };
}

function responseOf({ status, headers, body }: Answer): Response {
  const content = BODILESS.has(status) ? null : Buffer.from(body);
  return new Response(content, { status, headers: { ...headers } });
}
