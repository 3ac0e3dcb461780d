import type * as z from 'zod';
import { ProblemSchema, type Problem } from '@shared/board-api';
import type { DeskFault } from '@shared/domain/fault';
import { err, ok, type Result } from '@shared/domain/result';
import type { Answer, Exchange, Unanswered, Unsent } from '../exchange';
import { retryAfter } from '../retry-after';

/**
 * What a request was for. `read`: nothing changes, it can be repeated at any time. `write`: must happen exactly once.
 * A staged upload is a `read` here: until a write names the file, nobody sees it, and its key makes a repetition harmless.
 */
export type Intent = 'read' | 'write';

/** What an answer without a whole body can say. */
export type AnswerHead = Pick<Answer, 'status' | 'headers' | 'body'>;

/** Takes the value out of an exchange: a 2xx with JSON of the right shape, or the fault that says what happens next. */
export function valueOf<T>(
  exchange: Exchange,
  schema: z.ZodType<T>,
  intent: Intent,
  now: Date,
): Result<T, DeskFault> {
  if (exchange.kind !== 'answer') return err(faultOfSilence(exchange, intent));
  if (exchange.status < 200 || exchange.status > 299) return err(faultOfAnswer(exchange, intent, now));
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
export function faultOfAnswer(answer: AnswerHead, intent: Intent, now: Date): DeskFault {
  const { status, headers } = answer;
  switch (status) {
    case 400:
    case 413:
    case 415:
    case 422:
      // Also without problem details: a gateway in front of the board refuses what is too large or malformed in its own words.
      return rejection(problemOf(answer));
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
      return status >= 500 ? serverError(status, intent) : refusal(answer, intent);
  }
}

/** What a read gives for something that the board does not have for this person. */
export const GONE: DeskFault = { kind: 'conflict', reason: 'gone' };

/** Whether a read found that there is no such thing. */
export const isGone = (fault: DeskFault): boolean => fault.kind === 'conflict' && fault.reason === 'gone';

/** 3xx and the 4xx that need the board's own problem details to be believed. */
function refusal(answer: AnswerHead, intent: Intent): DeskFault {
  const problem = problemOf(answer);
  if (answer.status < 400 || !problem) return notTheBoard(intent);
  if (answer.status === 409 || answer.status === 412)
    return { kind: 'conflict', reason: conflictOf(problem) };
  // Reading what is not there is an answer; writing to it is a refusal that the user has to see.
  return answer.status === 404 && intent === 'read' ? GONE : rejection(problem);
}

/**
 * Something answered, but not as the board does: a captive portal, a proxy's page, another server.
 * For a read that is `offline`. For a write nobody can tell whether the answer came instead of the board's or on top of it
 * (a proxy may show its own page after the board has taken the request), so it is `ambiguous`: the ref is looked up before
 * anything is sent again, and as long as the portal answers the look-up too, the item just waits.
 */
function notTheBoard(intent: Intent): DeskFault {
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

/** A key that was used for other content is a duplicate too: sending it again can never work, and only the user can say what is meant. */
function conflictOf(problem: Problem): Extract<DeskFault, { kind: 'conflict' }>['reason'] {
  if (problem.conflict === 'closed') return 'closed';
  return problem.conflict === 'duplicate' || problem.conflict === 'keyReused' ? 'duplicate' : 'stale';
}

function rejection(problem: Problem | null): DeskFault {
  const fields = (problem?.errors ?? []).slice(0, 50);
  return {
    kind: 'rejected',
    message: (problem?.detail ?? problem?.title ?? '').slice(0, 2000),
    fields: fields.map(({ pointer, detail }) => ({
      pointer: pointer.slice(0, 300),
      reason: detail.slice(0, 1000),
    })),
  };
}

/** The problem details of an answer (RFC 9457); `null` when it has none, so when the board did not say it. */
export function problemOf(answer: AnswerHead): Problem | null {
  const parsed = ProblemSchema.safeParse(jsonOf(answer));
  return parsed.success ? parsed.data : null;
}

/** The JSON of an answer; `undefined` when it is none, by its media type or by its text. */
export function jsonOf(answer: AnswerHead): unknown {
  if (!/^application\/([\w.-]+\+)?json\b/i.test(answer.headers['content-type'] ?? '')) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(answer.body)) as unknown;
  } catch {
    return undefined;
  }
}
