import type { Language } from './lexicon/lexicon';
import { vocabularyOf } from './vocabulary';
import { wordsOf } from './words';

/** A sentence or list item: the smallest piece that is never cut. */
export interface Unit {
  /** Where it begins and ends in the text, in UTF-16 units; without the white space around it. */
  readonly start: number;
  readonly end: number;
  readonly words: readonly string[];
  /** First of its line. */
  readonly opensLine: boolean;
  /** First after an empty line. */
  readonly opensParagraph: boolean;
  /** First of a list item: numbered, lettered, with a dash, or with a label ("System: …"). */
  readonly item: 'number' | 'dash' | 'label' | null;
  /** Ends without a mark, as titles and notes do. */
  readonly fragment: boolean;
  /** Ends with a colon: something follows. */
  readonly colon: boolean;
}

interface Piece {
  readonly start: number;
  readonly end: number;
}

const ITEM_LINE =
  /^\s*(?:(\(?\d{1,2}\s?[.):](?!\d)|\(?[a-hA-H]\)|\d{1,2}\s(?=\p{L}))|[-*\u2022\u2013\u2014>\u00b7]+(?=\s|\p{L}))\s*/u;
/** A word or two and a colon, with something behind it. */
const LABEL = /^\s*\p{L}[\p{L} /]{1,30}:\s+\S/u;
/** A number that can open an item within a line. */
const INLINE_NUMBER = /(?<=^|[\s:;,.!?])\(?(\d{1,2})(?:\)|\.(?=\s?\p{L}))(?=\s?\S)/gu;
/** Where a sentence ends though what follows is written small, and where a postscript begins. */
const HIDDEN_END =
  /(?<=[.!?\u2026]["')\]\u00bb\u201d]{0,3})(?<!\s)\s+(?=\p{Ll})|(?<=\S)\s+(?=P\.?\s?[SD]\.?\s?[:/.\u2013-])/gu;
const CLEAR_END = /[.!?\u2026]["')\]]{0,3}\s/gu;
/** In UTF-16 units. */
const CHUNK = 1000;
const POSTSCRIPT = /^\s*P\.?\s?[SD]\.?\s*[:/\u2013-]?\s*$/u;
/** A sentence with fewer words ("Hi.", "PS.") goes along with the next one. */
const SHORT = 2;

/** The sentences and list items of a text, in order. White space alone makes none. Linear in the text's length. */
export function unitsOf(text: string, language: Language): Unit[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  const { abbreviations } = vocabularyOf(language);
  const units: Unit[] = [];
  let afterBlank = false;
  for (const line of linesOf(text)) {
    const raw = text.slice(line.start, line.end);
    if (raw.trim() === '') {
      afterBlank = true;
      continue;
    }
    for (const [index, piece] of itemsOf(raw).entries()) {
      const item = kindOf(raw.slice(piece.start, piece.end), index > 0);
      for (const [n, sentence] of sentencesOf(
        raw.slice(piece.start, piece.end),
        segmenter,
        abbreviations,
      ).entries()) {
        const start = line.start + piece.start + sentence.start;
        const end = line.start + piece.start + sentence.end;
        const opensLine = index === 0 && n === 0;
        units.push({
          start,
          end,
          words: wordsOf(text.slice(start, end)),
          opensLine,
          opensParagraph: opensLine && afterBlank,
          item: n === 0 ? item : null,
          colon: text[end - 1] === ':',
          fragment: !/[.!?:…]["')\]\u00bb\u201d]*$/u.test(text.slice(Math.max(start, end - 4), end)),
        });
      }
    }
    afterBlank = false;
  }
  return units;
}

function linesOf(text: string): Piece[] {
  const lines: Piece[] = [];
  let start = 0;
  for (const match of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) {
    lines.push({ start, end: match.index });
    start = match.index + match[0].length;
  }
  lines.push({ start, end: text.length });
  return lines;
}

/** A line cut at the numbers 1, 2, 3 … within it, if there are at least two of them in order. */
function itemsOf(line: string): Piece[] {
  const cuts: number[] = [];
  for (const match of line.matchAll(INLINE_NUMBER)) {
    if (Number(match[1]) === cuts.length + 1) cuts.push(match.index);
  }
  if (cuts.length < 2) return [{ start: 0, end: line.length }];
  const starts = line.slice(0, cuts[0]).trim() === '' ? [0, ...cuts.slice(1)] : [0, ...cuts];
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? line.length }));
}

function kindOf(item: string, numbered: boolean): Unit['item'] {
  if (numbered) return 'number';
  const match = ITEM_LINE.exec(item);
  if (!match) return LABEL.test(item) ? 'label' : null;
  return match[1] === undefined ? 'dash' : 'number';
}

/** The line in pieces of at least `CHUNK` that end with a sentence: the segmenter slows down on very long strings. */
function chunksOf(line: string): Piece[] {
  const ends = [0];
  for (const match of line.matchAll(CLEAR_END)) {
    const end = match.index + match[0].length;
    if (end - (ends.at(-1) ?? 0) >= CHUNK) ends.push(end);
  }
  if (ends.at(-1) !== line.length) ends.push(line.length);
  return ends.slice(1).map((end, i) => ({ start: ends[i] ?? 0, end }));
}

/** The sentences of one line. */
const sentencesOf = (line: string, segmenter: Intl.Segmenter, abbreviations: ReadonlySet<string>): Piece[] =>
  chunksOf(line).flatMap(({ start, end }) =>
    sentencesIn(line.slice(start, end), segmenter, abbreviations).map((piece) => ({
      start: start + piece.start,
      end: start + piece.end,
    })),
  );

/** The sentences of a piece, trimmed. Abbreviations and fragments do not end one. */
function sentencesIn(line: string, segmenter: Intl.Segmenter, abbreviations: ReadonlySet<string>): Piece[] {
  const sentences: Piece[] = [];
  let open: number | null = null;
  for (const { index, segment } of segmenter.segment(line)) {
    let from = 0;
    for (const end of [
      ...Array.from(segment.matchAll(HIDDEN_END), (m) => m.index + m[0].length),
      segment.length,
    ]) {
      const start: number = open ?? index + from;
      const last = index + end === line.length;
      if (
        !last &&
        isOpen(line.slice(Math.max(start, index + end - 60), index + end), index + end - start, abbreviations)
      )
        open = start;
      else {
        const piece = trimmed(line, start, index + end);
        if (piece) sentences.push(piece);
        open = null;
      }
      from = end;
    }
  }
  return sentences;
}

/** Whether what ends so far is no sentence yet: a fragment of a few words, or an abbreviation at the end. */
function isOpen(tail: string, length: number, abbreviations: ReadonlySet<string>): boolean {
  const words = wordsOf(tail);
  if (length < 60 && (words.length < SHORT || POSTSCRIPT.test(tail))) return true;
  const last = words.at(-1) ?? '';
  return /\.\s*$/u.test(tail) && abbreviations.has(last);
}

function trimmed(line: string, start: number, end: number): Piece | null {
  const raw = line.slice(start, end);
  const text = raw.trim();
  if (text === '') return null;
  const from = start + raw.indexOf(text);
  return { start: from, end: from + text.length };
}
