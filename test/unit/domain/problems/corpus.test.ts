import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '@shared/domain/problems/lexicon/lexicon';
import { corpus, splitOf } from '../../../bench/problems/corpus';
import { cutFigures, measure } from '../../../bench/problems/measure';

const samples = corpus(path.resolve(import.meta.dirname, '../../../..'));
const heldOut = samples.filter(({ split }) => split === 'heldout');

describe('the corpus of help requests', () => {
  it('has at least 320 texts, half of them with one problem, in every language', () => {
    expect(samples.length).toBeGreaterThanOrEqual(320);
    const ones = samples.filter(({ label }) => label === 'one').length / samples.length;
    expect(ones).toBeGreaterThan(0.45);
    expect(ones).toBeLessThan(0.6);
    for (const language of LANGUAGES) {
      expect(samples.filter(({ lang }) => lang === language).length).toBeGreaterThanOrEqual(60);
    }
  });

  it('gives each text an id of its own that decides what it may be used for', () => {
    expect(new Set(samples.map(({ id }) => id)).size).toBe(samples.length);
    expect(new Set(samples.map(({ text }) => text)).size).toBe(samples.length);
    for (const { id, split } of samples) expect({ id, split }).toEqual({ id, split: splitOf(id) });
  });

  it('labels one or several in keeping with the number of problems and the marked cuts', () => {
    for (const { id, label, n, cuts, split } of samples) {
      expect({ id, label }).toEqual({ id, label: n > 1 ? 'several' : 'one' });
      if (cuts || split === 'train') expect({ id, cuts: cuts?.length ?? 0 }).toEqual({ id, cuts: n - 1 });
    }
  });
});

describe('findProblems on texts it was not tuned on', () => {
  it('is rarely wrong when it says several, and finds most of them', () => {
    const { precision, recall, f1 } = measure(heldOut);
    expect(precision).toBeGreaterThanOrEqual(0.97);
    expect(recall).toBeGreaterThanOrEqual(0.8);
    expect(f1).toBeGreaterThanOrEqual(0.9);
  });

  it.each(LANGUAGES)('is useful in each language: %s', (language) => {
    const { precision, f1 } = measure(heldOut.filter(({ lang }) => lang === language));
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(f1).toBeGreaterThanOrEqual(0.77);
  });

  it('cuts where the next problem begins', () => {
    const { marked, found, proposed } = cutFigures(heldOut);
    expect(found / marked).toBeGreaterThanOrEqual(0.9);
    expect(found / proposed).toBeGreaterThanOrEqual(0.85);
  });
});
