import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LANGUAGES, type Language } from '../../../src-shared/domain/problems/lexicon/lexicon';

/** A labelled help request; see test/corpus/problems/README.md. */
export interface Sample {
  readonly id: string;
  readonly lang: Language;
  readonly split?: 'train' | 'heldout';
  readonly label: 'one' | 'several';
  readonly n: number;
  /** Where the further problems begin, in UTF-16 units, where marked. */
  readonly cuts?: readonly number[];
  readonly text: string;
}

/** The part an id belongs to: decided by the id alone, before any rule was written. About 40 % are held out. */
export function splitOf(id: string): 'train' | 'heldout' {
  let hash = 0x811c9dc5;
  for (const letter of id) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  return ((hash ^ (hash >>> 13)) >>> 0) % 10 < 4 ? 'heldout' : 'train';
}

/** Samples of one JSON object per line. */
export const readSamples = (file: string): Sample[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Sample);

/** The corpus of this repository. */
export const corpus = (root: string): Sample[] =>
  LANGUAGES.flatMap((language) => readSamples(path.join(root, `test/corpus/problems/${language}.jsonl`)));
