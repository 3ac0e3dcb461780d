import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { featuresOf } from '@shared/domain/problems/features';
import { read, type Reading } from '@shared/domain/problems/reading';
import { unitsOf } from '@shared/domain/problems/units';
import { corpus } from '../../../bench/problems/corpus';

const sample = corpus(path.resolve(import.meta.dirname, '../../../..'))
  .filter(({ lang }) => lang === 'en')
  .map(({ text }) => text)
  .join('\n');

/** Counts how often a reading is looked at. */
function counted(readings: readonly Reading[]): { readings: Reading[]; looks: () => number } {
  let looks = 0;
  const watched = readings.map(
    (reading) =>
      new Proxy(reading, {
        get: (target, name) => {
          looks += 1;
          return Reflect.get(target, name) as unknown;
        },
      }),
  );
  return { readings: watched, looks: () => looks };
}

describe('the work per text', () => {
  it('grows no faster than the text', () => {
    const looksFor = (times: number): number => {
      const readings = unitsOf(sample.repeat(times), 'en').map((unit) => read(unit, 'en'));
      const { readings: watched, looks } = counted(readings);
      featuresOf(watched);
      return looks();
    };
    expect(looksFor(4)).toBeLessThan(looksFor(1) * 4.2);
  });

  it('makes no more units than the text has room for, each word in one of them', () => {
    const units = unitsOf(sample, 'en');
    const words = units.reduce((sum, unit) => sum + unit.words.length, 0);
    expect(words).toBe(Array.from(sample.matchAll(/[\p{L}\p{N}]+/gu)).length);
  });
});
