import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleRange, withKept } from '../../../../src-renderer/ui/virtual-range';

const view = fc.record({
  top: fc.nat(700_000),
  height: fc.integer({ min: 1, max: 2000 }),
  row: fc.integer({ min: 10, max: 200 }),
  count: fc.nat(10_000),
  overscan: fc.nat(10),
});

describe('the rows to draw', () => {
  it('cover everything in view', () => {
    fc.assert(
      fc.property(view, (given) => {
        const range = new Set(visibleRange(given));
        for (let y = given.top; y < given.top + given.height; y += given.row) {
          const index = Math.floor(y / given.row);
          if (index < given.count) expect(range.has(index)).toBe(true);
        }
      }),
    );
  });

  it('are few, in order and exist', () => {
    fc.assert(
      fc.property(view, (given) => {
        const range = visibleRange(given);
        expect(range.length).toBeLessThanOrEqual(given.height / given.row + 2 + 2 * given.overscan);
        expect(range).toEqual(range.toSorted((a, b) => a - b));
        expect(range.every((index) => index >= 0 && index < given.count)).toBe(true);
      }),
    );
  });

  it('keep the row that has the focus', () => {
    fc.assert(
      fc.property(view, fc.nat(10_000), (given, kept) => {
        const rows = withKept(visibleRange(given), kept, given.count);
        expect(rows.includes(kept)).toBe(kept < given.count);
        expect(new Set(rows).size).toBe(rows.length);
      }),
    );
  });
});
