import type { DeskFault } from './fault';
import type { ItemState, OutboxItem, Receipt } from './outbox';
import type { Ref } from './primitives';
import { assertNever } from './result';
import { backoff, MAX_RETRY_MS, MIN_RETRY_MS } from './retry';

/** What came of one attempt to send. */
export type Outcome =
  | { readonly kind: 'delivered'; readonly receipt: Receipt }
  | { readonly kind: 'failed'; readonly fault: DeskFault }
  /** Waiting or asking does not help with it: `ambiguous` where nobody can look it up, a mail account that lets nobody in. */
  | { readonly kind: 'needsUser'; readonly fault: DeskFault };

type Queued = Extract<ItemState, { kind: 'queued' }>;

/** How long a board can make an item wait with Retry-After, in milliseconds; then it is asked again. */
export const MAX_THROTTLE_MS = 24 * 60 * 60_000;
const AMBIGUOUS: DeskFault = { kind: 'ambiguous', cause: 'badAnswer' };

/**
 * The state after an attempt. Nothing ends because it was tried often: an item is delivered, waits, or needs the user.
 * An unknown outcome stays unknown until the board knows the ref or takes or refuses the write for good; `lastFault` then
 * stays `ambiguous`, also when the look-up itself met another fault, so that the ref is looked up before anything is sent.
 * Where there is no looking up (e-mail), only the user can decide: see `sentAgain` and `arrived`.
 */
export function settle(state: ItemState, outcome: Outcome, now: Date, random: () => number): ItemState {
  if (state.kind === 'delivered') return state;
  if (outcome.kind === 'delivered')
    return { kind: 'delivered', at: now.toISOString(), receipt: outcome.receipt };
  if (outcome.kind === 'needsUser')
    return { kind: 'needsAttention', fault: outcome.fault, attempts: state.attempts + 1 };
  const { fault } = outcome;
  const lastFault = ambiguity(state) ?? fault;
  const attempts = state.attempts + 1;
  const later = (): Queued => {
    const notBefore = instant(now.getTime() + backoff(attempts, random));
    return { kind: 'queued', attempts, notBefore, lastFault };
  };
  switch (fault.kind) {
    case 'offline':
    case 'serverFault':
    case 'ambiguous':
      return later();
    case 'throttled': {
      const notBefore = instant(throttledUntil(fault.until, now));
      return { kind: 'queued', attempts: state.attempts, notBefore, lastFault };
    }
    case 'authExpired':
      return { kind: 'held', reason: 'signedOut', attempts: state.attempts, lastFault };
    case 'conflict':
      // The board has seen this ref: look it up. Were it looked up already, trying again would never end.
      if (fault.reason === 'duplicate' && ambiguity(state) === null)
        return { ...later(), lastFault: AMBIGUOUS };
      return { kind: 'needsAttention', fault, attempts };
    case 'rejected':
      return { kind: 'needsAttention', fault, attempts };
    default:
      return assertNever(fault);
  }
}

/** Takes a queued item for sending; remembers whether its ref must be looked up first. */
export function sending(state: Queued, now: Date): ItemState {
  return {
    kind: 'sending',
    attempts: state.attempts,
    startedAt: now.toISOString(),
    lastFault: state.lastFault,
  };
}

/**
 * The state as it is read after a start, or when the outcome of a send could not be stored: what was being sent may have
 * arrived. A start is also a reason to try at once, and signing in again may have happened meanwhile.
 */
export function recovered(state: ItemState): ItemState {
  if (state.kind !== 'sending') return woken(state);
  return { kind: 'queued', attempts: state.attempts, notBefore: null, lastFault: AMBIGUOUS };
}

/**
 * The state when the network or the machine is back, or the user signed in: waits end and signed-out items queue again.
 * Only a time the board asked for (Retry-After) stays.
 */
