/** Reads pixels of a PNG as Chromium writes it: 8 bits, RGB or RGBA, not interlaced. */
import { inflateSync } from 'node:zlib';

/** A picture in memory. */
export type DecodedPng = {
  readonly width: number;
  readonly height: number;
  /** The names of its chunks, in order. */
  readonly chunks: readonly string[];
  /** Red, green and blue at a place. */
  pixel(x: number, y: number): readonly [number, number, number];
};

/** Decodes; throws for anything that is no such PNG. */
export function decodePng(bytes: Buffer): DecodedPng {
  const chunks: { readonly name: string; readonly content: Buffer }[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    chunks.push({
      name: bytes.toString('latin1', at + 4, at + 8),
      content: bytes.subarray(at + 8, at + 8 + length),
    });
    at += 12 + length;
  }
  const header = chunks.find(({ name }) => name === 'IHDR')?.content;
  const channels = header && { 2: 3, 6: 4 }[header[9] ?? -1];
  if (!header || !channels || header[8] !== 8 || header[12] !== 0)
    throw new Error('Not a PNG of the expected kind');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const packed = Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map(({ content }) => content));
  const pixels = unfiltered(inflateSync(packed), width * channels, height, channels);
  return {
    width,
    height,
    chunks: chunks.map(({ name }) => name),
    pixel(x, y) {
      const at = (y * width + x) * channels;
      return [pixels[at] ?? -1, pixels[at + 1] ?? -1, pixels[at + 2] ?? -1];
    },
  };
}

/** Undoes the filters of the rows (PNG specification, chapter 9). */
function unfiltered(data: Buffer, rowLength: number, height: number, step: number): Uint8Array {
  const pixels = new Uint8Array(rowLength * height);
  for (let row = 0; row < height; row += 1) {
    const filter = data[row * (rowLength + 1)] ?? 0;
    for (let column = 0; column < rowLength; column += 1) {
      const at = row * rowLength + column;
      const left = column >= step ? (pixels[at - step] ?? 0) : 0;
      const up = row > 0 ? (pixels[at - rowLength] ?? 0) : 0;
      const corner = row > 0 && column >= step ? (pixels[at - rowLength - step] ?? 0) : 0;
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      pixels[at] = ((data[row * (rowLength + 1) + 1 + column] ?? 0) + predicted) & 0xff;
    }
  }
  return pixels;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
