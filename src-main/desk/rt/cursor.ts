import * as z from 'zod';

/**
 * What was known of a ticket: when it had changed last, the last thing that had happened to it, and when that was read, by the
 * board's clock (ms since 1970).
 */
const SeenSchema = z.object({ changedAt: z.string(), last: z.string(), readAt: z.number() });

/**
 * How far the listing has come. `at`: by the board's clock, when the last whole listing began (`null`: none yet).
 * `skew`: by how many ms the board's clock was ahead of this computer's. `began` and `after`: within a listing, when it began
 * and the last ticket it had. `seen`: tickets that changed so lately that the next listing finds them again.
 */
const CursorSchema = z.object({
  at: z.number().nullable(),
  skew: z.number(),
  began: z.number().nullable(),
  after: z.number().int(),
  seen: z.record(z.string(), SeenSchema),
});
/** How far the listing has come. Times are in ms since 1970. */
export type Cursor = z.infer<typeof CursorSchema>;
/** What was known of a ticket. */
export type Seen = z.infer<typeof SeenSchema>;

/** From the beginning. */
export const BEGINNING: Cursor = { at: null, skew: 0, began: null, after: 0, seen: {} };

/**
 * How long a change may stay invisible after the time it bears, in ms: RT waits up to 30 s for the database, and the time is
 * taken before.
 */
export const COMMIT_MS = 40_000;
/** Listings overlap by this, in ms. */
export const OVERLAP_MS = 120_000;

/** Reads a cursor; one that cannot be read means: from the beginning. */
export function openCursor(text: string | null): Cursor {
  try {
    return CursorSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return BEGINNING;
  }
}

/** Writes a cursor. */
export const closeCursor = (cursor: Cursor): string => JSON.stringify(cursor);

/** How many seconds back the next listing has to look; `null`: from the beginning. */
export function windowOf({ at, skew }: Cursor, now: Date): number | null {
  if (at === null) return null;
  return Math.max(0, Math.ceil((now.getTime() + skew - at) / 1000)) + OVERLAP_MS / 1000;
}

/** Whether a window asked for at `served` (by the board's clock) reaches back far enough: this computer's clock may have jumped. */
export const reachesBack = ({ at }: Cursor, seconds: number, served: number): boolean =>
  at === null || served - seconds * 1000 <= at - COMMIT_MS;

/** RT tells times to the second. */
const RESOLUTION_MS = 2_000;

/**
 * Whether a ticket that bears the same time as before has to be looked at all the same: it was read within the second that it
 * bears; or, once, when nothing can come any more that bears this time.
 */
export function isDoubtful({ changedAt, readAt }: Seen, served: number): boolean {
  const changed = Date.parse(changedAt);
  const wasEarly = readAt < changed + RESOLUTION_MS;
  const isSettled = served > changed + COMMIT_MS;
  return wasEarly || (isSettled && readAt <= changed + COMMIT_MS);
}

/** Of what was seen, only what a later listing can find again. */
export const onlyFresh = (seen: Cursor['seen'], began: number): Cursor['seen'] =>
  Object.fromEntries(
    Object.entries(seen).filter(
      ([, { changedAt }]) => Date.parse(changedAt) > began - OVERLAP_MS - COMMIT_MS,
    ),
  );

/** The cursor when a listing is complete. */
export const completed = (began: number, skew: number, seen: Cursor['seen']): Cursor => ({
  at: began,
  skew,
  began: null,
  after: 0,
  seen: onlyFresh(seen, began),
});
