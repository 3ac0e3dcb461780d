import { MAX_SUMMARY_LENGTH } from './primitives';

/** Control characters (C0 without tab and newline, DEL, C1): nobody types them, and some boards refuse them. */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
/** Line and paragraph separators, form feed and vertical tab mean a new line; Windows and old Mac endings too. */
const NEWLINE = /\r\n|[\r\u000b\u000c\u0085\u2028\u2029]/g;
/** Halves of a surrogate pair on their own: no valid text, and refused by strict JSON parsers. */
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** What shows nothing on screen: white space, zero-width characters, marks of direction and joiners. */
const INVISIBLE =
  /[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]/gu;
/** The end of a sentence: a mark, closing quotes and brackets, then space or the end; or a full stop that needs none. */
const SENTENCE_END =
  /[.!?\u2026\u061f\u06d4\u0964]+[)\]"'\u2019\u201d\u00bb]*(?=\s|$)|[\u3002\uff01\uff1f]+/u;
/** A first sentence shorter than this ("Hi.", "Hello all!") says nothing of the problem; the next one goes along. */
const SHORT_SENTENCE = 15;
const ELLIPSIS = '\u2026';

/**
 * Text as it may be stored and sent: control characters dropped, every kind of line end made `\n`, broken surrogate
 * halves replaced by U+FFFD. Emoji, joiners and right-to-left text stay as they are. Applying it twice changes nothing.
 */
export function cleanText(text: string): string {
  return text.replace(NEWLINE, '\n').replace(CONTROL, '').replace(LONE_SURROGATE, '\ufffd');
}

/** Whether nothing of the text can be seen. */
export function isBlank(text: string): boolean {
  return cleanText(text).replace(INVISIBLE, '') === '';
}

/**
 * One line that stands for a problem: its first sentence or line, at most `MAX_SUMMARY_LENGTH` UTF-16 units, cut at
 * a word or else between two graphemes and then ended by an ellipsis. Empty only for a blank text.
 */
export function summarise(problem: string): string {
  const lines = cleanText(problem)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => !isBlank(line));
  return shorten(withoutFullStop(firstSentence(lines.join('\n'))), MAX_SUMMARY_LENGTH);
}

/** A title ends without a full stop, unless it is all there is to see; dots that say that something is left out stay. */
function withoutFullStop(sentence: string): string {
  const title = sentence.replace(/([^.\s])\.$/u, '$1');
  return isBlank(title) ? sentence : title;
}

/** The first sentence within the first line; a greeting takes what follows along, from the next line too. */
function firstSentence(text: string): string {
  const [line = '', ...more] = text.split('\n');
  const end = sentenceEnd(line);
  if (end < line.length) return line.slice(0, end).trim();
  const next = more[0];
  return next !== undefined && line.length < SHORT_SENTENCE
    ? `${line} ${next.slice(0, sentenceEnd(next))}`.trim()
    : line;
}

/** Where the first sentence that says something ends; the length of the line if it has one sentence only. */
function sentenceEnd(line: string): number {
  let from = 0;
  for (;;) {
    const match = SENTENCE_END.exec(line.slice(from));
    if (!match) return line.length;
    from += match.index + match[0].length;
    if (from >= SHORT_SENTENCE) return from;
  }
}

/**
 * The text itself if it fits into `max` UTF-16 units, else its beginning with an ellipsis. `max` is at least 1.
 * A word is never cut unless it fills more than half of the room; a grapheme is never cut.
 */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const room = max - ELLIPSIS.length;
  let end = 0;
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(
    text.slice(0, max * 4),
  )) {
    if (end + segment.length > room) break;
    end += segment.length;
  }
  const space = text.slice(0, end + 1).lastIndexOf(' ');
  const kept = text.slice(0, space > room / 2 ? space : end).trimEnd();
  return `${kept.replace(/[,;:\u2013\u2014-]+$/u, '').trimEnd() || kept}${ELLIPSIS}`;
}
