import type * as z from 'zod';
import type { Credential } from '@shared/domain/credential';
import type { DeskFault } from '@shared/domain/fault';
import { err, ok, type Result } from '@shared/domain/result';
import type { Clock, Log } from '../../platform/types';
import type { Answer, Exchange } from '../exchange';
import type { Http, HttpRequest, HttpTimeouts } from '../http';
import { faultOfAnswer, faultOfSilence, valueOf, type Intent } from '../http-faults';
import { ownWords } from './answers';
import { identityOf } from './credentials';
import { pageOf } from './shapes';

/** What every call needs. */
export interface CallDeps {
  readonly http: Http;
  /** What is good now; `null`: nobody is signed in. Rejects when it cannot be found out. */
  readonly credential: () => Promise<Credential | null>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Options of a read. */
export interface ReadOptions {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly maxBytes?: number;
  readonly timeouts?: Partial<HttpTimeouts>;
  readonly signal?: AbortSignal | undefined;
}

/** A body with its media type. */
export interface Content {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Options of a write. */
export interface RtWrite {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly content: Content;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeouts?: Partial<HttpTimeouts>;
  readonly onUploaded?: ((bytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What was read, and when by RT's clock (ms since 1970). */
export interface Dated<T> {
  readonly value: T;
  readonly served: number;
}

/** Calls of REST2, signed in. Paths are below `/REST/2.0`. */
export interface Calls {
  read<T>(path: string, schema: z.ZodType<T>, options?: ReadOptions): Promise<Result<T, DeskFault>>;
  /** The raw answer with a status of 2xx, or 304. */
  fetch(path: string, options?: ReadOptions): Promise<Result<Answer, DeskFault>>;
  /** One page of a list. */
  page<T>(path: string, item: z.ZodType<T>, options: ReadOptions): Promise<Result<Dated<Page<T>>, DeskFault>>;
  /**
   * A whole list. `isEnd` says when a list that RT does not count is complete, told the page that came last: it may be short,
   * or empty, because of what is hidden.
   */
  list<T>(
    path: string,
    item: z.ZodType<T>,
    isEnd: (page: readonly T[], perPage: number) => boolean,
    options: ReadOptions,
  ): Promise<Result<readonly T[], DeskFault>>;
  write<T>(write: RtWrite, schema: z.ZodType<T>): Promise<Result<Written<T>, DeskFault>>;
  /** The user of the session, by name or by id; `null`: nobody is signed in. */
  user(): Promise<Result<string, DeskFault>>;
}

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly perPage: number;
  /** Whether there are more; `null`: RT does not say. */
  readonly more: boolean | null;
}

/** What a write gave. */
export interface Written<T> {
  readonly value: T;
  /** The header `Location`; empty when there is none. */
  readonly location: string;
}

const ROOT = '/REST/2.0';
/** A list that never ends would keep the client busy for ever. */
const MOST_PAGES = 1_000;
/** So many pages in a row may have nothing that can be seen. */
const MOST_EMPTY_PAGES = 50;

/** JSON as the body of a write. */
export const json = (value: unknown): Content => ({
  type: 'application/json',
  bytes: Buffer.from(JSON.stringify(value)),
});

/** Makes the calls of one session. */
export function createCalls({ http, credential, clock, log }: CallDeps): Calls {
  const now = (): Date => clock.now();

  async function identity() {
    try {
      const found = identityOf(await credential());
      return found === null ? err<DeskFault>({ kind: 'authExpired' }) : ok(found);
    } catch (error) {
      log.error('desk.credentialUnavailable', error);
      return err<DeskFault>({ kind: 'offline', cause: 'unreachable' });
    }
  }

  /**
   * Sends it, and once more when RT refuses to let the user in: a 401 is false when RT could not read its users in time (a
   * locked database). It means that nothing was done, so a write may be repeated, too.
   */
  async function send(request: HttpRequest): Promise<Result<Exchange, DeskFault>> {
    const found = await identity();
    if (!found.ok) return found;
    const [first, second] = found.value.headers;
    const signed = (authorization: string): HttpRequest => ({
      ...request,
      path: `${ROOT}${request.path}`,
      headers: { Accept: 'application/json', ...request.headers, Authorization: authorization },
    });
    const exchange = await http.send(signed(first));
    const isRefused = exchange.kind === 'answer' && exchange.status === 401;
    return ok(isRefused ? await http.send(signed(second)) : exchange);
  }

  const get = (path: string, { signal, ...options }: ReadOptions): Promise<Result<Exchange, DeskFault>> =>
    send({ ...options, method: 'GET', path, ...(signal && { signal }) });

  async function read<T>(
    path: string,
    schema: z.ZodType<T>,
    options: ReadOptions = {},
  ): Promise<Result<T, DeskFault>> {
    const exchange = await get(path, options);
    return exchange.ok ? valueOf(exchange.value, schema, 'read', now(), ownWords) : exchange;
  }

  async function page<T>(
    path: string,
    item: z.ZodType<T>,
    options: ReadOptions,
  ): Promise<Result<Dated<Page<T>>, DeskFault>> {
    const exchange = await get(path, options);
    if (!exchange.ok) return exchange;
    const found = valueOf(exchange.value, pageOf(item), 'read', now(), ownWords);
    if (!found.ok) return found;
    const { items, per_page: perPage, total, next_page: next } = found.value;
    const isCounted = total !== null && total !== undefined;
    const more = next ? true : isCounted ? false : null;
    return ok({ value: { items, perPage, more }, served: servedAt(exchange.value, now()) });
  }

  return {
    read,
    page,

    async fetch(path, options = {}) {
      const exchange = await get(path, options);
      if (!exchange.ok) return exchange;
      if (exchange.value.kind !== 'answer') return err(faultOfSilence(exchange.value, 'read'));
      const { status } = exchange.value;
      const isGood = (status >= 200 && status < 300) || status === 304;
      return isGood ? ok(exchange.value) : err(faultOfAnswer(exchange.value, 'read', now(), ownWords));
    },

    async list(path, item, isEnd, options) {
      const items = [];
      let empty = 0;
      for (let number = 1; number <= MOST_PAGES; number += 1) {
        const found = await page(path, item, { ...options, query: { ...options.query, page: `${number}` } });
        if (!found.ok) return found;
        const { items: some, more, perPage } = found.value.value;
        items.push(...some);
        empty = some.length === 0 ? empty + 1 : 0;
        const isDone = more === null ? isEnd(some, perPage) || empty === MOST_EMPTY_PAGES : !more;
        if (isDone) return ok(items);
      }
      return err({ kind: 'serverFault', status: null });
    },

    async write({ method, path, content, headers, signal, timeouts, onUploaded }, schema) {
      const intent: Intent = 'write';
      const exchange = await send({
        method,
        path,
        headers: { ...headers, 'Content-Type': content.type },
        body: content.bytes,
        fresh: true,
        ...(timeouts && { timeouts }),
        ...(onUploaded && { onUploaded }),
        ...(signal && { signal }),
      });
      if (!exchange.ok) return exchange;
      const value = valueOf(exchange.value, schema, intent, now(), ownWords);
      if (!value.ok) return value;
      const location = exchange.value.kind === 'answer' ? exchange.value.headers['location'] : '';
      return ok({ value: value.value, location: location ?? '' });
    },

    async user() {
      const found = await identity();
      return found.ok ? ok(found.value.user) : found;
    },
  };
}

/** When RT answered, by its own clock, to the second. */
function servedAt(exchange: Exchange, now: Date): number {
  const date = exchange.kind === 'answer' ? Date.parse(exchange.headers['date'] ?? '') : Number.NaN;
  return Number.isNaN(date) ? now.getTime() : date;
}
