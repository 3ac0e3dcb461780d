import { MAX_FILE_BYTES } from '@shared/domain/attachment';
import { err, type Result } from '@shared/domain/result';
import { burn } from './burn';
import type { Drawing } from './drawing';
import { encodeWithin, scaled, type Encoded, type Form } from './encode';
import { paintLines, shifted } from './paint';

const JPEG_QUALITY = 0.9;

/**
 * The finished picture: hidden areas burned into its pixels, cropped, arrows and boxes on top, nothing but pixels in the
 * file, and small enough to go along. The fault: the machine could not do it.
 */
export async function finish(picture: ImageBitmap, drawing: Drawing): Promise<Result<Encoded, 'tooLarge'>> {
  const canvas = finalCanvas(picture, drawing);
  return canvas ? encodeWithin(MAX_FILE_BYTES, (form) => write(canvas, form)) : err('tooLarge');
}

/** `null`: no canvas of that size on this machine. */
function finalCanvas(picture: ImageBitmap, drawing: Drawing): OffscreenCanvas | null {
  const original = brushOf(picture.width, picture.height);
  if (!original) return null;
  original.brush.drawImage(picture, 0, 0);
  const pixels = burn(original.brush.getImageData(0, 0, picture.width, picture.height), drawing);
  // The canvas with the original is emptied at once instead of whenever memory is collected.
  original.canvas.width = 0;
  const final = brushOf(pixels.width, pixels.height);
  if (!final) return null;
  final.brush.putImageData(new ImageData(pixels.data, pixels.width, pixels.height), 0, 0);
  paintLines(final.brush, shifted(drawing, drawing.crop ?? { x: 0, y: 0 }));
  return final.canvas;
}

async function write(
  canvas: OffscreenCanvas,
  { type, scale }: Form,
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const source = scale === 1 ? canvas : smaller(canvas, scale);
    if (!source) return null;
    const blob = await source.convertToBlob({ type, quality: JPEG_QUALITY });
    return new Uint8Array(await blob.arrayBuffer());
  } catch {
    // Encoding fails on canvases beyond the machine's memory; a smaller form may do.
    return null;
  }
}

function smaller(canvas: OffscreenCanvas, scale: number): OffscreenCanvas | null {
  const { width, height } = scaled(canvas, scale);
  const made = brushOf(width, height);
  if (!made) return null;
  made.brush.imageSmoothingQuality = 'high';
  made.brush.drawImage(canvas, 0, 0, width, height);
  return made.canvas;
}

function brushOf(width: number, height: number) {
  const canvas = new OffscreenCanvas(width, height);
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  return brush && { canvas, brush };
}
