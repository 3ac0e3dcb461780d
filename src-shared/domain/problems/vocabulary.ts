import { DE } from './lexicon/de';
import { EN } from './lexicon/en';
import { ES } from './lexicon/es';
import { FR } from './lexicon/fr';
import { MARKS, type Language, type Lexicon, type Mark, type Topic } from './lexicon/lexicon';
import { NAMES } from './lexicon/names';
import { compilePhrases, type Phrases } from './phrases';
import { fold } from './words';

/** What a phrase shows: how it works in the text, or what it is about. */
export type Sign = { readonly mark: Mark } | { readonly topic: Topic };

/** A lexicon ready for look-ups. */
export interface Vocabulary {
  readonly common: ReadonlySet<string>;
  readonly abbreviations: ReadonlySet<string>;
  readonly signs: Phrases<Sign>;
}

/** The lexicon of each language. */
export const LEXICONS: Readonly<Record<Language, Lexicon>> = { en: EN, de: DE, fr: FR, es: ES };

const compiled = new Map<Language, Vocabulary>();

/** The vocabulary of a language; compiled when first asked for. */
export function vocabularyOf(language: Language): Vocabulary {
  const known = compiled.get(language);
  if (known) return known;
  const vocabulary = compile(LEXICONS[language]);
  compiled.set(language, vocabulary);
  return vocabulary;
}

const compile = (lexicon: Lexicon): Vocabulary => ({
  common: setOf(lexicon.common),
  abbreviations: setOf(lexicon.abbreviations),
  signs: compilePhrases<Sign>([
    ...MARKS.map((mark) => [{ mark }, lexicon.marks[mark]] as const),
    ...topicsOf(NAMES),
    ...topicsOf(lexicon.topics),
  ]),
});

const topicsOf = (topics: Lexicon['topics']): (readonly [Sign, string])[] =>
  (Object.keys(topics) as Topic[]).map((topic) => [{ topic }, topics[topic] ?? '']);

/** The words of a list separated by commas. */
export const setOf = (list: string): ReadonlySet<string> =>
  new Set(list.split(',').map((word) => fold(word.trim())));
