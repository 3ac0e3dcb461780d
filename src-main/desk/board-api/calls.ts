import type { Readable } from 'node:stream';
import type * as z from 'zod';
import { IDEMPOTENCY_HEADER, PROBLEM_MEDIA_TYPE } from '@shared/board-api';
import type { DeskFault } from '@shared/domain/fault';
import { err, ok, type Result } from '@shared/domain/result';
import type { Clock, Log } from '../../platform/types';
import type { Answer } from '../exchange';
import type { Http, HttpRequest } from '../http';
import { faultOfAnswer, faultOfSilence, valueOf } from '../http-faults';
import { ownWords } from './answers';

/** What every call needs. */
export interface CallDeps {
  readonly http: Http;
  /** The bearer token of the session; `null`: nobody is signed in. */
  readonly accessToken: () => Promise<string | null>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A staged upload: bytes under their own idempotency key. */
export interface StagedBytes {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Of the bytes, lower-case hex: the board refuses what was damaged on the way. */
  readonly sha256: string;
  readonly key: string;
  readonly onUploaded: (bytes: number) => void;
}

/** Calls of the Board API, signed in. */
export interface Calls {
  read<T>(path: string, schema: z.ZodType<T>, options?: ReadOptions): Promise<Result<T, DeskFault>>;
  /** The raw answer with a status of 2xx, or 304. */
  fetch(path: string, options?: ReadOptions): Promise<Result<Answer, DeskFault>>;
  write<T>(
    path: string,
    body: unknown,
    key: string,
    schema: z.ZodType<T>,
    signal?: AbortSignal,
  ): Promise<Result<T, DeskFault>>;
  stage<T>(upload: StagedBytes, schema: z.ZodType<T>, signal?: AbortSignal): Promise<Result<T, DeskFault>>;
  /** An answer of the given media type that goes on and on. */
  stream(
    path: string,
    type: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Result<Readable, DeskFault>>;
}

/** Options of a read. */
export type ReadOptions = Pick<HttpRequest, 'query' | 'headers' | 'maxBytes' | 'timeouts'> & {
  readonly signal?: AbortSignal | undefined;
};

/** Files take their time; the silence limit still ends a dead connection, in ms. */
const FILE_TIMEOUTS = { overall: 30 * 60_000 };
const JSON_MEDIA_TYPES = `application/json, ${PROBLEM_MEDIA_TYPE}`;

/** Makes the calls of one session. */
export function createCalls(deps: CallDeps): Calls {
  const now = (): Date => deps.clock.now();

  async function signed(
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Result<Record<string, string>, DeskFault>> {
    try {
      const token = await deps.accessToken();
      if (token === null) return err({ kind: 'authExpired' });
      return ok({ Accept: JSON_MEDIA_TYPES, ...headers, Authorization: `Bearer ${token}` });
    } catch (error) {
      deps.log.error('desk.tokenUnavailable', error);
      return err({ kind: 'offline', cause: 'unreachable' });
    }
  }

  async function fetchAnswer(path: string, options: ReadOptions = {}): Promise<Result<Answer, DeskFault>> {
    const headers = await signed(options.headers);
    if (!headers.ok) return headers;
    const exchange = await deps.http.send({
      ...withoutUndefined(options),
      method: 'GET',
      path,
      headers: headers.value,
    });
    if (exchange.kind !== 'answer') return err(faultOfSilence(exchange, 'read'));
    const good = (exchange.status >= 200 && exchange.status < 300) || exchange.status === 304;
    return good ? ok(exchange) : err(faultOfAnswer(exchange, 'read', now(), ownWords));
  }

  return {
    fetch: fetchAnswer,

    async read(path, schema, options) {
      const answer = await fetchAnswer(path, options);
      return answer.ok ? valueOf(answer.value, schema, 'read', now(), ownWords) : answer;
    },

    async write(path, body, key, schema, signal) {
      const headers = await signed({ 'Content-Type': 'application/json', [IDEMPOTENCY_HEADER]: key });
      if (!headers.ok) return headers;
      const bytes = Buffer.from(JSON.stringify(body));
      const exchange = await deps.http.send({
        method: 'POST',
        path,
        headers: headers.value,
        body: bytes,
        fresh: true,
        ...cancel(signal),
      });
      return valueOf(exchange, schema, 'write', now(), ownWords);
    },

    async stage({ path, query, type, bytes, sha256, key, onUploaded }, schema, signal) {
      const headers = await signed({
        'Content-Type': type,
        [IDEMPOTENCY_HEADER]: key,
        'X-Content-SHA256': sha256,
      });
      if (!headers.ok) return headers;
      const exchange = await deps.http.send({
        method: 'POST',
        path,
        query,
        headers: headers.value,
        body: bytes,
        fresh: true,
        timeouts: FILE_TIMEOUTS,
        onUploaded,
        ...cancel(signal),
      });
      return valueOf(exchange, schema, 'read', now(), ownWords);
    },

    async stream(path, type, more, signal) {
      const headers = await signed({ ...more, Accept: type });
      if (!headers.ok) return headers;
      const opened = await deps.http.open({
        method: 'GET',
        path,
        headers: headers.value,
        fresh: true,
        signal,
      });
      if (opened.kind !== 'open') return err(faultOfSilence(opened, 'read'));
      if (opened.status === 200 && (opened.headers['content-type'] ?? '').startsWith(type))
        return ok(opened.body);
      opened.body.destroy();
      return err(faultOfAnswer({ ...opened, body: new Uint8Array() }, 'read', now(), ownWords));
    },
  };
}

const cancel = (signal: AbortSignal | undefined): { signal?: AbortSignal } => (signal ? { signal } : {});

function withoutUndefined({
  signal,
  ...rest
}: ReadOptions): Omit<ReadOptions, 'signal'> & { signal?: AbortSignal } {
  return { ...rest, ...cancel(signal) };
}
