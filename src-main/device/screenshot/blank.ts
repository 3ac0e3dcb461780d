/**
 * Whether a picture shows nothing: no pixel, or every pixel black or transparent. That is what systems give for a
 * screen they may not or cannot show. One lit pixel makes it a picture.
 *
 * `pixels`: four bytes a pixel, alpha last (the order of the colours does not matter).
 */
export function isBlankPicture(pixels: Uint8Array): boolean {
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    if (pixels[at + 3] !== 0 && (pixels[at] !== 0 || pixels[at + 1] !== 0 || pixels[at + 2] !== 0))
      return false;
  }
  return true;
}
