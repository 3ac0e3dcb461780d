import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BEGINNING,
  closeCursor,
  COMMIT_MS,
  completed,
  isDoubtful,
  openCursor,
  OVERLAP_MS,
  reachesBack,
  windowOf,
  type Cursor,
} from '../../../../src-main/desk/rt/cursor';

const NOON = Date.UTC(2026, 2, 2, 12);
const since = (at: number, skew = 0): Cursor => ({ ...BEGINNING, at, skew });

describe('how far a listing has come', () => {
  it.each([null, '', '{}', 'null', '[1,2]', '{"at":"x"}'])('begins anew with %j', (text) => {
    expect(openCursor(text)).toEqual(BEGINNING);
  });

  it('is kept as text', () => {
    const cursor = completed(NOON, 7, {
      15: { changedAt: new Date(NOON).toISOString(), last: '3', readAt: NOON },
    });
    expect(openCursor(closeCursor(cursor))).toEqual(cursor);
  });

  it('looks back to the last time, and a while further', () => {
    expect(windowOf(BEGINNING, new Date(NOON))).toBeNull();
    expect(windowOf(since(NOON), new Date(NOON + 60_000))).toBe(60 + OVERLAP_MS / 1000);
    // The board's clock is an hour ahead.
    expect(windowOf(since(NOON + 3_600_000, 3_600_000), new Date(NOON + 60_000))).toBe(
      60 + OVERLAP_MS / 1000,
    );
  });

  it('notices when this computer’s clock was set so that it does not look back far enough', () => {
    const ms = fc.integer({ min: 0, max: 7 * 24 * 3_600_000 });
    const jump = fc.integer({ min: -48 * 3_600_000, max: 48 * 3_600_000 });
    fc.assert(
      fc.property(ms, jump, jump, (passed, skew, jumped) => {
        // By the board's clock: listed at noon, asked again after `passed`. Ours is off by `skew`, and jumped meanwhile.
        const cursor = since(NOON, skew);
        const served = NOON + passed;
        const seconds = windowOf(cursor, new Date(served - skew + jumped)) ?? 0;
        const reached = reachesBack(cursor, seconds, served);
        expect(reached).toBe(served - seconds * 1000 <= NOON - COMMIT_MS);
        const again = windowOf({ ...cursor, skew: skew - jumped }, new Date(served - skew + jumped)) ?? 0;
        expect(reachesBack(cursor, again, served)).toBe(true);
      }),
    );
  });

  it('looks at a ticket once more that was read within the second it changed in, and once when all is settled', () => {
    const changedAt = new Date(NOON).toISOString();
    const read = (after: number, later: number) =>
      isDoubtful({ changedAt, last: '', readAt: NOON + after }, NOON + later);
    expect(read(500, 900)).toBe(true);
    expect(read(5_000, 10_000)).toBe(false);
    expect(read(5_000, COMMIT_MS + 1)).toBe(true);
    expect(read(COMMIT_MS + 1, COMMIT_MS + 60_000)).toBe(false);
  });

  it('forgets what no later listing can find again', () => {
    const seen = (minutes: number) => ({
      changedAt: new Date(NOON - minutes * 60_000).toISOString(),
      last: '',
      readAt: NOON,
    });
    expect(Object.keys(completed(NOON, 0, { 1: seen(1), 2: seen(60) }).seen)).toEqual(['1']);
  });
});
