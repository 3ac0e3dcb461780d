import type { Drawing } from './drawing';
import { touchedPixels, type Rect, type Size } from './geometry';

/** Pixels in memory: red, green, blue, alpha, row by row from the top left. */
export interface Pixels extends Size {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** What hidden areas are painted with; opaque. */
export const REDACTION_COLOUR = [28, 30, 34, 255] as const;

/**
 * The picture with every hidden area painted over in the pixels themselves: each pixel that an area touches gets the
 * same opaque colour, so nothing of what was there is left to be guessed (no blur, no blocks). Marks that were drawn
 * later lie on top, but they are painted on this. `pixels` is changed in place: the original is gone with it.
 */
export function burnRedactions(pixels: Pixels, drawing: Pick<Drawing, 'marks'>): Pixels {
  for (const mark of drawing.marks)
    if (mark.kind === 'redaction') fill(pixels, touchedPixels(mark.rect, pixels));
  return pixels;
}

/** A copy of one area, cut at the picture's edges; what is outside is not in it. */
export function cut(pixels: Pixels, area: Rect): Pixels {
  const { x, y, width, height } = touchedPixels(area, pixels);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row += 1) {
    const from = ((y + row) * pixels.width + x) * 4;
    data.set(pixels.data.subarray(from, from + width * 4), row * width * 4);
  }
  return { width, height, data };
}

/** What the drawing leaves of a picture: hidden areas painted over, then cropped. Lines are drawn on top of this. */
export function burn(pixels: Pixels, drawing: Drawing): Pixels {
  const burnt = burnRedactions(pixels, drawing);
  return drawing.crop ? cut(burnt, drawing.crop) : burnt;
}

function fill(pixels: Pixels, { x, y, width, height }: Rect): void {
  for (let row = y; row < y + height; row += 1) {
    for (let column = x; column < x + width; column += 1) {
      pixels.data.set(REDACTION_COLOUR, (row * pixels.width + column) * 4);
    }
  }
}
