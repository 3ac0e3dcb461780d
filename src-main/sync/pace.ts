import type { Random } from '../platform/types';
import { backoffDelay } from '../desk/backoff';
import type { Activity } from './sync.types';

/** What decides when the board is asked next. */
export interface PaceFacts {
  readonly activity: Activity;
  /** Whether pushes arrive, so that asking is only a safety net. */
  readonly pushing: boolean;
  /** Failed listings in a row. */
  readonly failures: number;
}

/** With the window open the user watches: 13.5 to 16.5 s. In the background: 60 to 120 s. In ms. */
const WINDOW = { from: 13_500, to: 16_500 };
const BACKGROUND = { from: 60_000, to: 120_000 };
/** Pushes can get lost unnoticed: ask all the same, seldom. */
const SAFETY = { from: 270_000, to: 330_000 };
const FAILED = { first: 10_000, longest: 300_000 };

/** How long to wait before listing again, in ms; `null`: not until something happens. */
export function pollDelay({ activity, pushing, failures }: PaceFacts, random: Random): number | null {
  if (activity === 'asleep') return null;
  const usual = between(pushing ? SAFETY : activity === 'window' ? WINDOW : BACKGROUND, random);
  return failures === 0
    ? usual
    : Math.max(backoffDelay(FAILED, failures, random), Math.min(usual, FAILED.first));
}

const between = ({ from, to }: { readonly from: number; readonly to: number }, random: Random): number =>
  Math.round(from + random() * (to - from));