export function woken(state: ItemState): ItemState {
  if (state.kind === 'held' && state.reason === 'signedOut') return unheld(state);
  if (state.kind !== 'queued' || state.notBefore === null || state.lastFault?.kind === 'throttled')
    return state;
  return { ...state, notBefore: null };
}

/** The state when the user says *send now*; `null` when it is leaving or has left. A refused item starts over. */
export function sentNow(state: ItemState): ItemState | null {
  switch (state.kind) {
    case 'queued':
      return { ...state, notBefore: null };
    case 'held':
      return unheld(state);
    case 'needsAttention':
      return {
        kind: 'queued',
        attempts: 0,
        notBefore: null,
        lastFault: mayHaveArrived(state) ? AMBIGUOUS : state.fault,
      };
    case 'sending':
    case 'delivered':
      return null;
    default:
      return assertNever(state);
  }
}

/**
 * Whether it is open for good whether an item has arrived: it was being sent when the connection broke, and nobody can look
 * it up. Only a person can find out, so nothing is sent before the user has said what happened.
 */
export const isUndecided = (state: ItemState): boolean =>
  state.kind === 'needsAttention' && state.fault.kind === 'ambiguous';

/** The state when the user wants an undecided item sent once more, knowing that it may arrive twice; `null`: it is not undecided. */
export const sentAgain = (state: ItemState): ItemState | null =>
  isUndecided(state) ? { kind: 'queued', attempts: 0, notBefore: null, lastFault: null } : null;

/** The state when the user knows that an undecided item has arrived; `null`: it is not undecided. */
export const arrived = (state: ItemState, receipt: Receipt, now: Date): ItemState | null =>
  isUndecided(state) ? { kind: 'delivered', at: now.toISOString(), receipt } : null;

/**
 * Whether *send now* can help: what the board refused as it is, or what goes to a ticket that is closed or gone, would only
 * be refused again, and what stays behind another of its ticket goes after that. Of what may have arrived see `sentAgain`.
 */
export function canSendNow({ state }: Pick<OutboxItem, 'state'>): boolean {
  switch (state.kind) {
    case 'sending':
    case 'delivered':
      return false;
    case 'queued':
      return true;
    case 'held':
      return state.reason !== 'aheadInLane';
    case 'needsAttention':
      return state.fault.kind !== 'rejected' && !isOver(state.fault) && !isUndecided(state);
    default:
      return assertNever(state);
  }
}

/** Whether a write came too late: its ticket is closed or gone. */
export const isOver = (fault: DeskFault): boolean =>
  fault.kind === 'conflict' && (fault.reason === 'closed' || fault.reason === 'gone');

/** The state of a write whose ticket will never be filed, because the user discarded it: kept for the user to copy. */
export const orphaned = (state: ItemState): ItemState => {
  if (state.kind === 'delivered') return state;
  return { kind: 'needsAttention', fault: { kind: 'conflict', reason: 'gone' }, attempts: state.attempts };
};

/** Whether the board may already have the write, so that writing it anew could file it twice. */
export function mayHaveArrived(state: ItemState): boolean {
  switch (state.kind) {
    case 'sending':
    case 'delivered':
      return true;
    case 'needsAttention':
      return (
        state.fault.kind === 'ambiguous' ||
        (state.fault.kind === 'conflict' && state.fault.reason === 'duplicate')
      );
    case 'queued':
    case 'held':
      return ambiguity(state) !== null;
    default:
      return assertNever(state);
  }
}

/**
 * The first item of every lane that is due, oldest first. `items` come in the order of their sequence.
 * Order matters within a ticket: while the first undelivered write waits, is on its way or needs the user, those behind it
 * stay. So a refused write holds up its own ticket, until the user mends or discards it, and no other.
 */
export function headsDue(items: readonly OutboxItem[], now: Date): readonly OutboxItem[] {
  return [...heads(items).values()].filter(({ state }) => (dueAt(state, now) ?? Infinity) <= now.getTime());
}

