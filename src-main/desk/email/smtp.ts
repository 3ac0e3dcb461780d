import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { err, ok, type Result } from '@shared/domain/result';
import type { Clock } from '../../platform/types';
import { codeOf, failure as unansweredOf } from '../exchange';
import { parseReply, type Failure, type Reply, type Stage } from './failure';
import { connectTo, isPrivate, trust, type MailServer } from './socket';
import { createTranscript, type Transcript } from './transcript';

/** Time limits of a submission, in ms. */
export interface SmtpLimits {
  /** From the start until a connection stands (name, TCP and TLS). */
  readonly connect: number;
  /** The longest silence until the message has left: no reply, no byte taken. */
  readonly reply: number;
  /** From the end of the message until it is taken: servers look for viruses meanwhile, and to give up early leaves it in doubt (RFC 5321, section 4.5.3.2.6). */
  readonly answer: number;
}

/** The limits that fit a person who waits. */
export const DEFAULT_LIMITS: SmtpLimits = { connect: 15_000, reply: 60_000, answer: 300_000 };

/** What a session needs. */
export interface SmtpDeps {
  readonly clock: Pick<Clock, 'after'>;
  readonly ca: readonly string[] | undefined;
  readonly limits: SmtpLimits;
  readonly signal: AbortSignal | undefined;
}

/** A whole message and who gets it. */
export interface Submission {
  readonly from: string;
  readonly to: readonly string[];
  readonly bytes: Buffer;
  /** Bytes that have left so far. */
  readonly onSent?: (bytes: number) => void;
}

/** Recipients that the server refused before anything of the message left; nobody has got it. */
export interface RecipientsRefused {
  readonly kind: 'recipients';
  readonly refused: readonly { readonly address: string; readonly reply: Reply }[];
}

/** A connection to a mail server, signed in. */
export interface SmtpSession {
  /** The largest message it takes, in bytes; `null`: it does not say. */
  readonly maxBytes: number | null;
  /** Submits a message: to all its recipients or to nobody. Once for each session. */
  submit(submission: Submission): Promise<Result<undefined, Failure | RecipientsRefused>>;
  close(): void;
}

/** How the user proves who they are; `null`: the server asks nobody. */
export type SmtpSignIn = { readonly name: string; readonly password: string } | null;

const CHUNK_BYTES = 64 * 1024;
/** How long the server has for its good-bye, in ms; the message is with it already. */
const QUIT_MS = 2_000;
/** An address literal of nobody: the name of the user's computer is nobody's business (nodemailer's own default without a domain). */
const OWN_NAME = '[127.0.0.1]';
/** nodemailer's own limits stay behind those of this file. */
const BEYOND_MS = 1_000;

/**
 * Connects to a mail server and signs in (RFC 6409, 3207, 4954). TLS is checked and never given up: a server that offers no
 * STARTTLS where it is asked for, or anything in clear beyond this computer, is no connection. Never throws for a reason of
 * the network.
 */
export async function openSmtp(
  server: MailServer,
  signIn: SmtpSignIn,
  deps: SmtpDeps,
): Promise<Result<SmtpSession, Failure>> {
  if (!isPrivate(server)) return err({ kind: 'noConnection', cause: 'certificate' });
  const { clock, ca, limits, signal } = deps;
  const socket = await connectTo(server, { clock, ca, limit: limits.connect, signal });
  if (!socket.ok) return socket;
  const transcript = createTranscript(() => dialogue.alive());
  const connection = new SMTPConnection({
    connection: socket.value,
    host: server.host,
    port: server.port,
    name: OWN_NAME,
    secure: server.security === 'tls',
    secured: server.security === 'tls',
    ...(server.security === 'starttls' ? { requireTLS: true } : { ignoreTLS: true }),
    tls: trust(server.host, ca),
    connectionTimeout: limits.answer + BEYOND_MS,
    greetingTimeout: limits.answer + BEYOND_MS,
    socketTimeout: limits.answer + BEYOND_MS,
    logger: transcript.logger,
    transactionLog: true,
  });
  const dialogue = createDialogue(connection, deps);
  const begun = await begin(connection, dialogue, transcript, signIn);
  if (!begun.ok) {
    dialogue.end();
    return begun;
  }
  return ok(sessionOf(connection, dialogue, transcript, deps));
}

async function begin(
  connection: SMTPConnection,
  dialogue: Dialogue,
  transcript: Transcript,
  signIn: SmtpSignIn,
): Promise<Result<undefined, Failure>> {
  const greeted = await dialogue.step('session', (done) => connection.connect(done));
  if (!greeted.ok || signIn === null) return greeted;
  if (!transcript.extensions().some((line) => /^AUTH[ =]/.test(line))) return err({ kind: 'noSignIn' });
  const { name: user, password: pass } = signIn;
  return dialogue.step('signIn', (done) => connection.login({ user, pass }, done));
}

function sessionOf(
  connection: SMTPConnection,
  dialogue: Dialogue,
  transcript: Transcript,
  { clock }: SmtpDeps,
): SmtpSession {
  return {
    maxBytes: sizeLimit(transcript.extensions()),

    async submit({ from, to, bytes, onSent }) {
      let refused: RecipientsRefused['refused'] = [];
      const content = readableOf(bytes, {
        mayStart() {
          refused = transcript.refused();
          return refused.length === 0;
        },
        onRefused: () => dialogue.giveUp('cancelled'),
        onSent(count) {
          dialogue.sent(count === bytes.length);
          onSent?.(count);
        },
      });
      const envelope = { from, to: [...to], size: bytes.length };
      const sent = await dialogue.step('envelope', (done) => connection.send(envelope, content, done));
      return refused.length > 0 ? err({ kind: 'recipients', refused }) : sent;
    },

    close() {
      if (!dialogue.isOpen()) return dialogue.end();
      const stop = clock.after(QUIT_MS, () => dialogue.end());
      connection.once('end', stop);
      connection.quit();
    },
  };
}

