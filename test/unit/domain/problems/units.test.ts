import { describe, expect, it } from 'vitest';
import type { Language } from '@shared/domain/problems/lexicon/lexicon';
import { unitsOf } from '@shared/domain/problems/units';

const units = (text: string, language: Language = 'en'): string[] =>
  unitsOf(text, language).map(({ start, end }) => text.slice(start, end));

describe('unitsOf', () => {
  it('parts sentences, also where the next one begins with a small letter', () => {
    expect(units('it is slow. also the fan is loud! is it hot?')).toEqual([
      'it is slow.',
      'also the fan is loud!',
      'is it hot?',
    ]);
  });

  it('does not end a sentence at an abbreviation or after a greeting', () => {
    expect(units('Please call Mr. Moss at ext. 12 today.')).toHaveLength(1);
    expect(units('Bitte Hr. Lang bzw. Fr. Roth fragen.', 'de')).toHaveLength(1);
    expect(units('Hi. The fan is loud.')).toEqual(['Hi. The fan is loud.']);
  });

  it('parts items of a list, on lines of their own and within a line', () => {
    const lines = unitsOf('Needed:\n1. a mouse\n2) a desk\n- a lamp', 'en');
    expect(lines.map(({ item }) => item)).toEqual([null, 'number', 'number', 'dash']);
    expect(units('I see: 1) no light 2) no sound 3) no name')).toEqual([
      'I see:',
      '1) no light',
      '2) no sound',
      '3) no name',
    ]);
  });

  it('takes no version, time or lone number for an item', () => {
    expect(units('Version 1.2 of 10.30 runs on 2 machines')).toHaveLength(1);
  });

  it('begins a postscript anew', () => {
    expect(units('The fan is loud PS: I need a mouse.')).toEqual(['The fan is loud', 'PS: I need a mouse.']);
  });

  it('tells lines and paragraphs', () => {
    const [first, second, third] = unitsOf('The fan is loud.\nIt is hot.\n\nThe mouse is dead.', 'en');
    expect([first?.opensParagraph, second?.opensLine, second?.opensParagraph, third?.opensParagraph]).toEqual(
      [false, true, false, true],
    );
  });
});
