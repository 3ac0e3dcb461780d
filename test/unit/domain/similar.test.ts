import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gistOf, isLikeOutage, isSimilar, likeness, mostSimilar } from '@shared/domain/similar';

const words = fc.constantFrom(
  'printer',
  'Drucker',
  'imprimante',
  'impresora',
  'VPN',
  'Outlook',
  'the',
  'nicht',
  'floor',
  'pages',
  'connexion',
  'leer',
  'pantalla',
  '🖨️',
  'שלום',
);
const texts = fc.oneof(
  fc.array(words, { maxLength: 30 }).map((all) => all.join(' ')),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

const alike = (one: string, other: string): boolean => isSimilar(gistOf(one), gistOf(other));

describe('likeness', () => {
  it('is between 0 and 1, the same in both directions, and never fails', () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const score = likeness(gistOf(one), gistOf(other));
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1 + 1e-9);
        expect(likeness(gistOf(other), gistOf(one))).toBe(score);
        expect(alike(one, other)).toBe(alike(other, one));
      }),
    );
  });

  it('is whole for the same words, in whatever order, case and number', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (all) => {
        const gist = gistOf(all.join(' '));
        const turned = gistOf(all.toReversed().join(', ').toUpperCase());
        if (gist.stems.size > 0) expect(likeness(gist, turned)).toBeCloseTo(1);
        else expect(likeness(gist, turned)).toBe(0);
      }),
    );
  });

  it('does not come from small words alone', () => {
    expect(alike('It is not what I have and it was not', 'What is it that I have and was it not')).toBe(
      false,
    );
    expect(alike('Es ist nicht da und ich habe das', 'Das ist nicht da und ich habe es')).toBe(false);
  });
});

describe('isSimilar', () => {
  it.each([
    ['The printer on floor 2 prints blank pages', 'Printer floor 2: only blank pages come out'],
    ['The VPN drops every ten minutes since Monday', 'VPN connection drops all the time'],
    ['Der Drucker druckt nur leere Seiten', 'Drucker: leere Seiten seit heute'],
    ['Mon imprimante n’imprime que des pages blanches', 'L’imprimante sort des pages blanches'],
    ['La impresora no imprime en color', 'La impresora imprime sin color'],
    ['My screen flickers when I plug in the dock', 'Screen flickers with the docking station'],
  ])('holds for %j and %j', (one, other) => expect(alike(one, other)).toBe(true));

  it.each([
    ['The printer is offline', 'The printer prints blank pages'],
    ['Outlook does not open', 'Outlook search finds nothing'],
    ['I need Acrobat Pro to edit contract forms', 'The VPN drops every ten minutes'],
    ['Der Drucker streikt', 'Der Bildschirm flackert'],
    ['Le VPN ne marche pas', 'Le projecteur ne marche pas'],
    ['El teclado no funciona', 'El correo no funciona'],
    ['', 'The printer is offline'],
  ])('does not hold for %j and %j', (one, other) => expect(alike(one, other)).toBe(false));
});

describe('mostSimilar', () => {
  it('gives the most alike of several, and nothing where none is', () => {
    const candidates = ['Printer floor 2 is slow', 'Printer on floor 2 prints blank pages', 'No mail'].map(
      (value) => ({ value, gist: gistOf(value) }),
    );
    expect(mostSimilar('The printer on floor 2 prints blank pages again', candidates)).toBe(
      'Printer on floor 2 prints blank pages',
    );
    expect(mostSimilar('My chair is broken', candidates)).toBeNull();
    expect(mostSimilar('', candidates)).toBeNull();
  });

  it('is quick with a long text and many tickets', () => {
    const candidates = Array.from({ length: 2_000 }, (_, index) => ({
      value: index,
      gist: gistOf(`Printer ${index} prints blank pages in room ${index % 40}`),
    }));
    const text = 'The printer prints blank pages and nobody knows why. '.repeat(2_000);
    const started = performance.now();
    mostSimilar(text, candidates);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('isLikeOutage', () => {
  const mail = { title: 'E-mail is down', text: 'We are working on it.' };
  it.each([
    'I cannot send e-mails any more',
    'Ich bekomme seit heute keine E-Mails',
    'Je ne reçois plus mes mails',
    'No puedo enviar correos electrónicos',
    'Outlook sends nothing',
  ])('knows the same thing in other words and languages: %j', (text) =>
    expect(isLikeOutage(text, mail)).toBe(true),
  );
  it.each(['The printer jams', 'My chair is broken', '', 'Hi', 'Der Bildschirm flackert'])(
    'leaves %j alone',
    (text) => expect(isLikeOutage(text, mail)).toBe(false),
  );
});
