import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  encodeWithin,
  scaled,
  withoutMetadata,
  type Form,
} from '../../../../../src-renderer/features/screenshot/encode';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** The check sum is not looked at. */
function chunk(name: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, content, Buffer.alloc(4)]);
}

const png = (...more: Buffer[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    Buffer.concat([
      SIGNATURE,
      chunk('IHDR', Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0)),
      ...more,
      chunk('IDAT', deflateSync(Uint8Array.of(0, 1, 2, 3, 255))),
      chunk('IEND', new Uint8Array()),
    ]),
  );

describe('a finished picture', () => {
  it('holds pixels and nothing else', () => {
    const told = png(
      chunk('tEXt', Buffer.from('Author\0Priya Raman')),
      chunk('tIME', new Uint8Array(7)),
      chunk('eXIf', Buffer.from('where it was')),
    );
    expect(withoutMetadata(told)).toEqual(png());
  });

  it.each([
    ['cut off', png().subarray(0, 40)],
    ['no PNG at all', new TextEncoder().encode('hello')],
    ['empty', new Uint8Array()],
  ])('that is %s is left as it is', (_what, bytes) => {
    expect(withoutMetadata(bytes)).toEqual(bytes);
  });
});

describe('a picture too large to go along', () => {
  /** Encodes with a size per form; `null`: the machine cannot. */
  const encoder = (sizes: (form: Form) => number | null) => async (form: Form) => {
    const size = sizes(form);
    return size === null ? null : new Uint8Array(size);
  };

  it('stays a PNG while it fits', async () => {
    expect(
      await encodeWithin(
        100,
        encoder(() => 100),
      ),
    ).toMatchObject({ ok: true, value: { type: 'image/png', scale: 1 } });
  });

  it('becomes a JPEG of the same size first', async () => {
    const answer = await encodeWithin(
      100,
      encoder(({ type }) => (type === 'image/png' ? 101 : 99)),
    );
    expect(answer).toMatchObject({ ok: true, value: { type: 'image/jpeg', scale: 1 } });
  });

  it('is then made smaller, also where the machine cannot do the larger one', async () => {
    const answer = await encodeWithin(
      100,
      encoder(({ scale }) => (scale > 0.75 ? null : scale * 160)),
    );
    expect(answer).toMatchObject({ ok: true, value: { scale: 0.5 } });
  });

  it('is refused when nothing helps', async () => {
    expect(
      await encodeWithin(
        100,
        encoder(() => 101),
      ),
    ).toEqual({ ok: false, fault: 'tooLarge' });
  });

  it('never loses a side', () => {
    expect(scaled({ width: 1, height: 900 }, 0.25)).toEqual({ width: 1, height: 225 });
  });
});
