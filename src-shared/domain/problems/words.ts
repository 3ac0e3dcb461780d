const WORD = /[\p{L}\p{N}]+(?:\p{M}+[\p{L}\p{N}]*)*/gu;
const ACCENTS = /\p{M}+/gu;
/** Longer runs of letters are pasted data; only their beginning is compared. */
const MAX_WORD = 40;

/** A word as it is compared: lower case, without accents, so that hurried typing matches. */
export const fold = (word: string): string =>
  word
    .slice(0, MAX_WORD)
    .toLowerCase()
    .normalize('NFD')
    .replace(ACCENTS, '')
    .replaceAll('ß', 'ss')
    .replaceAll('œ', 'oe');

/** The words of a text in order, folded. An apostrophe parts words: "can't" is `can`, `t`. */
export const wordsOf = (text: string): string[] => Array.from(text.matchAll(WORD), ([word]) => fold(word));

/** What stands for a word and its inflected forms when two sentences are compared. */
export const stem = (word: string): string => word.slice(0, 6);
