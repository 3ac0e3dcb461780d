import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../../src-main/desk/rt/files';
import { letterOf, MAX_WORDS_BYTES } from '../../../../src-main/desk/rt/parts';
import { outgoingFile } from '../../../live/board';

const VALUE = { Subject: 'Grüße' };

async function content(...files: ReturnType<typeof outgoingFile>[]) {
  const result = await contentOf(VALUE, files);
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return { type: result.value.type, text: Buffer.from(result.value.bytes).toString('latin1') };
}
const typeOf = async (bytes: Uint8Array, type: string): Promise<string | undefined> => {
  const { text } = await content(outgoingFile('a', bytes, type));
  return /filename="a"\r\nContent-Type: (.*)\r\n/.exec(text)?.[1];
};

describe('the body of a write', () => {
  it('is JSON without files, and multipart with some', async () => {
    expect(await content()).toEqual({
      type: 'application/json',
      text: Buffer.from(JSON.stringify(VALUE)).toString('latin1'),
    });
    const { type, text } = await content(outgoingFile('дата.bin', Buffer.from([0, 255, 13, 10])));
    const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(type)?.[1] ?? '';
    const name = Buffer.from('дата.bin').toString('latin1');
    expect(text.split(`--${boundary}`)).toEqual([
      '',
      `\r\nContent-Disposition: form-data; name="JSON"\r\nContent-Type: application/json\r\n\r\n${Buffer.from(JSON.stringify(VALUE)).toString('latin1')}\r\n`,
      `\r\nContent-Disposition: form-data; name="Attachments"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n\u0000\u00ff\r\n\r\n`,
      '--\r\n',
    ]);
  });

  it.each([
    ['an empty file', outgoingFile('leer.txt', new Uint8Array())],
    ['a name with quotes', outgoingFile('"a".txt', Buffer.from('x'))],
    ['a name with a backslash', outgoingFile('a\\b.txt', Buffer.from('x'))],
  ])('is JSON with %s', async (_what, file) => {
    const { type, text } = await content(outgoingFile('full.bin', Buffer.from([1, 2, 3])), file);
    expect(type).toBe('application/json');
    const { Attachments } = JSON.parse(text) as { Attachments: { FileName: string; FileContent: string }[] };
    expect(Attachments.map(({ FileContent }) => [...Buffer.from(FileContent, 'base64')])).toEqual([
      [1, 2, 3],
      [...(await file.open())],
    ]);
    // RT takes an empty text for none.
    expect(Attachments.every(({ FileContent }) => FileContent !== '')).toBe(true);
  });

  it('never has a line of a name in its headers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), async (name) => {
        const { type, text } = await content(outgoingFile(name, Buffer.from('x')));
        if (type === 'application/json') return;
        const head = text.slice(text.indexOf('name="Attachments"'), text.indexOf('\r\n\r\nx'));
        expect(head.split('\r\n')).toHaveLength(2);
      }),
    );
  });

  it.each([
    ['text/plain', 'für', 'text/plain'],
    ['text/plain', Buffer.from('für', 'latin1'), 'application/octet-stream'],
    ['text/html', Buffer.from('für', 'utf16le'), 'application/octet-stream'],
    ['message/rfc822', 'Subject: x', 'application/octet-stream'],
    ['multipart/mixed', 'x', 'application/octet-stream'],
    ['image/png', Buffer.from([137, 80]), 'image/png'],
    ['', 'x', 'application/octet-stream'],
    ['text/plain\r\nX-Evil: 1', 'x', 'application/octet-stream'],
  ])('sends %j with %j as %s, so that it comes back byte by byte', async (type, bytes, expected) => {
    expect(await typeOf(Buffer.from(bytes), type)).toBe(expected);
  });

  it('says which file is lost', async () => {
    const lost = { ...outgoingFile('b', Buffer.from('x')), open: () => Promise.reject(new Error('gone')) };
    expect(await contentOf(VALUE, [outgoingFile('a', Buffer.from('x')), lost])).toEqual({
      ok: false,
      fault: { kind: 'rejected', message: '', fields: [{ pointer: '/files/1', reason: 'missing' }] },
    });
  });
});

describe('what somebody wrote at once', () => {
  const part = (id: string, ContentType: string, Filename = '', ContentLength = 10) => ({
    id,
    TransactionId: '1',
    Filename,
    ContentType,
    ContentLength,
  });

  it('has the plain words of a mail that has them twice, and its files', () => {
    const letter = letterOf([
      part('1', 'multipart/mixed', '', 0),
      part('2', 'multipart/alternative', '', 0),
      part('3', 'text/plain; charset=utf-8'),
      part('4', 'text/html'),
      part('5', 'text/plain', 'log.txt'),
      part('6', 'image/png'),
    ]);
    expect(letter.words.map(({ id }) => id)).toEqual(['3']);
    expect(letter.isHtml).toBe(false);
    expect(letter.files).toMatchObject([{ name: 'log.txt' }, { id: '6', name: '6.png' }]);
  });

  it('has the words of HTML where there are no others', () => {
    expect(letterOf([part('1', 'text/html')])).toMatchObject({ isHtml: true, files: [] });
  });

  it('has no file for words that are not there', () => {
    expect(letterOf([part('1', '', '', 0), part('2', 'image/png', 'a.png')])).toMatchObject({
      words: [],
      files: [{ name: 'a.png' }],
    });
  });

  it('offers words that are too many as a file', () => {
    const letter = letterOf([part('1', 'text/plain', '', MAX_WORDS_BYTES + 1)]);
    expect(letter).toMatchObject({ words: [], files: [{ name: '1.txt', size: MAX_WORDS_BYTES + 1 }] });
  });
});
