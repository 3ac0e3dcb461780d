import type { BusinessHours } from '@shared/domain/agreement';
import { hoursAt } from '@shared/domain/hours';
import type { Action } from './data/tables';
import type { Pace } from './types';

/** What the staff are about to do: an action of the ticket's way, or a short answer they owe. */
export type Errand = Action | 'courtesy';

/** What decides when an errand is due. */
export interface Occasion {
  readonly errand: Errand;
  /** When the errand came up: the last errand's own time, or the user's write. */
  readonly from: Date;
  readonly emergency: boolean;
}

/** Shortest time and spread, in ms. */
type Span = readonly [least: number, spread: number];

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Received after 2-3 s, reviewed after about 12 s, assigned 20 s, working 30 s, question 40 s; solved 25 s after the answer. */
const QUICK: Readonly<Record<Errand, Span>> = {
  receive: [2 * SECOND, SECOND],
  review: [9 * SECOND, SECOND],
  assign: [7.5 * SECOND, SECOND],
  start: [9.5 * SECOND, SECOND],
  ask: [9.5 * SECOND, SECOND],
  resolve: [24 * SECOND, 2 * SECOND],
  apologise: [4 * SECOND, 2 * SECOND],
  courtesy: [4 * SECOND, 2 * SECOND],
};

const REAL: Readonly<Record<Errand, Span>> = {
  receive: [MINUTE, MINUTE],
  review: [8 * MINUTE, 15 * MINUTE],
  assign: [15 * MINUTE, 30 * MINUTE],
  start: [30 * MINUTE, 90 * MINUTE],
  ask: [10 * MINUTE, 20 * MINUTE],
  resolve: [30 * MINUTE, 90 * MINUTE],
  apologise: [5 * MINUTE, 15 * MINUTE],
  courtesy: [3 * MINUTE, 12 * MINUTE],
};

/** The on-call engineer confirms an emergency well within the agreement's 30 minutes (guide, chapter 6). */
const EMERGENCY_FACTOR = 0.25;

/** When an errand is due; `null` with the manual pace, where nothing is ever due by itself. */
export function dueAt(
  pace: Pace,
  occasion: Occasion,
  deps: { random: () => number; hours: BusinessHours },
): Date | null {
  switch (pace) {
    case 'manual':
      return null;
    case 'quick':
      return new Date(occasion.from.getTime() + duration(QUICK[occasion.errand], deps.random));
    case 'real': {
      const wanted = duration(REAL[occasion.errand], deps.random);
      if (occasion.errand === 'receive') return new Date(occasion.from.getTime() + wanted);
      if (occasion.emergency) return new Date(occasion.from.getTime() + wanted * EMERGENCY_FACTOR);
      return addOpenTime(deps.hours, occasion.from, wanted);
    }
  }
}

const duration = ([least, spread]: Span, random: () => number): number =>
  Math.round(least + random() * spread);

/** The moment at which the desk has been open for `ms` since `from`. Hours that name no opening count as always open. */
export function addOpenTime(hours: BusinessHours, from: Date, ms: number): Date {
  let at = from;
  let left = ms;
  for (;;) {
    const state = hoursAt(hours, at);
    if (state.open) {
      const room = state.until.getTime() - at.getTime();
      if (left <= room) return new Date(at.getTime() + left);
      left -= room;
      at = state.until;
    } else if (state.opensAt) {
      at = state.opensAt;
    } else {
      return new Date(at.getTime() + left);
    }
  }
}
