import { MARKS, type Language, type Mark, type Topic } from './lexicon/lexicon';
import type { Unit } from './units';
import { vocabularyOf } from './vocabulary';
import { stem } from './words';

/** What a unit shows. */
export interface Reading {
  readonly unit: Unit;
  /** How often each mark was found. */
  readonly marks: Readonly<Record<Mark, number>>;
  /** Where each mark was found first, as the index of a word; Infinity where it was not. */
  readonly first: Readonly<Record<Mark, number>>;
  readonly topics: ReadonlySet<Topic>;
  /** Stems of the words that carry a meaning. */
  readonly stems: ReadonlySet<string>;
  /** A number of problems is announced ("two issues"); `Infinity` for no certain number ("several things"). */
  readonly announced: number;
}

/** Words between the number and the noun: "two very different issues". */
const ANNOUNCE_REACH = 3;
const NUMBERS: Readonly<Record<string, number>> = {
  two: 2, '2': 2, zwei: 2, deux: 2, dos: 2, couple: 2, three: 3, '3': 3, drei: 3, trois: 3, tres: 3,
  four: 4, '4': 4, vier: 4, quatre: 4, cuatro: 4,
}; // prettier-ignore

/** Ends of plurals in the four languages. */
const PLURAL = /[sen]$/;

/** Reads a unit with the vocabulary of a language. */
export function read(unit: Unit, language: Language): Reading {
  const { common, signs } = vocabularyOf(language);
  const marks = { ...NONE };
  const first = { ...NOWHERE };
  const topics = new Set<Topic>();
  const stems = new Set<string>();
  let counted: { at: number; word: string } | null = null;
  let announced = 0;
  unit.words.forEach((word, index) => {
    if (!common.has(word) && word.length > 2) stems.add(stem(word));
    for (const { value } of signs.at(unit.words, index)) {
      if ('topic' in value) {
        topics.add(value.topic);
        continue;
      }
      marks[value.mark] += 1;
      first[value.mark] = Math.min(first[value.mark], index);
      if (value.mark === 'count') counted = { at: index, word };
      if (value.mark === 'problemNoun' && counted && index - counted.at <= ANNOUNCE_REACH) {
        announced = NUMBERS[counted.word] ?? Infinity;
      }
      if (
        value.mark === 'problemNoun' &&
        unit.colon &&
        index === unit.words.length - 1 &&
        PLURAL.test(word)
      ) {
        announced = announced || Infinity;
      }
    }
  });
  return { unit, marks, first, topics, stems, announced };
}

const blank = (value: number): Record<Mark, number> =>
  Object.fromEntries(MARKS.map((mark) => [mark, value])) as Record<Mark, number>;
const NONE = blank(0);
const NOWHERE = blank(Infinity);
