/** A place in the picture, in its own pixels from the top left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An area of the picture, in its own pixels. Width and height are never negative. */
export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The area between two corners, in whatever order they were drawn. */
export const rectBetween = (one: Point, other: Point): Rect => ({
  x: Math.min(one.x, other.x),
  y: Math.min(one.y, other.y),
  width: Math.abs(other.x - one.x),
  height: Math.abs(other.y - one.y),
});

/** The nearest place inside the picture. */
export const clampPoint = ({ x, y }: Point, { width, height }: Size): Point => ({
  x: clamp(x, 0, width),
  y: clamp(y, 0, height),
});

/** The part of an area that is inside the picture; without width or height if there is none. */
export function clampRect(rect: Rect, size: Size): Rect {
  const from = clampPoint(rect, size);
  const to = clampPoint({ x: rect.x + rect.width, y: rect.y + rect.height }, size);
  return rectBetween(from, to);
}

/**
 * Every pixel that an area touches, also by a fraction: rounded outwards and cut at the picture's edges. What is hidden
 * is hidden by this, so that no edge shines through.
 */
export function touchedPixels(rect: Rect, size: Size): Rect {
  const left = clamp(Math.floor(rect.x), 0, size.width);
  const top = clamp(Math.floor(rect.y), 0, size.height);
  const right = clamp(Math.ceil(rect.x + rect.width), left, size.width);
  const bottom = clamp(Math.ceil(rect.y + rect.height), top, size.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The same area moved, stopping at the picture's edges. */
export const moveRect = (rect: Rect, by: Point, size: Size): Rect => ({
  ...rect,
  x: clamp(rect.x + by.x, 0, Math.max(0, size.width - rect.width)),
  y: clamp(rect.y + by.y, 0, Math.max(0, size.height - rect.height)),
});

/** The same area with its far corner moved; never smaller than `least` in either direction nor beyond the picture. */
export const resizeRect = (rect: Rect, by: Point, size: Size, least: number): Rect => ({
  ...rect,
  width: clamp(rect.width + by.x, Math.min(least, size.width - rect.x), size.width - rect.x),
  height: clamp(rect.height + by.y, Math.min(least, size.height - rect.y), size.height - rect.y),
});

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