/** When the next head that waits for a time becomes due; `null`: none waits for a time. */
export function nextDue(items: readonly OutboxItem[], now: Date): Date | null {
  const times = [...heads(items).values()].flatMap(({ state }) =>
    state.kind === 'queued' && state.notBefore !== null ? [dueAt(state, now) ?? Infinity] : [],
  );
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

/** Whether an item is the one of its lane to leave next (or is leaving). */
export const isHead = (items: readonly OutboxItem[], item: OutboxItem): boolean =>
  heads(items).get(item.lane)?.ref === item.ref;

/** The waiting items that stay because the one ahead in their lane needs the user. */
export function aheadInLane(items: readonly OutboxItem[]): ReadonlySet<Ref> {
  const first = heads(items);
  const stuck = items.filter(({ lane, ref, state }) => {
    const head = first.get(lane);
    return state.kind === 'queued' && head?.state.kind === 'needsAttention' && head.ref !== ref;
  });
  return new Set(stuck.map(({ ref }) => ref));
}

/** An item as it is shown: one that stays behind a refused one is held, and by what. Never stored like this. */
export function shownAhead(item: OutboxItem): OutboxItem {
  if (item.state.kind !== 'queued') return item;
  const { attempts, lastFault } = item.state;
  return { ...item, state: { kind: 'held', reason: 'aheadInLane', attempts, lastFault } };
}

/** The refs of creates that undelivered writes still need to find their ticket by. */
export function neededCreates(items: readonly OutboxItem[]): ReadonlySet<Ref> {
  const refs = items.flatMap(({ state, write }) =>
    state.kind !== 'delivered' && 'target' in write && write.target.kind === 'outbox'
      ? [write.target.ref]
      : [],
  );
  return new Set(refs);
}

/** The hashes of the files that go along with a write. */
export const filesOf = (write: OutboxItem['write']): readonly string[] =>
  write.kind === 'create' || write.kind === 'message' ? write.files.map(({ sha256 }) => sha256) : [];

/** By lane. A refused survey answer holds up nothing: no other write builds on it. */
function heads(items: readonly OutboxItem[]): ReadonlyMap<string, OutboxItem> {
  const first = new Map<string, OutboxItem>();
  for (const item of items) {
    const passes =
      item.state.kind === 'delivered' || (item.state.kind === 'needsAttention' && item.write.kind === 'rate');
    if (!passes && !first.has(item.lane)) first.set(item.lane, item);
  }
  return first;
}

/**
 * In milliseconds since 1970; `null`: only a change makes it due. A time further away than any rule sets comes from a clock
 * that was wrong and has been put right: it counts as reached.
 */
function dueAt(state: ItemState, now: Date): number | null {
  if (state.kind !== 'queued') return null;
  if (state.notBefore === null) return now.getTime();
  const time = Date.parse(state.notBefore);
  // An ambiguous item may wait for a time the board asked for when its ref was looked up.
  const asked = state.lastFault?.kind === 'throttled' || state.lastFault?.kind === 'ambiguous';
  const longest = asked ? MAX_THROTTLE_MS : MAX_RETRY_MS;
  return time - now.getTime() > longest ? now.getTime() : time;
}

function throttledUntil(until: string, now: Date): number {
  const earliest = now.getTime() + MIN_RETRY_MS;
  return Math.min(Math.max(Date.parse(until), earliest), now.getTime() + MAX_THROTTLE_MS);
}

/** The fault that left the outcome unknown, if it still is. */
function ambiguity(state: ItemState): DeskFault | null {
  const fault = 'lastFault' in state ? state.lastFault : null;
  return fault?.kind === 'ambiguous' ? fault : null;
}

const unheld = ({ attempts, lastFault }: Extract<ItemState, { kind: 'held' }>): Queued => ({
  kind: 'queued',
  attempts,
  notBefore: null,
  lastFault,
});

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
