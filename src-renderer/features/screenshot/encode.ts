import { err, ok, type Result } from '@shared/domain/result';
import type { Size } from './geometry';

/** A way to write a picture: the format, and how much smaller it is drawn (1: as it is). */
export interface Form {
  readonly type: 'image/png' | 'image/jpeg';
  readonly scale: number;
}

/** A picture ready to go along. */
export interface Encoded extends Form {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** In the order in which they are tried: sharp first, then smaller. */
const FORMS: readonly Form[] = [
  { type: 'image/png', scale: 1 },
  { type: 'image/jpeg', scale: 1 },
  { type: 'image/jpeg', scale: 0.75 },
  { type: 'image/jpeg', scale: 0.5 },
  { type: 'image/jpeg', scale: 0.25 },
];

/**
 * The sharpest form of a picture that fits `limit` bytes: PNG, else JPEG, else smaller JPEG. `encode` gives `null` where
 * it cannot (a canvas too large for the machine). The fault: not even the smallest fits.
 */
export async function encodeWithin(
  limit: number,
  encode: (form: Form) => Promise<Uint8Array<ArrayBuffer> | null>,
): Promise<Result<Encoded, 'tooLarge'>> {
  for (const form of FORMS) {
    const written = await encode(form);
    if (written === null) continue;
    const bytes = form.type === 'image/png' ? withoutMetadata(written) : written;
    if (bytes.byteLength <= limit) return ok({ ...form, bytes });
  }
  return err('tooLarge');
}

/** The size a picture has in a form, at least one pixel. */
export const scaled = ({ width, height }: Size, scale: number): Size => ({
  width: Math.max(1, Math.round(width * scale)),
  height: Math.max(1, Math.round(height * scale)),
});

const SIGNATURE_BYTES = 8;
/** What a PNG needs to be shown (PNG specification, critical chunks). */
const NEEDED = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND']);

/**
 * A PNG with its pixels and nothing else: no times, no names, no colour profiles that tell the machine. Something that
 * is not a whole PNG comes back as it is.
 */
export function withoutMetadata(png: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const kept: Uint8Array[] = [png.subarray(0, SIGNATURE_BYTES)];
  let at = SIGNATURE_BYTES;
  while (at + 12 <= png.byteLength) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...png.subarray(at + 4, at + 8));
    const end = at + 12 + length;
    if (end > png.byteLength) return png;
    if (NEEDED.has(name)) kept.push(png.subarray(at, end));
    at = end;
    if (name === 'IEND') return joined(kept);
  }
  return png;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
