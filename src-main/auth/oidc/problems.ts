import { ClientError, ResponseBodyError, AuthorizationResponseError } from 'openid-client';
import type { SignInProblem } from '@shared/domain/board';
import { reachProblemOf } from '../../desk/reach-problem';
import { OtherSubject } from './provider';
import { NotSecure, ProviderSilent, type ProviderTools } from './provider-fetch';

/** What OAuth says when it only cannot right now (RFC 6749, 4.1.2.1). */
const PASSING = new Set(['temporarily_unavailable', 'server_error', 'slow_down']);
/** What it says when the user did not let Deskbell in. */
const DECLINED = new Set(['access_denied', 'login_required', 'interaction_required', 'consent_required']);

/** What a person is told when signing in at a provider failed. */
export async function problemOf(error: unknown, issuer: URL, tools: ProviderTools): Promise<SignInProblem> {
  const silent = causeOf(error, ProviderSilent);
  if (silent) return silenceProblem(silent.exchange, issuer, tools);
  if (causeOf(error, NotSecure)) return 'notSecure';
  if (error instanceof AuthorizationResponseError) {
    if (DECLINED.has(error.error)) return 'cancelled';
    return PASSING.has(error.error) ? 'busy' : 'failed';
  }
  if (error instanceof ResponseBodyError) return PASSING.has(error.error) ? 'busy' : 'failed';
  return error instanceof ClientError ? answerProblem(error) : 'failed';
}

/**
 * Why the provider says that a session is over (RFC 6749, 5.2), in its own terms; `null`: it does not. That is trouble which
 * passes: the session stays, and is asked about again.
 */
export function endOf(error: unknown): string | null {
  if (error instanceof OtherSubject) return 'other subject';
  if (!(error instanceof ResponseBodyError) || PASSING.has(error.error)) return null;
  return [400, 401, 403].includes(error.status) ? error.error : null;
}

async function silenceProblem(
  exchange: ProviderSilent['exchange'],
  issuer: URL,
  tools: ProviderTools,
): Promise<SignInProblem> {
  switch (exchange.cause) {
    case 'cancelled':
      return 'cancelled';
    case 'noNetwork':
    case 'unreachable':
    case 'captivePortal':
    case 'certificate':
    case 'timeout':
      return reachProblemOf({ kind: 'offline', cause: exchange.cause }, issuer, tools);
    case 'reset':
    case 'cut':
      return 'unreachable';
    case 'garbled':
      return 'captivePortal';
    case 'tooLarge':
      return 'failed';
  }
}

/** An answer that no provider gives: a page in its place, or one of a server in trouble. */
function answerProblem({ code, cause }: ClientError): SignInProblem {
  switch (code) {
    case 'OAUTH_RESPONSE_IS_NOT_CONFORM':
    case 'OAUTH_RESPONSE_IS_NOT_JSON':
      return cause instanceof Response ? statusProblem(cause.status) : 'failed';
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
      return 'clockOff';
    case 'OAUTH_TIMEOUT':
      return 'timeout';
    case 'OAUTH_ABORT':
      return 'cancelled';
    default:
      return 'failed';
  }
}

function statusProblem(status: number): SignInProblem {
  if (status >= 500) return status === 511 ? 'captivePortal' : 'busy';
  if (status === 429) return 'busy';
  return status < 400 || status === 407 ? 'captivePortal' : 'failed';
}

/** The error of a kind among an error and its causes. */
function causeOf<T extends Error>(error: unknown, kind: abstract new (...args: never[]) => T): T | null {
  for (let one = error; one instanceof Error; one = one.cause) if (one instanceof kind) return one;
  return null;
}
