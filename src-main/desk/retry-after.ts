/** How long to wait when a board says "later" but not when, in ms. */
export const DEFAULT_THROTTLE_MS = 60_000;
/** The longest a board can make Deskbell wait, in ms: an hour. */
export const MAX_THROTTLE_MS = 3_600_000;
/** The shortest wait, in ms: a date in the past or a zero would mean asking again at once. */
export const MIN_THROTTLE_MS = 1_000;

/**
 * Until when a `Retry-After` asks to wait (RFC 9110, section 10.2.3: seconds or an HTTP date).
 * A date is measured against the answer's own `Date` where there is one, so that a wrong clock on either side does not matter.
 * What cannot be understood, or is missing, means the default.
 */
export function retryAfter(value: string | undefined, now: Date, serverDate?: string): Date {
  const wait = waitOf(value?.trim() ?? '', now, serverDate) ?? DEFAULT_THROTTLE_MS;
  return new Date(now.getTime() + Math.min(Math.max(wait, MIN_THROTTLE_MS), MAX_THROTTLE_MS));
}

function waitOf(value: string, now: Date, serverDate: string | undefined): number | null {
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = httpDate(value);
  return until === null ? null : until - (httpDate(serverDate ?? '') ?? now.getTime());
}

/** Only the form with a weekday's name: `Date.parse` alone would take `-5` for a year. */
function httpDate(value: string): number | null {
  const time = /^[A-Za-z]{3,9},? /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
