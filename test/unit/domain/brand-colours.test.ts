import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brandColours, contrast, GROUNDS, LEAST_CONTRAST } from '@shared/domain/brand-colours';

const LOOKS = ['light', 'dark'] as const;
const colours = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);
const tokens = readFileSync(path.resolve(import.meta.dirname, '../../../src-renderer/ui/tokens.css'), 'utf8');

describe('the colours of an organisation', () => {
  it('can be read in both looks, whatever was chosen', () => {
    fc.assert(
      fc.property(colours, fc.constantFrom(...LOOKS), (colour, look) => {
        const { accent, accentHover, onAccent, accentSoft } = brandColours(colour, look);
        const { background, surface, sunken, text, muted } = GROUNDS[look];
        for (const ground of [background, surface, sunken, accentSoft])
          expect(contrast(accent, ground)).toBeGreaterThanOrEqual(LEAST_CONTRAST.text);
        for (const one of [text, muted])
          expect(contrast(one, accentSoft)).toBeGreaterThanOrEqual(LEAST_CONTRAST.text);
        for (const one of [accent, accentHover])
          expect(contrast(onAccent, one)).toBeGreaterThanOrEqual(LEAST_CONTRAST.text);
        for (const ground of [background, surface, sunken])
          expect(contrast(accentHover, ground)).toBeGreaterThanOrEqual(LEAST_CONTRAST.control);
      }),
      { numRuns: 500 },
    );
  });

  it('stay as chosen where they can be read, and no further from it than they must be', () => {
    fc.assert(
      fc.property(colours, fc.constantFrom(...LOOKS), (colour, look) => {
        const { background, surface, sunken } = GROUNDS[look];
        const isReadable = [background, surface, sunken].every((ground) => contrast(colour, ground) >= 4.5);
        const { accent } = brandColours(colour, look);
        expect(accent === colour).toBe(isReadable);
        if (!isReadable) {
          const worst = Math.min(...[background, surface, sunken].map((ground) => contrast(accent, ground)));
          expect(worst).toBeLessThan(5.2);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are those of the first look and of the second', () => {
    expect(brandColours('#1F5FBF', 'light').accent).toBe('#1f5fbf');
    expect(brandColours('#ffff00', 'light')).toMatchObject({ onAccent: '#ffffff' });
    expect(contrast('#000000', '#ffffff')).toBe(21);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it.each(LOOKS)('are held against the grounds of the %s style sheet', (look) => {
    const sheet = tokens.slice(
      look === 'light' ? tokens.indexOf('--background') : tokens.indexOf('prefers-color-scheme: dark'),
    );
    for (const [name, value] of Object.entries(GROUNDS[look])) {
      const found = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(sheet)?.[1];
      expect({ name, value: found }).toEqual({ name, value });
    }
  });
});
