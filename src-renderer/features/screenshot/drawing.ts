import {
  clampPoint,
  clampRect,
  moveRect,
  rectBetween,
  resizeRect,
  type Point,
  type Rect,
  type Size,
} from './geometry';

/** What can be drawn. A redaction hides what is beneath it for good. */
export type MarkKind = 'arrow' | 'box' | 'redaction';

/** Something drawn on the picture, in its pixels. */
export type Mark =
  | { readonly id: number; readonly kind: 'arrow'; readonly from: Point; readonly to: Point }
  | { readonly id: number; readonly kind: 'box' | 'redaction'; readonly rect: Rect };

/** A mark that has no number yet. */
export type NewMark = Mark extends infer One ? (One extends Mark ? Omit<One, 'id'> : never) : never;

/** Everything the user did to the picture. */
export interface Drawing {
  readonly size: Size;
  /** What is left of the picture; `null`: all of it. */
  readonly crop: Rect | null;
  /** In the order in which they were drawn: later ones lie on top. */
  readonly marks: readonly Mark[];
  readonly nextId: number;
}

/** A drawing with its past, for undo and redo. */
export interface History {
  readonly past: readonly Drawing[];
  readonly present: Drawing;
  readonly future: readonly Drawing[];
  /** The gesture of the last change; further changes of the same gesture are one step. */
  readonly gesture: string | null;
}

/** What can be done. `gesture` joins the small steps of one drag or of held arrow keys. */
export type Step =
  | { readonly kind: 'add'; readonly mark: NewMark }
  | { readonly kind: 'change'; readonly mark: Mark; readonly gesture: string | null }
  | { readonly kind: 'remove'; readonly id: number }
  | { readonly kind: 'crop'; readonly crop: Rect | null; readonly gesture: string | null }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

/** More steps back than this are forgotten. */
const LONGEST_PAST = 200;
/** The smallest side of a crop, in pixels: less cannot be seen or grasped. */
export const LEAST_CROP = 16;
/** The smallest side of a box or hidden area. */
export const LEAST_RECT = 4;

/** An untouched picture. */
export const startHistory = (size: Size): History => ({
  past: [],
  present: { size, crop: null, marks: [], nextId: 1 },
  future: [],
  gesture: null,
});

/** The history after a step. Something that changes nothing is no step. */
export function takeStep(history: History, step: Step): History {
  switch (step.kind) {
    case 'undo': {
      const before = history.past.at(-1);
      if (!before) return history;
      return {
        past: history.past.slice(0, -1),
        present: before,
        future: [history.present, ...history.future],
        gesture: null,
      };
    }
    case 'redo': {
      const [next, ...later] = history.future;
      if (!next) return history;
      return { past: [...history.past, history.present], present: next, future: later, gesture: null };
    }
    case 'add': {
      const { marks, nextId, size } = history.present;
      const mark = inside({ ...step.mark, id: nextId }, size);
      return advance(history, { ...history.present, marks: [...marks, mark], nextId: nextId + 1 }, null);
    }
    case 'change': {
      const { marks, size } = history.present;
      if (!marks.some(({ id }) => id === step.mark.id)) return history;
      const changed = inside(step.mark, size);
      const next = marks.map((mark) => (mark.id === changed.id ? changed : mark));
      return advance(history, { ...history.present, marks: next }, step.gesture);
    }
    case 'remove': {
      const marks = history.present.marks.filter(({ id }) => id !== step.id);
      return marks.length === history.present.marks.length
        ? history
        : advance(history, { ...history.present, marks }, null);
    }
    case 'crop': {
      const crop = step.crop && croppable(step.crop, history.present.size);
      if (step.crop !== null && crop === null) return history;
      return advance(history, { ...history.present, crop }, step.gesture);
    }
  }
}

/** Whether the user has done anything that would be lost. */
export const isTouched = ({ present }: History): boolean => present.marks.length > 0 || present.crop !== null;

/** The area around a mark. */
export const boundsOf = (mark: Mark): Rect =>
  mark.kind === 'arrow' ? rectBetween(mark.from, mark.to) : mark.rect;

/** The mark at another place, stopping at the picture's edges. */
export function moveMark(mark: Mark, by: Point, size: Size): Mark {
  if (mark.kind !== 'arrow') return { ...mark, rect: moveRect(mark.rect, by, size) };
  const before = boundsOf(mark);
  const after = moveRect(before, by, size);
  const shift = { x: after.x - before.x, y: after.y - before.y };
  return { ...mark, from: plus(mark.from, shift), to: plus(mark.to, shift) };
}

/** The mark in another size: its far corner moves, or an arrow's point. */
export const resizeMark = (mark: Mark, by: Point, size: Size): Mark =>
  mark.kind === 'arrow'
    ? { ...mark, to: clampPoint(plus(mark.to, by), size) }
    : { ...mark, rect: resizeRect(mark.rect, by, size, LEAST_RECT) };

/** A mark in the middle of what is left of the picture, for whoever does not draw with a pointer. */
export function markInTheMiddle(kind: MarkKind, { size, crop }: Drawing): NewMark {
  const area = crop ?? { x: 0, y: 0, ...size };
  const rect = middleOf(area);
  if (kind !== 'arrow') return { kind, rect };
  return { kind, from: { x: rect.x + rect.width, y: rect.y + rect.height }, to: { x: rect.x, y: rect.y } };
}

/** A crop in the middle of the picture. */
export const cropInTheMiddle = ({ width, height }: Size): Rect => ({
  x: Math.round(width / 8),
  y: Math.round(height / 8),
  width: Math.round((width * 3) / 4),
  height: Math.round((height * 3) / 4),
});

/** The thickness of lines, in pixels: the same to the eye on small and on large pictures. */
export const strokeOf = ({ width, height }: Size): number =>
  Math.max(3, Math.round(Math.max(width, height) / 320));

const middleOf = ({ x, y, width, height }: Rect): Rect => ({
  x: Math.round(x + (width * 3) / 8),
  y: Math.round(y + (height * 3) / 8),
  width: Math.round(width / 4),
  height: Math.round(height / 4),
});

function advance(history: History, present: Drawing, gesture: string | null): History {
  if (same(history.present, present)) return history;
  const goesOn = gesture !== null && gesture === history.gesture;
  const past = goesOn ? history.past : [...history.past, history.present].slice(-LONGEST_PAST);
  return { past, present, future: [], gesture };
}

/** A crop in whole pixels inside the picture; `null` if it is too small to be meant. */
function croppable(crop: Rect, size: Size): Rect | null {
  const { x, y, width, height } = clampRect(crop, size);
  const left = Math.round(x);
  const top = Math.round(y);
  const rect = { x: left, y: top, width: Math.round(x + width) - left, height: Math.round(y + height) - top };
  const least = { width: Math.min(LEAST_CROP, size.width), height: Math.min(LEAST_CROP, size.height) };
  return rect.width < least.width || rect.height < least.height ? null : rect;
}

const inside = (mark: Mark, size: Size): Mark =>
  mark.kind === 'arrow'
    ? { ...mark, from: clampPoint(mark.from, size), to: clampPoint(mark.to, size) }
    : { ...mark, rect: clampRect(mark.rect, size) };

const plus = (one: Point, other: Point): Point => ({ x: one.x + other.x, y: one.y + other.y });
const same = (one: Drawing, other: Drawing): boolean => JSON.stringify(one) === JSON.stringify(other);
