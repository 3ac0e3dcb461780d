import type { DeskFault } from '@shared/domain/fault';
import { cleanText } from '@shared/domain/text';
import type { Unsent } from '../exchange';
import { retryAfter } from '../retry-after';

/** A reply of a mail server (RFC 5321, section 4.2). */
export interface Reply {
  readonly code: number;
  /** Enhanced status code, e.g. `5.7.1` (RFC 3463); `null` where there is none. */
  readonly status: string | null;
  /** The server's words line by line, without the code. */
  readonly lines: readonly string[];
}

/** How far a submission got. `content`: the first byte of the message left, so the server may have all of it. */
export type Stage = 'session' | 'signIn' | 'envelope' | 'content';

/** Why a submission ended without the server taking the message. */
export type Failure =
  /** There was no connection, or none that is private. Nothing has left. */
  | { readonly kind: 'noConnection'; readonly cause: Unsent['cause'] }
  /** The server said no, or not now. */
  | { readonly kind: 'refused'; readonly stage: Stage; readonly reply: Reply }
  /** The connection ended, fell silent or talked something else in the middle. */
  | {
      readonly kind: 'broken';
      readonly stage: Stage;
      readonly cause: 'timeout' | 'reset' | 'garbled' | 'cancelled';
    }
  /** The route asks for a sign-in and the server offers none. */
  | { readonly kind: 'noSignIn' };

/** Reads a reply of one or more lines; `null`: it is none. */
export function parseReply(text: string): Reply | null {
  const match = /^([2-5]\d\d)(?:[ -](?:([245]\.\d{1,3}\.\d{1,3})(?:\s|$))?|$)/.exec(text);
  if (!match) return null;
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^\d{3}[ -]?/, '').trim());
  return { code: Number(match[1]), status: match[2] ?? null, lines };
}

/** What the server said, as one line to show; a status that every line repeats is said once. */
export function wordsOf({ code, status, lines }: Reply): string {
  const words = lines.map((line) =>
    status !== null && line.startsWith(status) ? line.slice(status.length) : line,
  );
  const said = [String(code), status ?? '', ...words.map((line) => line.trim())].filter(
    (part) => part !== '',
  );
  return cleanText(said.join(' ').replace(/\s+/g, ' ')).slice(0, 2000);
}

/**
 * What a failed submission means (DESIGN: the connector port). Only the content makes it doubtful: until then the server has
 * nothing, and after a reply it is certain that it has not taken it (RFC 5321, section 4.2.5).
 */
export function faultOf(failure: Failure, now: Date): DeskFault {
  switch (failure.kind) {
    case 'noConnection':
      return { kind: 'offline', cause: failure.cause === 'cancelled' ? 'unreachable' : failure.cause };
    case 'broken':
      return failure.stage === 'content' ? inDoubt(failure.cause) : notHeard(failure.cause);
    case 'refused':
      return refusal(failure.stage, failure.reply, now);
    case 'noSignIn':
      return { kind: 'rejected', message: '', fields: [] };
  }
}

type Broken = Extract<Failure, { kind: 'broken' }>['cause'];

function inDoubt(cause: Broken): DeskFault {
  if (cause === 'timeout') return { kind: 'ambiguous', cause };
  return { kind: 'ambiguous', cause: cause === 'garbled' ? 'badAnswer' : 'reset' };
}

function notHeard(cause: Broken): DeskFault {
  if (cause === 'timeout') return { kind: 'offline', cause };
  return { kind: 'offline', cause: cause === 'garbled' ? 'captivePortal' : 'unreachable' };
}

function refusal(stage: Stage, reply: Reply, now: Date): DeskFault {
  if (reply.code < 500) return notNow(reply, now);
  // What is said to the whole connection (a blocked network, a server that is down for good) is not about the message.
  if (stage === 'session') return { kind: 'serverFault', status: reply.code };
  if (isAboutSignIn(stage, reply)) return { kind: 'authExpired' };
  return { kind: 'rejected', message: wordsOf(reply), fields: [] };
}

/** 421 closes the service for now; x.7.y of a temporary reply is a policy: too much, or too often, or grey-listed. */
function notNow({ code, status }: Reply, now: Date): DeskFault {
  if (code === 421 || status?.startsWith('4.7.'))
    return { kind: 'throttled', until: retryAfter(undefined, now).toISOString() };
  return { kind: 'serverFault', status: code };
}

/**
 * The name and password, or that there were none (RFC 4954, section 6). A command that the server does not know is not the
 * user's fault.
 */
function isAboutSignIn(stage: Stage, { code }: Reply): boolean {
  if (code === 530 || code === 535) return true;
  return stage === 'signIn' && code >= 505;
}
