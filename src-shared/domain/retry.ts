/** The shortest pause before something is tried again, in milliseconds: also a lucky draw must not hammer a board. */
export const MIN_RETRY_MS = 1_000;
/** The longest pause, in milliseconds (DESIGN: the outbox). */
export const MAX_RETRY_MS = 15 * 60_000;
const FIRST_RETRY_MS = 4_000;

/**
 * How long to wait after `attempts` failed attempts in a row, in milliseconds: exponential with full jitter, so that many
 * clients do not come back at the same moment.
 * @param attempts 1 after the first failure
 * @param random gives a number in [0, 1)
 */
export function backoff(attempts: number, random: () => number): number {
  return Math.round(MIN_RETRY_MS + random() * (backoffCeiling(attempts) - MIN_RETRY_MS));
}

/** The longest that `backoff` can give after so many attempts, in milliseconds. */
export function backoffCeiling(attempts: number): number {
  return Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1));
}
