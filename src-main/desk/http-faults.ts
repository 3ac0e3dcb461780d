import type * as z from 'zod';
import type { DeskFault } from '@shared/domain/fault';
import { err, ok, type Result } from '@shared/domain/result';
import type { Answer, Exchange, Unanswered, Unsent } from './exchange';
import { retryAfter } from './retry-after';

/**
 * What a request was for. `read`: nothing changes, it can be repeated at any time. `write`: must happen exactly once.
 * A staged upload is a `read` here: until a write names the file, nobody sees it, and its key makes a repetition harmless.
 */
export type Intent = 'read' | 'write';

/** What an answer without a whole body can say. */
export type AnswerHead = Pick<Answer, 'status' | 'headers' | 'body'>;

/** What the board itself says in a refusal (3xx, 4xx); `null`: the answer does not sound like the board. */
export type OwnWords = (answer: AnswerHead, intent: Intent) => DeskFault | null;

/** What a read gives for something that the board does not have for this person. */
export const GONE: DeskFault = { kind: 'conflict', reason: 'gone' };

/** Whether a read found that there is no such thing. */
export const isGone = (fault: DeskFault): boolean => fault.kind === 'conflict' && fault.reason === 'gone';

/** Takes the value out of an exchange: a 2xx with JSON of the right shape, or the fault that says what happens next. */
export function valueOf<T>(
  exchange: Exchange,
  schema: z.ZodType<T>,
  intent: Intent,
  now: Date,
  ownWords: OwnWords,
): Result<T, DeskFault> {
  if (exchange.kind !== 'answer') return err(faultOfSilence(exchange, intent));
  if (exchange.status < 200 || exchange.status > 299)
    return err(faultOfAnswer(exchange, intent, now, ownWords));
  const parsed = schema.safeParse(jsonOf(exchange));
  return parsed.success ? ok(parsed.data) : err(notTheBoard(intent));
}

/** No whole answer came. Certain that nothing left: offline. Otherwise a write is in doubt, and a read is just tried again. */
export function faultOfSilence(exchange: Unsent | Unanswered, intent: Intent): DeskFault {
  if (exchange.kind === 'unsent')
    return { kind: 'offline', cause: exchange.cause === 'cancelled' ? 'unreachable' : exchange.cause };
  if (intent === 'write') return { kind: 'ambiguous', cause: doubtOf(exchange.cause) };
  switch (exchange.cause) {
    case 'timeout':
      return { kind: 'offline', cause: 'timeout' };
    case 'garbled':
      return notTheBoard('read');
    case 'tooLarge':
      return { kind: 'serverFault', status: null };
    case 'reset':
    case 'cut':
    case 'cancelled':
      return { kind: 'offline', cause: 'unreachable' };
  }
}

function doubtOf(cause: Unanswered['cause']): Extract<DeskFault, { kind: 'ambiguous' }>['cause'] {
  if (cause === 'timeout') return 'timeout';
  return cause === 'garbled' || cause === 'tooLarge' ? 'badAnswer' : 'reset';
}

/** What an answer that is no success means (DESIGN: the connector port). */
export function faultOfAnswer(answer: AnswerHead, intent: Intent, now: Date, ownWords: OwnWords): DeskFault {
  const { status, headers } = answer;
  switch (status) {
    case 400:
    case 413:
    case 415:
    case 422:
      // Also without the board's words: a gateway in front of it refuses what is too large or malformed in its own.
      return ownWords(answer, intent) ?? { kind: 'rejected', message: '', fields: [] };
    case 401:
      return { kind: 'authExpired' };
    case 408:
      return intent === 'write'
        ? { kind: 'ambiguous', cause: 'timeout' }
        : { kind: 'offline', cause: 'timeout' };
    case 407:
    case 511:
      // Only ever said by something on the way, in place of passing the request on (RFC 9110, 15.5.8; RFC 6585, 6).
      return { kind: 'offline', cause: 'captivePortal' };
    case 429:
      return throttled(headers, now);
    case 503:
      return headers['retry-after'] === undefined ? { kind: 'serverFault', status } : throttled(headers, now);
    default:
      if (status >= 500) return serverError(status, intent);
      return (status >= 400 ? ownWords(answer, intent) : null) ?? notTheBoard(intent);
  }
}

/**
 * Something answered, but not as the board does: a captive portal, a proxy's page, another server.
 * For a read that is `offline`. For a write nobody can tell whether the answer came instead of the board's or on top of it
 * (a proxy may show its own page after the board has taken the request), so it is `ambiguous`: the ref is looked up before
 * anything is sent again, and as long as the portal answers the look-up too, the item just waits.
 */
export function notTheBoard(intent: Intent): DeskFault {
  return intent === 'write'
    ? { kind: 'ambiguous', cause: 'badAnswer' }
    : { kind: 'offline', cause: 'captivePortal' };
}

const serverError = (status: number, intent: Intent): DeskFault =>
  intent === 'write' ? { kind: 'ambiguous', cause: 'serverError' } : { kind: 'serverFault', status };

const throttled = (headers: AnswerHead['headers'], now: Date): DeskFault => ({
  kind: 'throttled',
  until: retryAfter(headers['retry-after'], now, headers['date']).toISOString(),
});

/** The JSON of an answer; `undefined` when it is none, by its media type or by its text. */
export function jsonOf(answer: AnswerHead): unknown {
  if (!/^application\/([\w.-]+\+)?json\b/i.test(answer.headers['content-type'] ?? '')) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(answer.body)) as unknown;
  } catch {
    return undefined;
  }
}
