import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  burn,
  cut,
  REDACTION_COLOUR,
  type Pixels,
} from '../../../../../src-renderer/features/screenshot/burn';
import { startHistory, type Drawing } from '../../../../../src-renderer/features/screenshot/drawing';
import type { Rect } from '../../../../../src-renderer/features/screenshot/geometry';

/** Every pixel differs from all others and from the colour of redaction. */
function picture(width: number, height: number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel += 1)
    data.set([200, Math.floor(pixel / 256), pixel % 256, 255], pixel * 4);
  return { width, height, data };
}

const pixelAt = ({ data, width }: Pixels, x: number, y: number): readonly number[] => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];
const coordinate = fc.double({ min: -10, max: 60, noNaN: true });
const length = fc.double({ min: 0.01, max: 40, noNaN: true });
const rect: fc.Arbitrary<Rect> = fc.record({ x: coordinate, y: coordinate, width: length, height: length });
const size = fc.record({ width: fc.integer({ min: 1, max: 48 }), height: fc.integer({ min: 1, max: 48 }) });

const drawingOf = (original: Pixels, hidden: readonly Rect[], crop: Rect | null = null): Drawing => ({
  ...startHistory(original).present,
  crop,
  marks: hidden.map((one, index) => ({ id: index + 1, kind: 'redaction' as const, rect: one })),
});

/** Whether an area touches a pixel, by a fraction or more. */
const touches = (area: Rect, x: number, y: number): boolean =>
  area.x < x + 1 && area.x + area.width > x && area.y < y + 1 && area.y + area.height > y;

describe('a hidden area', () => {
  it('leaves no trace of any pixel it touches, and every other pixel as it was', () => {
    fc.assert(
      fc.property(size, fc.array(rect, { maxLength: 4 }), ({ width, height }, hidden) => {
        const original = picture(width, height);
        const burnt = burn(picture(width, height), drawingOf(original, hidden));
        for (let y = 0; y < height; y += 1) {
          for (let x = 0; x < width; x += 1) {
            const isHidden = hidden.some((area) => touches(area, x, y));
            expect(pixelAt(burnt, x, y)).toEqual(isHidden ? [...REDACTION_COLOUR] : pixelAt(original, x, y));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('makes pictures that differ only beneath it the same, byte for byte', () => {
    fc.assert(
      fc.property(
        size,
        rect,
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        ({ width, height }, hidden, noise) => {
          const one = picture(width, height);
          const other = picture(width, height);
          for (let y = 0; y < height; y += 1)
            for (let x = 0; x < width; x += 1)
              if (touches(hidden, x, y)) other.data.set(noise.subarray(0, 3), (y * width + x) * 4);
          expect(burn(other, drawingOf(other, [hidden])).data).toEqual(
            burn(one, drawingOf(one, [hidden])).data,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is burned in place: the original is nowhere any more', () => {
    const pixels = picture(8, 8);
    burn(pixels, drawingOf(pixels, [{ x: 0, y: 0, width: 8, height: 8 }]));
    expect([...pixels.data].includes(200)).toBe(false);
  });
});

describe('a crop', () => {
  it('holds its own pixels and nothing of the others', () => {
    fc.assert(
      fc.property(size, ({ width, height }) => {
        const crop = {
          x: Math.floor(width / 3),
          y: Math.floor(height / 3),
          width: Math.ceil(width / 2),
          height: 1,
        };
        const original = picture(width, height);
        const left = burn(picture(width, height), drawingOf(original, [], crop));
        expect(left.data.length).toBe(left.width * left.height * 4);
        for (let y = 0; y < left.height; y += 1)
          for (let x = 0; x < left.width; x += 1)
            expect(pixelAt(left, x, y)).toEqual(pixelAt(original, x + crop.x, y + crop.y));
      }),
    );
  });

  it('has a buffer of its own, not a view of the whole picture', () => {
    const original = picture(10, 10);
    const part = cut(original, { x: 2, y: 2, width: 3, height: 3 });
    expect(part.data.buffer).not.toBe(original.data.buffer);
    expect(part.data.buffer.byteLength).toBe(3 * 3 * 4);
  });
});
