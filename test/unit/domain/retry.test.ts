import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoff, backoffCeiling, MAX_RETRY_MS, MIN_RETRY_MS } from '@shared/domain/retry';

const attempts = fc.integer({ min: 1, max: 5000 });
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the pause before the next attempt', () => {
  it('is between a second and a quarter of an hour, in whole milliseconds', () => {
    fc.assert(
      fc.property(attempts, chance, (count, random) => {
        const pause = backoff(count, () => random);
        expect(Number.isInteger(pause)).toBe(true);
        expect(pause).toBeGreaterThanOrEqual(MIN_RETRY_MS);
        expect(pause).toBeLessThanOrEqual(Math.min(MAX_RETRY_MS, backoffCeiling(count)));
      }),
    );
  });

  it('can be longer after every attempt until it is capped, and doubles until then', () => {
    expect([1, 2, 3, 4].map(backoffCeiling)).toEqual([4000, 8000, 16_000, 32_000]);
    expect(backoffCeiling(9)).toBe(MAX_RETRY_MS);
    expect(backoffCeiling(5000)).toBe(MAX_RETRY_MS);
    expect(backoffCeiling(0)).toBe(4000);
  });

  it('uses the whole range, so that clients spread', () => {
    expect(backoff(3, () => 0)).toBe(MIN_RETRY_MS);
    expect(backoff(3, () => 0.999_999_9)).toBe(backoffCeiling(3));
  });
});
