/** Width and height in pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** More than the rounding of a side makes of the shape of a window. */
const OTHER_SHAPE = 0.03;

/**
 * The size to bring an enlarged picture back to, or `null` to leave it: the true size is not known, not smaller, or of
 * another shape (the window has changed since).
 */
export function sizeToRestore(picture: Size, trueSize: Size | null): Size | null {
  if (trueSize === null || trueSize.width >= picture.width || trueSize.height >= picture.height) return null;
  const shape = (picture.width / picture.height) * (trueSize.height / trueSize.width);
  return Math.abs(shape - 1) > OTHER_SHAPE ? null : trueSize;
}
