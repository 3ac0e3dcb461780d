/** Header names in lower case; a header sent several times is joined. */
export type AnswerHeaders = Readonly<Record<string, string>>;

/** A whole answer, whoever gave it. */
export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: Uint8Array;
}

/** No byte of the request can have reached the other side: there was no connection, or no TLS, yet. */
export interface Unsent {
  readonly kind: 'unsent';
  readonly cause: 'noNetwork' | 'unreachable' | 'captivePortal' | 'certificate' | 'timeout' | 'cancelled';
}

/** The connection stood, so the other side may have the request, but no whole answer came. */
export interface Unanswered {
  readonly kind: 'unanswered';
  /** `cut`: an answer began and broke off. `garbled`: what came is no HTTP. */
  readonly cause: 'timeout' | 'reset' | 'cut' | 'garbled' | 'tooLarge' | 'cancelled';
}

/** What became of one HTTP request. */
export type Exchange = Answer | Unsent | Unanswered;

/** How far a request got. */
export type Stage = 'connecting' | 'sent' | 'answering';

/** Why Deskbell itself ended a request. */
export type GaveUp = 'timeout' | 'cancelled' | 'tooLarge';

/** Books a request that failed, by how far it got. `code` is the code of Node's error, `gaveUp` is set when Deskbell ended it. */
export function failure(stage: Stage, code: string, gaveUp: GaveUp | null): Unsent | Unanswered {
  if (stage === 'connecting')
    return { kind: 'unsent', cause: gaveUp && gaveUp !== 'tooLarge' ? gaveUp : connectCause(code) };
  return { kind: 'unanswered', cause: gaveUp ?? answerCause(stage, code) };
}

const NO_NETWORK = new Set(['EAI_AGAIN', 'ENETUNREACH', 'ENETDOWN']);
/** OpenSSL's verification results and Node's own TLS errors; https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const TLS =
  /CERT|SIGNATURE|CRL|^ERR_(TLS|SSL)|^EPROTO$|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH_EXCEEDED$|^HOSTNAME_MISMATCH$/;

/** Codes of our own: what a proxy says instead of letting a request through. */
export const PROXY_WANTS_SIGN_IN = 'EPROXYSIGNIN';
export const PROXY_REFUSES = 'EPROXYREFUSES';

function connectCause(code: string): Unsent['cause'] {
  if (code === PROXY_WANTS_SIGN_IN) return 'captivePortal';
  if (NO_NETWORK.has(code)) return 'noNetwork';
  if (code === 'ETIMEDOUT') return 'timeout';
  return TLS.test(code) ? 'certificate' : 'unreachable';
}

function answerCause(stage: Stage, code: string): Unanswered['cause'] {
  if (code.startsWith('HPE_') || code.startsWith('Z_')) return 'garbled';
  if (code === 'ETIMEDOUT') return 'timeout';
  return stage === 'answering' ? 'cut' : 'reset';
}

/** The code of Node's error below a library's own and below an `AggregateError` of several addresses; `''`: none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (typeof code === 'string' && !code.startsWith('ERR_BAD_')) return code;
  if (Array.isArray(errors) && errors.length > 0) return codeOf(errors[0]);
  return codeOf(cause);
}