/** One thing after the other on a connection, each with its end. */
interface Dialogue {
  isOpen(): boolean;
  /** Does one thing that calls back; ends also when the connection does, when the server is silent, or when it is given up. */
  step(
    stage: Stage,
    start: (done: (error?: Error | null) => void) => void,
  ): Promise<Result<undefined, Failure>>;
  /** The server has said something. */
  alive(): void;
  /** Some of the message has been handed to the connection. */
  sent(isAll: boolean): void;
  giveUp(cause: 'timeout' | 'cancelled'): void;
  end(): void;
}

function createDialogue(connection: SMTPConnection, { clock, limits, signal }: SmtpDeps): Dialogue {
  let stage: Stage = 'session';
  let gaveUp: 'timeout' | 'cancelled' | null = null;
  let limit = limits.reply;
  let isOpen = true;
  let fail: (failure: Failure) => void = () => undefined;
  let stopWatch = (): void => undefined;

  const watch = (): void => {
    stopWatch();
    stopWatch = clock.after(limit, () => giveUp('timeout'));
  };
  function end(): void {
    isOpen = false;
    stopWatch();
    signal?.removeEventListener('abort', onAbort);
    connection.close();
  }
  function giveUp(cause: 'timeout' | 'cancelled'): void {
    gaveUp ??= cause;
    end();
    fail({ kind: 'broken', stage, cause: gaveUp });
  }
  const onAbort = (): void => giveUp('cancelled');
  signal?.addEventListener('abort', onAbort, { once: true });
  connection.on('error', (error: Error) => fail(failureOf(error, stage, gaveUp)));
  connection.once('end', () => {
    isOpen = false;
    stopWatch();
  });

  return {
    isOpen: () => isOpen,
    async step(next, start) {
      if (signal?.aborted) return err({ kind: 'broken', stage: next, cause: 'cancelled' });
      stage = next;
      const outcome = await new Promise<Result<undefined, Failure>>((resolve) => {
        fail = (failure) => resolve(err(failure));
        watch();
        start((error) => resolve(error ? err(failureOf(error, stage, gaveUp)) : ok(undefined)));
      });
      stopWatch();
      return outcome;
    },
    alive: watch,
    sent(isAll) {
      stage = 'content';
      if (isAll) limit = limits.answer;
      watch();
    },
    giveUp,
    end,
  };
}

/** The message piece by piece, as the connection takes it. nodemailer begins to read when the server waits for it. */
function readableOf(
  bytes: Buffer,
  hooks: {
    readonly mayStart: () => boolean;
    readonly onRefused: () => void;
    readonly onSent: (bytes: number) => void;
  },
): Readable {
  let at = 0;
  return new Readable({
    highWaterMark: CHUNK_BYTES,
    read() {
      if (at === 0 && !hooks.mayStart()) return hooks.onRefused();
      const chunk = bytes.subarray(at, at + CHUNK_BYTES);
      if (chunk.length === 0) return void this.push(null);
      at += chunk.length;
      hooks.onSent(at);
      this.push(chunk);
    },
  });
}

/** RFC 1870: no number, or 0, means that there is no fixed limit. */
function sizeLimit(extensions: readonly string[]): number | null {
  const stated = extensions.map((line) => /^SIZE (\d+)$/.exec(line)?.[1]).find((size) => size !== undefined);
  const size = Number(stated ?? 0);
  return size > 0 ? size : null;
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly originalCode?: string;
  readonly response?: string;
  readonly command?: string;
}

/** What nodemailer's error means. */
function failureOf(error: SmtpError, stage: Stage, gaveUp: 'timeout' | 'cancelled' | null): Failure {
  if (gaveUp !== null) return { kind: 'broken', stage, cause: gaveUp };
  // STARTTLS that is refused, or fails in any way, leaves nothing that is private.
  if (error.command === 'STARTTLS') return { kind: 'noConnection', cause: 'certificate' };
  const reply = error.response === undefined ? null : parseReply(error.response);
  if (reply !== null && reply.code >= 400) return { kind: 'refused', stage, reply };
  if (error.response !== undefined) return { kind: 'broken', stage, cause: 'garbled' };
  return stage === 'session' ? beforeTheGreeting(error) : { kind: 'broken', stage, cause: causeOf(error) };
}

/** TLS that comes with STARTTLS is part of connecting. */
function beforeTheGreeting(error: SmtpError): Failure {
  const unsent = unansweredOf('connecting', error.originalCode ?? codeOf(error), null);
  if (unsent.kind === 'unsent' && unsent.cause === 'certificate')
    return { kind: 'noConnection', cause: 'certificate' };
  return { kind: 'broken', stage: 'session', cause: causeOf(error) };
}

type Cause = Extract<Failure, { kind: 'broken' }>['cause'];

function causeOf({ code }: SmtpError): Cause {
  switch (code) {
    case 'ETIMEDOUT':
      return 'timeout';
    case 'EPROTOCOL':
      return 'garbled';
    default:
      return 'reset';
  }
}
