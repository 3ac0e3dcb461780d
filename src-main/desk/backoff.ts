import type { Random } from '../platform/types';

/** How waiting times grow. */
export interface Backoff {
  /** The first wait, in ms. */
  readonly first: number;
  /** The longest wait, in ms. */
  readonly longest: number;
}

/** The wait before the next try after `failures` in a row (1 and more), in ms: doubling, capped, and with up to half of it left to chance. */
export function backoffDelay({ first, longest }: Backoff, failures: number, random: Random): number {
  const full = Math.min(first * 2 ** Math.min(Math.max(failures - 1, 0), 30), longest);
  return Math.round(full * (0.5 + random() / 2));
}
