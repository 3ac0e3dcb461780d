import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findProblems, type ProblemsFound } from '@shared/domain/problems/find';
import { LANGUAGES } from '@shared/domain/problems/lexicon/lexicon';
import { isBlank } from '@shared/domain/text';
import { corpus } from '../../../bench/problems/corpus';
import path from 'node:path';

const texts = corpus(path.resolve(import.meta.dirname, '../../../..')).map(({ text }) => text);
const partsOf = (found: ProblemsFound): string[] =>
  found.kind === 'one' ? [] : found.parts.map(({ text }) => text);

/** Texts people may paste: real ones, joined in any way, with anything between them. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...texts),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('\n', '\n\n', '- ', '2) ', 'PS: ', ' ', '\u200f', '🙂'),
    ),
    {
      maxLength: 8,
    },
  )
  .map((pieces) => pieces.join(''));

describe('findProblems', () => {
  it.each([
    [
      'en',
      'The printer on floor 2 jams on every page.\nAnother thing: my password for the travel site has expired.',
      2,
    ],
    [
      'de',
      'Der Drucker im Flur druckt nicht mehr.\nNoch etwas anderes: mein Passwort fürs Reiseportal ist abgelaufen.',
      2,
    ],
    [
      'fr',
      "L'imprimante du couloir n'imprime plus.\nAutre chose : mon mot de passe du portail voyages a expiré.",
      2,
    ],
    [
      'es',
      'La impresora del pasillo no imprime.\nOtra cosa: mi contraseña del portal de viajes ha caducado.',
      2,
    ],
    [
      'en',
      'Two issues:\n1. The scanner in the hall does not find the network.\n2. My phone has no dial tone.',
      2,
    ],
  ] as const)('tells two problems apart (%s)', (language, text, count) => {
    const found = findProblems(text, { language });
    expect(partsOf(found)).toHaveLength(count);
    expect(partsOf(found).join('\n')).toBe(text);
  });

  it('tells a wish that "also" begins from the fault before it: "I need" is no attempt', () => {
    const text =
      'The VPN drops every ten minutes since Monday, I have to sign in again each time. ' +
      'Also I need Acrobat Pro to edit the contract forms.';
    expect(partsOf(findProblems(text, { language: 'en' }))).toHaveLength(2);
  });

  it.each([
    [
      'en',
      'Outlook crashes when I open an attachment. I restarted it, and I also repaired Office. It still crashes. Word works fine.',
    ],
    [
      'en',
      'Steps:\n1. Open the order\n2. Press save\n3. The window closes\nIt happens on every order since Monday.',
    ],
    [
      'de',
      'Der Drucker druckt nicht. Ich habe ihn neu gestartet und auch das Kabel getauscht, ohne Erfolg. Deshalb bleiben die Lieferscheine liegen.',
    ],
    [
      'fr',
      "Le VPN se coupe sans arrêt. J'ai redémarré et j'ai aussi essayé avec mon téléphone, pareil. Du coup je ne peux pas travailler.",
    ],
    [
      'es',
      'La VPN se corta todo el rato. He reiniciado y también he probado con el móvil, igual. Por eso no puedo trabajar.',
    ],
  ] as const)('leaves one problem with its attempts and consequences whole (%s)', (language, text) => {
    expect(findProblems(text, { language })).toEqual({ kind: 'one' });
  });

  it('knows the language from the text when the app speaks another', () => {
    const text =
      'Der Drucker im Flur druckt nicht mehr.\nNoch etwas anderes: mein Passwort fürs Reiseportal ist abgelaufen.';
    expect(findProblems(text, { language: 'es' })).toEqual(findProblems(text, { language: 'de' }));
  });

  it('covers the whole text in order with parts that say something', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...LANGUAGES), (text, language) => {
        const found = findProblems(text, { language });
        if (found.kind === 'one') return;
        expect(found.parts.length).toBeGreaterThanOrEqual(2);
        expect(found.confidence).toBeGreaterThanOrEqual(0.5);
        expect(found.confidence).toBeLessThanOrEqual(1);
        let at = 0;
        for (const { text: part, start, end } of found.parts) {
          expect(isBlank(part)).toBe(false);
          expect(text.slice(start, end)).toBe(part);
          expect(text.slice(at, start).trim()).toBe('');
          at = end;
        }
        expect(text.slice(at).trim()).toBe('');
      }),
      { numRuns: 150 },
    );
  });

  it('finds one problem in a text without a line break, list or end of a sentence', () => {
    const words = fc.constantFrom(
      'printer',
      'also',
      'and',
      'another',
      'thing',
      'broken',
      'please',
      'my',
      'phone',
      'second',
      'issue',
      'VPN',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 60 }), (list) => {
        expect(findProblems(list.join(' '))).toEqual({ kind: 'one' });
      }),
    );
  });

  it('mostly leaves its own parts whole', () => {
    const parts = texts.flatMap((text) => partsOf(findProblems(text)));
    const again = parts.filter((part) => findProblems(part).kind === 'several');
    expect(parts.length).toBeGreaterThan(100);
    expect(again.length / parts.length).toBeLessThan(0.05);
  });

  it('takes anything without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(['one', 'several']).toContain(findProblems(text).kind);
      }),
    );
    const nasty = [
      '',
      ' \n\t',
      '1) 2) 3)',
      '- \n- \n- ',
      'مرحبا الطابعة لا تعمل. وأيضا الهاتف.',
      '👩‍💻👩‍💻. 🙂!',
      '\ud800 a. \udc00 b.',
      'constructor __proto__. toString also hasOwnProperty.',
    ];
    for (const text of nasty) expect(['one', 'several']).toContain(findProblems(text).kind);
  });

  it.each(['a', ' ', '.', '\n', '1) ', '- x\n', '- ', 'P.S. ', '!? ', 'a. ', 'also ', ': ', 'é', '🙂', '("'])(
    'takes 200,000 characters of %j',
    (piece) => {
      const text = piece.repeat(Math.ceil(200_000 / piece.length));
      expect(['one', 'several']).toContain(findProblems(text).kind);
    },
  );
});
