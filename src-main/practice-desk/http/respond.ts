import type { HttpBindings } from '@hono/node-server';
import { BOARD_API_VERSION, PROBLEM_MEDIA_TYPE } from '@shared/board-api';
import type { Answer } from './operation';

/** Node's own request and response, beside hono's. */
export type DeskEnv = { Bindings: HttpBindings };

/** hono's sign for an answer that the handler has written itself. */
const ALREADY_SENT = { 'x-hono-already-sent': 'true' };

/** Whether one of the tags of an If-None-Match header is this one (weak comparison, RFC 9110, 8.8.3.2). */
export function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(etag));
}

const COMMON_HEADERS = {
  'Cache-Control': 'private, no-cache',
  'X-Content-Type-Options': 'nosniff',
  'X-Board-Api-Version': String(BOARD_API_VERSION),
};

/** An answer as an HTTP response. */
export function respond(answer: Answer): Response {
  switch (answer.kind) {
    case 'json':
      return textResponse(answer.status, JSON.stringify(answer.value), 'application/json', answer.headers);
    case 'text':
      return textResponse(answer.status, answer.text, 'application/json', answer.headers);
    case 'problem':
      return textResponse(
        answer.problem.status,
        JSON.stringify(answer.problem),
        PROBLEM_MEDIA_TYPE,
        answer.headers,
      );
    case 'stream':
      return new Response(answer.stream, { headers: { ...COMMON_HEADERS, ...answer.headers } });
    case 'nothing':
      return new Response(null, { status: answer.status, headers: COMMON_HEADERS });
    case 'notModified':
      return new Response(null, { status: 304, headers: { ...COMMON_HEADERS, ...answer.headers } });
    case 'sent':
      return alreadySent();
  }
}

/** Tells hono that the answer was written to the connection itself. */
export const alreadySent = (): Response => new Response(null, { headers: ALREADY_SENT });

const textResponse = (
  status: number,
  text: string,
  type: string,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  new Response(text, { status, headers: { ...COMMON_HEADERS, 'Content-Type': type, ...headers } });
