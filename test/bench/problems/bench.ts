import { existsSync } from 'node:fs';
import path from 'node:path';
import { LANGUAGES } from '../../../src-shared/domain/problems/lexicon/lexicon';
import { corpus, readSamples, type Sample } from './corpus';
import { cutFigures, measure, timings } from './measure';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(8);

/** One row of figures. Only numbers and ids are printed, never texts. */
function row(name: string, samples: readonly Sample[], ids = false): void {
  const { texts, precision, recall, f1, accuracy, wronglySeveral, wronglyOne } = measure(samples);
  console.log(
    `${name.padEnd(16)}${String(texts).padStart(5)}${[precision, recall, f1, accuracy].map(percent).join('')}`,
  );
  if (!ids) return;
  console.log(`  one, called several: ${wronglySeveral.join(' ') || '-'}`);
  console.log(`  several, called one: ${wronglyOne.join(' ') || '-'}`);
}

/** Real texts from outside of the repository, where there are any. */
function outside(root: string): string | null {
  const named = process.env.DESKBELL_PROBLEMS_FILE;
  const beside = path.resolve(root, '../shared/problems/open.jsonl');
  if (named) return named;
  return existsSync(beside) ? beside : null;
}

/** Prints how well `findProblems` tells one problem from several. */
export function main(root: string): void {
  const samples = corpus(root);
  const part = (split: Sample['split'], lang?: Sample['lang']): Sample[] =>
    samples.filter((s) => s.split === split && (lang === undefined || s.lang === lang));
  console.log(`${''.padEnd(16)}texts precision recall   F1    accuracy`);
  row('train', part('train'), true);
  row('held out', part('heldout'));
  LANGUAGES.forEach((language) => row(`held out, ${language}`, part('heldout', language)));
  const { marked, found, proposed } = cutFigures(samples.filter((s) => s.split === 'heldout'));
  console.log(`cuts, held out: ${found} of ${marked} marked ones found, ${proposed} proposed`);
  const real = outside(root);
  if (real !== null) row('real texts', readSamples(real), true);
  const { median, max } = timings(samples);
  const long = samples.map(({ text }) => text).join('\n');
  const longest = timings([
    {
      text: long.repeat(Math.ceil(100_000 / long.length)).slice(0, 100_000),
      lang: 'en',
      id: '',
      label: 'several',
      n: 0,
    },
  ]);
  console.log(
    `milliseconds per text: median ${median.toFixed(2)}, max ${max.toFixed(2)}; 100,000 characters ${longest.max.toFixed(1)}`,
  );
}
