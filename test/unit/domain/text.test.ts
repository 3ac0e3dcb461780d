import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SUMMARY_LENGTH } from '../../../src-shared/domain/primitives';
import { cleanText, isBlank, shorten, summarise } from '../../../src-shared/domain/text';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.lorem({ maxCount: 30 }),
  fc
    .array(fc.constantFrom('a', ' ', '.', '\n', '\r\n', '\u0000', '\u202e', '👩‍🔧', 'ש', '\ud800', '!', '…'), {
      maxLength: 300,
    })
    .map((parts) => parts.join('')),
);
const graphemes = (text: string) =>
  [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map((one) => one.segment);
const isWellFormed = (text: string) => new TextDecoder().decode(new TextEncoder().encode(text)) === text;

describe('cleanText', () => {
  it('drops control characters and keeps tabs, new lines, emoji and right-to-left text', () => {
    expect(cleanText('a\u0000b\u001b[31m\tc\r\nd\re\u2028f\u0085g\u007f')).toBe('ab[31m\tc\nd\ne\nf\ng');
    expect(cleanText('👩‍🔧 שלום \u200fabc')).toBe('👩‍🔧 שלום \u200fabc');
  });

  it('replaces a broken half of a character', () => {
    expect(cleanText('a\ud83d b \udc69')).toBe('a\ufffd b \ufffd');
  });

  it('changes nothing the second time, and leaves only well-formed text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = cleanText(text);
        expect(cleanText(once)).toBe(once);
        expect(isWellFormed(once)).toBe(true);
        expect(once).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
      }),
    );
  });
});

describe('isBlank', () => {
  it.each(['', ' \n\t', '\u200b\ufeff', '\u0000', '\u202e\u2066', '\u00ad', '\u3164'])(
    'sees nothing in %j',
    (text) => {
      expect(isBlank(text)).toBe(true);
    },
  );
  it.each(['x', '.', '👍', 'ש', '\u200f!'])('sees something in %j', (text) => {
    expect(isBlank(text)).toBe(false);
  });
});

describe('summarise', () => {
  it.each([
    ['Outlook asks for my password. It does so every few minutes.', 'Outlook asks for my password'],
    ['Outlook asks for my password\nevery few minutes', 'Outlook asks for my password'],
    ['\n\n  The   printer is\tjammed again  \n', 'The printer is jammed again'],
    ['Hi all!\nThe printer is jammed. Again.', 'Hi all! The printer is jammed'],
    ['Hello. My VPN drops every ten minutes. Please help.', 'Hello. My VPN drops every ten minutes'],
    ['Version 2.4.1 of Acrobat does not start', 'Version 2.4.1 of Acrobat does not start'],
    [
      'プリンターが詰まっていて何も印刷できません。助けてください。',
      'プリンターが詰まっていて何も印刷できません。',
    ],
    ['?', '?'],
    ['\u202e.', '\u202e.'],
  ])('%j becomes %j', (problem, summary) => {
    expect(summarise(problem)).toBe(summary);
  });

  it('cuts a long sentence at a word', () => {
    const summary = summarise('word '.repeat(100));
    expect(summary.length).toBeLessThanOrEqual(MAX_SUMMARY_LENGTH);
    expect(summary).toMatch(/word…$/);
  });

  it('cuts text without spaces between graphemes', () => {
    const family = '👨‍👩‍👧‍👦';
    const summary = summarise(family.repeat(100));
    expect(graphemes(summary.slice(0, -1)).every((one) => one === family)).toBe(true);
    expect(summary.endsWith('…')).toBe(true);
  });

  it('copes with 200,000 characters', () => {
    expect(summarise('x'.repeat(200_000))).toHaveLength(MAX_SUMMARY_LENGTH);
  });

  it('is one visible line within the limit for everything that is not blank', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const summary = summarise(text);
        expect(isBlank(summary)).toBe(isBlank(text));
        expect(summary.length).toBeLessThanOrEqual(MAX_SUMMARY_LENGTH);
        expect(summary).not.toContain('\n');
        expect(isWellFormed(summary)).toBe(true);
      }),
    );
  });
});

describe('shorten', () => {
  it('leaves what fits and never exceeds the room', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (text, max) => {
          const short = shorten(text, max);
          expect(short.length).toBeLessThanOrEqual(max);
          if (text.length <= max) expect(short).toBe(text);
        },
      ),
    );
  });
});
