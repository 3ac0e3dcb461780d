import type { Readable } from 'node:stream';
import type * as z from 'zod';
import { IDEMPOTENCY_HEADER, PROBLEM_MEDIA_TYPE } from '@shared/board-api';
import type { DeskFault } from '@shared/domain/fault';
import { err, ok, type Result } from '@shared/domain/result';
import type { Clock, Log } from '../../platform/types';
import type { Answer, Exchange } from '../exchange';
import type { Http, HttpRequest, OpenAnswer } from '../http';
import { faultOfAnswer, faultOfSilence, valueOf } from '../http-faults';
import { ownWords } from './answers';

/** What every call needs. */
export interface CallDeps {
  readonly http: Http;
  /** The bearer token of the session; `null`: nobody is signed in. */
  readonly accessToken: () => Promise<string | null>;
  /** The board refused this token: resolves to whether there is another one now. */
  readonly renewToken: (refused: string) => Promise<boolean>;
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

  /** Asks the session; that it cannot say at the moment is as good as no network. */
  async function ask<T>(session: () => Promise<T>): Promise<Result<T, DeskFault>> {
    try {
      return ok(await session());
    } catch (error) {
      deps.log.error('desk.tokenUnavailable', error);
      return err({ kind: 'offline', cause: 'unreachable' });
    }
  }

  const another = (refused: string): Promise<Result<string | null, DeskFault>> =>
    ask(async () => ((await deps.renewToken(refused)) ? deps.accessToken() : null));

  /**
   * Sends a request with the session's token. What a board refuses for its token it has not carried out, so it is sent once
   * more where the session gets another one.
   */
  async function send<T extends Sent>(
    more: Readonly<Record<string, string>> | undefined,
    request: (headers: Readonly<Record<string, string>>) => Promise<T>,
  ): Promise<Result<T, DeskFault>> {
    const signed = (token: string): Promise<T> =>
      request({ Accept: JSON_MEDIA_TYPES, ...more, Authorization: `Bearer ${token}` });
    const token = await ask(deps.accessToken);
    if (!token.ok) return token;
    if (token.value === null) return err({ kind: 'authExpired' });
    const first = await signed(token.value);
    const other = isRefusal(first) ? await another(token.value) : ok(null);
    if (!other.ok) return letGo(first, other);
    return other.value === null ? ok(first) : letGo(first, ok(await signed(other.value)));
  }

  async function fetchAnswer(path: string, options: ReadOptions = {}): Promise<Result<Answer, DeskFault>> {
    const sent = await send(options.headers, (headers) =>
      deps.http.send({ ...withoutUndefined(options), method: 'GET', path, headers }),
    );
    if (!sent.ok) return sent;
    const exchange = sent.value;
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
      const bytes = Buffer.from(JSON.stringify(body));
      const sent = await send({ 'Content-Type': 'application/json', [IDEMPOTENCY_HEADER]: key }, (headers) =>
        deps.http.send({ method: 'POST', path, headers, body: bytes, fresh: true, ...cancel(signal) }),
      );
      return sent.ok ? valueOf(sent.value, schema, 'write', now(), ownWords) : sent;
    },

    async stage({ path, query, type, bytes, sha256, key, onUploaded }, schema, signal) {
      const more = { 'Content-Type': type, [IDEMPOTENCY_HEADER]: key, 'X-Content-SHA256': sha256 };
      const sent = await send(more, (headers) =>
        deps.http.send({
          method: 'POST',
          path,
          query,
          headers,
          body: bytes,
          fresh: true,
          timeouts: FILE_TIMEOUTS,
          onUploaded,
          ...cancel(signal),
        }),
      );
      return sent.ok ? valueOf(sent.value, schema, 'read', now(), ownWords) : sent;
    },

    async stream(path, type, more, signal) {
      const sent = await send({ ...more, Accept: type }, (headers) =>
        deps.http.open({ method: 'GET', path, headers, fresh: true, signal }),
      );
      if (!sent.ok) return sent;
      const opened = sent.value;
      if (opened.kind !== 'open') return err(faultOfSilence(opened, 'read'));
      if (opened.status === 200 && (opened.headers['content-type'] ?? '').startsWith(type))
        return ok(opened.body);
      opened.body.destroy();
      return err(faultOfAnswer({ ...opened, body: new Uint8Array() }, 'read', now(), ownWords));
    },
  };
}

/** Whatever became of a request. */
type Sent = Exchange | OpenAnswer;

/** Ends an answer that nobody reads, in favour of another outcome. */
function letGo<T>(sent: Sent, instead: T): T {
  if (sent.kind === 'open') sent.body.destroy();
  return instead;
}

const isRefusal = (sent: Sent): boolean => 'status' in sent && sent.status === 401;

const cancel = (signal: AbortSignal | undefined): { signal?: AbortSignal } => (signal ? { signal } : {});

function withoutUndefined({
  signal,
  ...rest
}: ReadOptions): Omit<ReadOptions, 'signal'> & { signal?: AbortSignal } {
  return { ...rest, ...cancel(signal) };
}
