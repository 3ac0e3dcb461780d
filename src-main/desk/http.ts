import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import axios, { type AxiosInstance, type AxiosProgressEvent, type AxiosResponse } from 'axios';
import type { Clock } from '../platform/types';
import { createAgents } from './agents';
import {
  codeOf,
  failure,
  PROXY_REFUSES,
  PROXY_WANTS_SIGN_IN,
  type AnswerHeaders,
  type Exchange,
  type GaveUp,
  type Stage,
  type Unanswered,
  type Unsent,
} from './exchange';
import type { Way, WaysTo } from './ways';

/** Time limits of a request, in ms. */
export interface HttpTimeouts {
  /** From the start until a connection stands (name, TCP and TLS). */
  readonly connect: number;
  /** The longest silence after that: no byte taken, none given. */
  readonly silence: number;
  /** From start to end. */
  readonly overall: number;
}

/** The limits that fit a person who waits. */
export const DEFAULT_TIMEOUTS: HttpTimeouts = { connect: 10_000, silence: 30_000, overall: 90_000 };

/** One HTTP request. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the base URL, with a leading slash; segments already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Never on a connection that has been used before: the other side may be closing it, and the request would be lost in doubt. */
  readonly fresh?: boolean;
  /** The largest answer taken, in bytes. */
  readonly maxBytes?: number;
  readonly timeouts?: Partial<HttpTimeouts>;
  readonly signal?: AbortSignal;
  /** Bytes of the body handed to the connection so far. */
  readonly onUploaded?: (bytes: number) => void;
}

/** An answer whose body is still coming. */
export interface OpenAnswer {
  readonly kind: 'open';
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** Destroying it ends the request. */
  readonly body: Readable;
}

/** HTTP as the connectors need it: never throws for a reason of the network, and always tells whether a request can have left. */
export interface Http {
  send(request: HttpRequest): Promise<Exchange>;
  /** For streams: resolves when the head of the answer is there. `overall` does not apply. */
  open(request: HttpRequest): Promise<OpenAnswer | Unsent | Unanswered>;
  /** Ends idle connections. */
  close(): void;
}

/** What HTTP needs. */
export interface HttpOptions {
  /** As `parseBaseUrl` gives it. */
  readonly baseUrl: URL;
  readonly clock: Clock;
  /** E.g. `Deskbell/0.1.0`. */
  readonly userAgent: string;
  readonly timeouts?: Partial<HttpTimeouts>;
  /** Trusted beside the system's own, PEM. */
  readonly ca?: readonly string[] | undefined;
  /** How the server is reached. Left out: straight. */
  readonly waysTo?: WaysTo | undefined;
}

/** The largest answer taken unless a request says otherwise, in bytes. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/**
 * Opens HTTP to one server: redirects are answers, certificates are always checked. A proxy is only gone through in a tunnel
 * of TLS: what goes in clear stays on this computer, or asks a network who it is.
 */
export function createHttp(options: HttpOptions): Http {
  const secure = options.baseUrl.protocol === 'https:';
  const agents = createAgents(secure, options.ca);
  const { waysTo } = options;
  const client = axios.create({
    adapter: 'http',
    proxy: false,
    maxRedirects: 0,
    responseType: 'stream',
    validateStatus: () => true,
    transformRequest: [(data: unknown) => data],
    headers: { 'User-Agent': options.userAgent },
  });
  const limits = { ...DEFAULT_TIMEOUTS, ...options.timeouts };

  /** Tries one way after the other, as long as it is certain that nothing has left. */
  async function start(request: HttpRequest): Promise<Started> {
    const ways: readonly Way[] = secure && waysTo ? await waysTo(options.baseUrl) : [null];
    for (const way of ways.slice(0, -1)) {
      const started = await startBy(way, request);
      if (started.result.kind !== 'unsent' || started.result.cause === 'cancelled') return started;
      started.attempt.end();
    }
    return startBy(ways.at(-1) ?? null, request);
  }

  async function startBy(way: Way, request: HttpRequest): Promise<Started> {
    const attempt = createAttempt(options.clock, { ...limits, ...request.timeouts }, request.signal);
    try {
      const agent = await agents.of(way, request.fresh === true);
      const response = await dispatch(client, options, request, attempt, agent);
      attempt.reach('answering');
      return {
        attempt,
        result: { kind: 'open', status: response.status, headers: flatten(response), body: response.data },
      };
    } catch (error) {
      return { attempt, result: attempt.fail(error) };
    }
  }

  async function send(request: HttpRequest): Promise<Exchange> {
    const { attempt, result } = await start(request);
    const exchange =
      result.kind === 'open' ? await readAll(result, attempt, request.maxBytes ?? MAX_ANSWER_BYTES) : result;
    attempt.end();
    return attempt.staleConnection &&
      exchange.kind === 'unanswered' &&
      exchange.cause === 'reset' &&
      request.method === 'GET'
      ? send({ ...request, fresh: true })
      : exchange;
  }

  return {
    send,
    async open(request) {
      const { attempt, result } = await start({
        ...request,
        timeouts: { ...request.timeouts, overall: Number.POSITIVE_INFINITY },
      });
      if (result.kind === 'open') attempt.headArrived();
      else attempt.end();
      if (result.kind === 'open') result.body.once('close', () => attempt.end());
      return result;
    },
    close: () => agents.close(),
  };
}

