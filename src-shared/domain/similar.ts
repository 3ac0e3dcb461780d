import { LANGUAGES, type Topic } from './problems/lexicon/lexicon';
import { vocabularyOf } from './problems/vocabulary';
import { stem, wordsOf } from './problems/words';

/** What of a text is compared: the stems of words that carry a meaning, and what it is about. */
export interface Gist {
  readonly stems: ReadonlySet<string>;
  readonly topics: ReadonlySet<Topic>;
}

/** As much of a text as is compared, in UTF-16 units: what it is about is said early. */
const SAMPLE = 4_000;
/** Shorter words say little of the matter, unless they name a topic. */
const SHORT = 3;
/** From this on two texts tell of the same thing; with a topic in common, from less. Found with the examples in the tests. */
const SAME = 0.5;
const SAME_WITH_TOPIC = 0.4;
const SHARED_AT_LEAST = 2;
/** Topics that come along with any problem. */
const BLAND: ReadonlySet<Topic> = new Set<Topic>(['computer']);

/**
 * The gist of a text, whatever its language: short texts do not show theirs, so stop words and topic words of all
 * languages count. A topic is the same in every language, so a German report meets an English outage.
 */
export function gistOf(text: string): Gist {
  const words = wordsOf(text.slice(0, SAMPLE));
  const vocabularies = LANGUAGES.map(vocabularyOf);
  const isCommon = (word: string): boolean => vocabularies.some(({ common }) => common.has(word));
  const stems = new Set<string>();
  const topics = new Set<Topic>();
  words.forEach((word, index) => {
    const found = vocabularies
      .flatMap(({ signs }) => signs.at(words, index))
      .flatMap(({ value }) => ('topic' in value && !BLAND.has(value.topic) ? [value.topic] : []));
    found.forEach((topic) => topics.add(topic));
    if (found.length > 0 || (word.length >= SHORT && !isCommon(word))) stems.add(stem(word));
  });
  return { stems, topics };
}

/** How alike two gists are, from 0 to 1: the words they share, by the geometric mean of how many they have. */
export function likeness(one: Gist, other: Gist): number {
  if (one.stems.size === 0 || other.stems.size === 0) return 0;
  return shared(one.stems, other.stems) / Math.sqrt(one.stems.size * other.stems.size);
}

/** Whether two gists tell of the same thing. Rather says no: a needless question costs more than a missed one. */
export function isSimilar(one: Gist, other: Gist): boolean {
  if (shared(one.stems, other.stems) < Math.min(SHARED_AT_LEAST, one.stems.size, other.stems.size))
    return false;
  const enough = shared(one.topics, other.topics) > 0 ? SAME_WITH_TOPIC : SAME;
  return likeness(one, other) >= enough;
}

/** The candidate most like a text, if one tells of the same thing; the first among equals. */
export function mostSimilar<T>(
  text: string,
  candidates: readonly { readonly value: T; readonly gist: Gist }[],
): T | null {
  const gist = gistOf(text);
  let best: { readonly value: T; readonly score: number } | null = null;
  for (const candidate of candidates) {
    if (!isSimilar(gist, candidate.gist)) continue;
    const score = likeness(gist, candidate.gist);
    if (best === null || score > best.score) best = { value: candidate.value, score };
  }
  return best === null ? null : best.value;
}

/**
 * Whether a text may tell of an announced outage: about the same thing by its title, or much like its words. More
 * willing than `isSimilar`: everybody tells of an outage in other words, and to join it costs nothing.
 */
export function isLikeOutage(
  text: string,
  outage: { readonly title: string; readonly text: string },
): boolean {
  const gist = gistOf(text);
  if (gist.stems.size < SHARED_AT_LEAST && gist.topics.size === 0) return false;
  const title = gistOf(outage.title);
  return (
    shared(gist.topics, title.topics) > 0 || isSimilar(gist, title) || isSimilar(gist, gistOf(outage.text))
  );
}

function shared<T>(one: ReadonlySet<T>, other: ReadonlySet<T>): number {
  let count = 0;
  for (const item of one) if (other.has(item)) count += 1;
  return count;
}
