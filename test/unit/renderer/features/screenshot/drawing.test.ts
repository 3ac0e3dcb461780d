import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundsOf,
  cropInTheMiddle,
  LEAST_CROP,
  markInTheMiddle,
  moveMark,
  resizeMark,
  startHistory,
  takeStep,
  type History,
  type MarkKind,
  type Step,
} from '../../../../../src-renderer/features/screenshot/drawing';

const SIZE = { width: 400, height: 300 };
const KINDS: readonly MarkKind[] = ['arrow', 'box', 'redaction'];

const number = fc.integer({ min: -500, max: 900 });
const point = fc.record({ x: number, y: number });
const rect = fc.record({ x: number, y: number, width: fc.nat(900), height: fc.nat(900) });
const newMark = fc.oneof(
  fc.record({ kind: fc.constant('arrow' as const), from: point, to: point }),
  fc.record({ kind: fc.constantFrom('box' as const, 'redaction' as const), rect }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), mark: newMark }),
  fc.record({ kind: fc.constant('remove' as const), id: fc.nat(5) }),
  fc.record({
    kind: fc.constant('crop' as const),
    crop: fc.option(rect),
    gesture: fc.option(fc.constantFrom('a', 'b')),
  }),
  fc.record({ kind: fc.constant('undo' as const) }),
  fc.record({ kind: fc.constant('redo' as const) }),
);
const steps = fc.array(step, { maxLength: 30 });
const after = (taken: readonly Step[]): History => taken.reduce(takeStep, startHistory(SIZE));

describe('undo and redo', () => {
  it('lead back to the untouched picture and forth again, step by step', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const end = after(taken);
        const back = Array.from({ length: end.past.length }).reduce<History>(
          (history) => takeStep(history, { kind: 'undo' }),
          end,
        );
        expect(back.present).toEqual(startHistory(SIZE).present);
        const forth = Array.from({ length: end.past.length }).reduce<History>(
          (history) => takeStep(history, { kind: 'redo' }),
          back,
        );
        expect(forth.present).toEqual(end.present);
      }),
    );
  });

  it('have no way back to what a new step replaced', () => {
    const drawn = after([
      { kind: 'add', mark: markInTheMiddle('box', startHistory(SIZE).present) },
      { kind: 'undo' },
      { kind: 'crop', crop: cropInTheMiddle(SIZE), gesture: null },
    ]);
    expect(takeStep(drawn, { kind: 'redo' })).toBe(drawn);
  });

  it('take a whole drag as one step', () => {
    const added = after([{ kind: 'add', mark: markInTheMiddle('box', startHistory(SIZE).present) }]);
    const dragged = [1, 2, 3].reduce<History>((history) => {
      const [mark] = history.present.marks;
      if (!mark) throw new Error('The mark is gone');
      return takeStep(history, {
        kind: 'change',
        mark: moveMark(mark, { x: 5, y: 0 }, SIZE),
        gesture: 'drag 1',
      });
    }, added);
    expect(dragged.present).not.toEqual(added.present);
    expect(takeStep(dragged, { kind: 'undo' }).present).toEqual(added.present);
  });

  it('count nothing that changes nothing', () => {
    const start = startHistory(SIZE);
    expect(takeStep(start, { kind: 'remove', id: 7 })).toBe(start);
    expect(takeStep(start, { kind: 'crop', crop: null, gesture: null })).toBe(start);
    expect(takeStep(start, { kind: 'undo' })).toBe(start);
  });
});

describe('everything drawn', () => {
  it('stays inside the picture and keeps a number of its own', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const { marks, crop } = after(taken).present;
        for (const { x, y, width, height } of [...marks.map(boundsOf), ...(crop ? [crop] : [])]) {
          expect(Math.min(x, y, width, height)).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(SIZE.width);
          expect(y + height).toBeLessThanOrEqual(SIZE.height);
        }
        expect(new Set(marks.map(({ id }) => id)).size).toBe(marks.length);
        if (crop) expect(Math.min(crop.width, crop.height)).toBeGreaterThanOrEqual(LEAST_CROP);
      }),
    );
  });

  it('keeps its size when moved, however far', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), point, (kind, by) => {
        const mark = { ...markInTheMiddle(kind, startHistory(SIZE).present), id: 1 };
        const before = boundsOf(mark);
        const moved = boundsOf(moveMark(mark, by, SIZE));
        expect([moved.width, moved.height]).toEqual([before.width, before.height]);
        expect(moved.x).toBeGreaterThanOrEqual(0);
        expect(moved.x + moved.width).toBeLessThanOrEqual(SIZE.width);
      }),
    );
  });

  it('never vanishes by being made small', () => {
    const mark = { ...markInTheMiddle('redaction', startHistory(SIZE).present), id: 1 };
    const { width, height } = boundsOf(resizeMark(mark, { x: -1000, y: -1000 }, SIZE));
    expect(Math.min(width, height)).toBeGreaterThan(0);
  });
});