/** A request under way, or how it ended before there was an answer. */
interface Started {
  readonly attempt: Attempt;
  readonly result: OpenAnswer | Unsent | Unanswered;
}

function dispatch(
  client: AxiosInstance,
  { baseUrl, ca }: HttpOptions,
  request: HttpRequest,
  attempt: Attempt,
  agent: http.Agent,
): Promise<AxiosResponse<Readable>> {
  return client.request<Readable>({
    method: request.method,
    url: urlOf(baseUrl, request),
    headers: { ...request.headers },
    ...(request.body
      ? { data: Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength) }
      : {}),
    maxBodyLength: Number.POSITIVE_INFINITY,
    httpAgent: agent,
    httpsAgent: agent,
    signal: attempt.signal,
    transport: watched(baseUrl.protocol === 'https:', ca, attempt),
    ...(request.onUploaded ? { onUploadProgress: uploaded(attempt, request.onUploaded) } : {}),
  });
}

function urlOf(baseUrl: URL, request: HttpRequest): string {
  const query = request.query ? `?${new URLSearchParams(request.query).toString()}` : '';
  return `${baseUrl.href.replace(/\/$/, '')}${request.path}${query}`;
}

const uploaded =
  (attempt: Attempt, tell: (bytes: number) => void) =>
  (event: AxiosProgressEvent): void => {
    attempt.alive();
    tell(event.loaded);
  };

/** Node's own client, with an eye on when the connection stands and on what a proxy says to it. */
function watched(secure: boolean, ca: readonly string[] | undefined, attempt: Attempt) {
  const transport = secure ? https : http;
  const trust = ca ? { ca: [...ca] } : {};
  return {
    request(
      options: http.RequestOptions,
      onAnswer: (answer: http.IncomingMessage) => void,
    ): http.ClientRequest {
      const request = transport.request({ ...options, ...trust }, onAnswer);
      request.once('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
        if (statusCode !== 200) request.destroy(new ProxySaysNo(statusCode));
      });
      request.once('socket', (socket: Socket) => {
        if (request.reusedSocket) attempt.reach('sent', true);
        else socket.once(secure ? 'secureConnect' : 'connect', () => attempt.reach('sent'));
      });
      return request;
    },
  };
}

/** A proxy let nothing through (RFC 9110, 9.3.6): not a byte of the request has left. */
class ProxySaysNo extends Error {
  readonly code: string;
  constructor(status: number) {
    super(`proxy: ${status}`);
    this.name = 'ProxySaysNo';
    this.code = status === 407 ? PROXY_WANTS_SIGN_IN : PROXY_REFUSES;
  }
}

async function readAll(answer: OpenAnswer, attempt: Attempt, maxBytes: number): Promise<Exchange> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      attempt.alive();
      size += chunk.byteLength;
      if (size > maxBytes) {
        attempt.giveUp('tooLarge');
        break;
      }
      chunks.push(chunk);
    }
  } catch (error) {
    return attempt.fail(error);
  }
  if (attempt.gaveUp()) return attempt.fail(null);
  return { kind: 'answer', status: answer.status, headers: answer.headers, body: Buffer.concat(chunks) };
}

function flatten(response: AxiosResponse): AnswerHeaders {
  const entries = Object.entries(response.headers as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : String(value),
    ]),
  );
}

/** One request under way: how far it got, and when to give it up. */
interface Attempt {
  readonly signal: AbortSignal;
  /** Whether it went out on a connection used before. */
  readonly staleConnection: boolean;
  reach(stage: Stage, reused?: boolean): void;
  /** Something moved: the silence starts anew. */
  alive(): void;
  /** The head of a stream is there: from now on only the caller ends it. */
  headArrived(): void;
  giveUp(why: GaveUp): void;
  gaveUp(): GaveUp | null;
  fail(error: unknown): Unsent | Unanswered;
  end(): void;
}

function createAttempt(clock: Clock, limits: HttpTimeouts, outer: AbortSignal | undefined): Attempt {
  const controller = new AbortController();
  let stage: Stage = 'connecting';
  let why: GaveUp | null = null;
  let reusedConnection = false;
  const giveUp = (reason: GaveUp): void => {
    why ??= reason;
    controller.abort();
  };
  const onCancel = (): void => giveUp('cancelled');
  const after = (ms: number): (() => void) =>
    Number.isFinite(ms) ? clock.after(ms, () => giveUp('timeout')) : () => undefined;
  let stopSilence = after(limits.connect);
  const stopOverall = after(limits.overall);
  outer?.addEventListener('abort', onCancel, { once: true });
  if (outer?.aborted) onCancel();

  const restart = (ms: number): void => {
    stopSilence();
    stopSilence = after(ms);
  };
  return {
    signal: controller.signal,
    get staleConnection() {
      return reusedConnection;
    },
    reach(next, reused = false) {
      stage = next;
      reusedConnection ||= reused;
      restart(limits.silence);
    },
    alive() {
      if (stage !== 'connecting') restart(limits.silence);
    },
    headArrived: () => stopSilence(),
    giveUp,
    gaveUp: () => why,
    fail: (error) => failure(stage, codeOf(error), why),
    end() {
      stopSilence();
      stopOverall();
      outer?.removeEventListener('abort', onCancel);
    },
  };
}
