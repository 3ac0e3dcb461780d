import { fold } from './words';

/** A phrase found: what it shows, and the number of words it takes. */
export interface Found<T> {
  readonly value: T;
  readonly length: number;
}

/** Words whose look-up is remembered. */
const MAX_REMEMBERED = 5000;

/** An ending of so few letters is an inflection ("i *ed") and needs a stem before it: "I need" is no past. In letters. */
const LONGEST_INFLECTION = 3;
const SHORTEST_STEM = 3;

/** Finds phrases in folded words. */
export interface Phrases<T> {
  /** What begins at the word with this index. Time does not depend on how many phrases are known. */
  at(words: readonly string[], index: number): readonly Found<T>[];
}

type Pattern = (word: string) => boolean;
interface Entry<T> {
  readonly rest: readonly Pattern[];
  readonly found: Found<T>;
}
type Table<T> = Map<string, Entry<T>[]>;

/**
 * Phrases of one or more words, separated by commas; `abc*` and `*abc` stand for beginnings and endings. They are
 * looked up by their first word, so that the time grows with the text only.
 */
export function compilePhrases<T>(lists: Iterable<readonly [value: T, phrases: string]>): Phrases<T> {
  const exact: Table<T> = new Map();
  const beginnings: Table<T> = new Map();
  const endings: Table<T> = new Map();
  for (const [value, phrases] of lists) {
    for (const phrase of phrases.split(',')) {
      const [first, ...rest] = phrase.trim().split(/[\s'’-]+/u);
      if (!first) continue;
      const table = first.endsWith('*') ? beginnings : first.startsWith('*') ? endings : exact;
      const key = fold(first.replaceAll('*', ''));
      const entry = { rest: rest.map(patternOf), found: { value, length: rest.length + 1 } };
      const known = table.get(key);
      if (known) known.push(entry);
      else table.set(key, [entry]);
    }
  }
  const firsts = [
    { table: exact, keys: (word: string) => [word] },
    { table: beginnings, keys: cutter(beginnings, (word, length) => word.slice(0, length)) },
    { table: endings, keys: cutter(endings, (word, length) => word.slice(word.length - length)) },
  ];
  const entriesOf = remembered((word): readonly Entry<T>[] =>
    firsts.flatMap(({ table, keys }) => keys(word).flatMap((key) => table.get(key) ?? [])),
  );
  return {
    at: (words, index) =>
      entriesOf(words[index] ?? '')
        .filter(({ rest }) => rest.every((matches, i) => matches(words[index + 1 + i] ?? '')))
        .map(({ found }) => found),
  };
}

/** Remembers what was looked up, as words come again and again; forgets all once it is too much. */
function remembered<V>(look: (word: string) => V): (word: string) => V {
  const known = new Map<string, V>();
  return (word) => {
    const found = known.get(word) ?? look(word);
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(word, found);
    return found;
  };
}

/** The parts of a word that can be keys of the table: as many as there are different lengths of keys. */
function cutter<T>(
  table: Table<T>,
  cut: (word: string, length: number) => string,
): (word: string) => string[] {
  const lengths = [...new Set([...table.keys()].map((key) => key.length))];
  return (word) => lengths.filter((length) => length <= word.length).map((length) => cut(word, length));
}

function patternOf(text: string): Pattern {
  const key = fold(text.replaceAll('*', ''));
  if (text.endsWith('*')) return (word) => word.startsWith(key);
  if (text.startsWith('*')) {
    const shortest = key.length + (key.length <= LONGEST_INFLECTION ? SHORTEST_STEM : 0);
    return (word) => word.length >= shortest && word.endsWith(key);
  }
  return (word) => word === key;
}
