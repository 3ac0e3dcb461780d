import type { Log } from '../../src-main/platform/types';

/** A log that keeps what it is told: event names in order, for tests that ask whether something was reported. */
export function quietLog(): Log & { readonly events: string[] } {
  const events: string[] = [];
  return {
    events,
    info: (event) => void events.push(event),
    warn: (event) => void events.push(event),
    error: (event) => void events.push(event),
  };
}
