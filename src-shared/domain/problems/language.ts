import { LANGUAGES, type Language } from './lexicon/lexicon';
import { vocabularyOf } from './vocabulary';
import { wordsOf } from './words';

/** As much of a text as tells its language, in UTF-16 units. */
const SAMPLE = 4000;

/**
 * The language with the most grammar words in the beginning of the text. The hint (the app's language) decides when
 * the text does not; without one, English does.
 */
export function languageOf(text: string, hint: Language = 'en'): Language {
  const words = wordsOf(text.slice(0, SAMPLE));
  const counts = LANGUAGES.map((language) => {
    const { common } = vocabularyOf(language);
    return {
      language,
      hits: words.filter((word) => common.has(word)).length + (language === hint ? 0.5 : 0),
    };
  });
  return counts.reduce((best, next) => (next.hits > best.hits ? next : best)).language;
}
