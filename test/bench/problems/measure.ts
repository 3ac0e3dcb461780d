import { findProblems } from '../../../src-shared/domain/problems/find';
import type { Sample } from './corpus';

/** How well "several" was found. */
export interface Figures {
  readonly texts: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly accuracy: number;
  /** Ids of texts with one problem that were called several, and the other way round. */
  readonly wronglySeveral: readonly string[];
  readonly wronglyOne: readonly string[];
}

/** Precision, recall and F1 of "several" on labelled texts. */
export function measure(samples: readonly Sample[]): Figures {
  const judged = samples.map((sample) => ({
    ...sample,
    found: findProblems(sample.text, { language: sample.lang }).kind,
  }));
  const ids = (label: string, found: string): string[] =>
    judged.filter((s) => s.label === label && s.found === found).map(({ id }) => id);
  const hits = ids('several', 'several').length;
  const wronglySeveral = ids('one', 'several');
  const wronglyOne = ids('several', 'one');
  const precision = hits / (hits + wronglySeveral.length || 1);
  const recall = hits / (hits + wronglyOne.length || 1);
  return {
    texts: samples.length,
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall || 1),
    accuracy: 1 - (wronglySeveral.length + wronglyOne.length) / (samples.length || 1),
    wronglySeveral,
    wronglyOne,
  };
}

/** How many of the marked cuts were found exactly, among texts rightly called several. */
export function cutFigures(samples: readonly Sample[]): { marked: number; found: number; proposed: number } {
  let marked = 0;
  let found = 0;
  let proposed = 0;
  for (const { cuts, text, lang } of samples) {
    const result = findProblems(text, { language: lang });
    if (!cuts || result.kind === 'one') continue;
    const starts = result.parts.slice(1).map(({ start }) => start);
    marked += cuts.length;
    proposed += starts.length;
    found += cuts.filter((cut) =>
      starts.some((start) => text.slice(Math.min(cut, start), Math.max(cut, start)).trim() === ''),
    ).length;
  }
  return { marked, found, proposed };
}

/** Milliseconds per text: the median and the longest, each text measured once after a warm-up. */
export function timings(samples: readonly Sample[]): { median: number; max: number } {
  samples.slice(0, 40).forEach(({ text }) => findProblems(text));
  const times = samples
    .map(({ text, lang }) => {
      const start = performance.now();
      findProblems(text, { language: lang });
      return performance.now() - start;
    })
    .sort((a, b) => a - b);
  return { median: times[times.length >> 1] ?? 0, max: times.at(-1) ?? 0 };
}
