import { REDACTION_COLOUR } from './burn';
import { strokeOf, type Drawing, type Mark } from './drawing';
import { touchedPixels, type Point, type Size } from './geometry';

/** Of a canvas' context, what painting needs. */
export type Brush = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'lineCap'
  | 'fillRect'
  | 'strokeRect'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'closePath'
  | 'fill'
  | 'stroke'
>;

const LINE_COLOUR = '#d92d20';
/** Around lines, so that they stand out on any ground. */
const HALO_COLOUR = '#ffffff';

/** Paints the hidden areas, exactly where they will be burned in. */
export function paintRedactions(brush: Brush, { marks, size }: Pick<Drawing, 'marks' | 'size'>): void {
  brush.fillStyle = `rgb(${REDACTION_COLOUR.slice(0, 3).join(' ')})`;
  for (const mark of marks) {
    if (mark.kind !== 'redaction') continue;
    const { x, y, width, height } = touchedPixels(mark.rect, size);
    brush.fillRect(x, y, width, height);
  }
}

/** Draws arrows and boxes. */
export function paintLines(brush: Brush, { marks, size }: Pick<Drawing, 'marks' | 'size'>): void {
  const stroke = strokeOf(size);
  brush.lineJoin = 'round';
  brush.lineCap = 'round';
  marks.forEach((mark) => paintLine(brush, mark, stroke));
}

function paintLine(brush: Brush, mark: Mark, stroke: number): void {
  switch (mark.kind) {
    case 'redaction':
      return;
    case 'box': {
      const { x, y, width, height } = mark.rect;
      for (const [colour, thickness] of layers(stroke)) {
        brush.strokeStyle = colour;
        brush.lineWidth = thickness;
        brush.strokeRect(x, y, width, height);
      }
      return;
    }
    case 'arrow': {
      const { shaft, head } = arrowShape(mark.from, mark.to, stroke);
      for (const [colour, thickness] of layers(stroke)) {
        brush.strokeStyle = colour;
        brush.fillStyle = colour;
        brush.lineWidth = thickness;
        trace(brush, shaft);
        brush.stroke();
        trace(brush, head);
        brush.closePath();
        brush.lineWidth = thickness - stroke * 0.6;
        brush.stroke();
        brush.fill();
      }
    }
  }
}

const layers = (stroke: number) =>
  [
    [HALO_COLOUR, stroke * 2],
    [LINE_COLOUR, stroke],
  ] as const;

function trace(brush: Brush, [first, ...rest]: readonly Point[]): void {
  brush.beginPath();
  if (!first) return;
  brush.moveTo(first.x, first.y);
  rest.forEach(({ x, y }) => brush.lineTo(x, y));
}

/** The shaft and the head of an arrow; the head's first corner is its point. A short arrow has a smaller head. */
export function arrowShape(from: Point, to: Point, stroke: number) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const along = length === 0 ? { x: 0, y: -1 } : { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const head = Math.min(stroke * 5, Math.max(length * 0.6, stroke));
  const half = head * 0.5;
  const base = { x: to.x - along.x * head, y: to.y - along.y * head };
  return {
    shaft: [from, base],
    head: [
      to,
      { x: base.x - along.y * half, y: base.y + along.x * half },
      { x: base.x + along.y * half, y: base.y - along.x * half },
    ],
  };
}

/** Darkens what the crop cuts off. */
export function paintCutOff(brush: Brush, { crop, size }: Pick<Drawing, 'crop' | 'size'>): void {
  if (!crop) return;
  const right = crop.x + crop.width;
  const bottom = crop.y + crop.height;
  brush.fillStyle = 'rgb(20 22 25 / 62%)';
  brush.fillRect(0, 0, size.width, crop.y);
  brush.fillRect(0, bottom, size.width, size.height - bottom);
  brush.fillRect(0, crop.y, crop.x, crop.height);
  brush.fillRect(right, crop.y, size.width - right, crop.height);
}

/** The drawing without the picture beneath it, moved so that `origin` is the top left corner. */
export const shifted = (drawing: Drawing, origin: Point): Pick<Drawing, 'marks' | 'size'> => ({
  size: drawing.size,
  marks: drawing.marks.map((mark) => shift(mark, origin)),
});

const shift = (mark: Mark, { x, y }: Point): Mark =>
  mark.kind === 'arrow'
    ? {
        ...mark,
        from: { x: mark.from.x - x, y: mark.from.y - y },
        to: { x: mark.to.x - x, y: mark.to.y - y },
      }
    : { ...mark, rect: { ...mark.rect, x: mark.rect.x - x, y: mark.rect.y - y } };

/** Width and height as whole numbers, for words. */
export const roundSize = ({ width, height }: Size): Size => ({
  width: Math.round(width),
  height: Math.round(height),
});
