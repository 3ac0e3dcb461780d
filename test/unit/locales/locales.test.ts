import { describe, expect, it } from 'vitest';
import {
  availableLocales,
  createTranslator,
  FALLBACK_LOCALE,
  resolveLocale,
  type I18n,
} from '../../../src-shared/locales';
import { english } from '../../../src-shared/locales/en';

const NAMESPACES = Object.keys(english);
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Every text of a language by `namespace:key`. */
function textsOf(locale: string, i18n: I18n = createTranslator(locale)): Map<string, unknown> {
  const flatten = (value: unknown, path: string): [string, unknown][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
          flatten(inner, path.endsWith(':') ? `${path}${key}` : `${path}.${key}`),
        )
      : [[path, value]];
  return new Map(
    NAMESPACES.flatMap((namespace) => flatten(i18n.getResourceBundle(locale, namespace), `${namespace}:`)),
  );
}
const stem = (key: string) => key.replace(PLURAL, '');
const values = (text: unknown) =>
  [...String(text).matchAll(/\{\{\s*([^},\s]+)/g)].map(([, name]) => name).sort();

describe('createTranslator', () => {
  it('translates at once', () => {
    expect(createTranslator('en').t('status:step.assigned')).toBe('With an engineer');
    expect(createTranslator('en').t('hours.openUntil', { time: '17:00' })).toBe('Open until 17:00');
  });
  it('leaves what people wrote as it is', () => {
    expect(createTranslator('en').t('status:row.unknown', { label: 'R&D <b>' })).toBe('R&D <b>');
    expect(
      createTranslator('en').t('status:row.unknown', { label: '$t(common:action.send) {{label}}' }),
    ).toBe('$t(common:action.send) {{label}}');
  });
  it('names this program as it is called now', () => {
    let name = 'Deskbell';
    const { t } = createTranslator('en', undefined, () => name);
    expect(t('tray:menu.open')).toBe('Open Deskbell');
    name = 'R&D Helpdesk';
    expect(t('tray:menu.open')).toBe('Open R&D Helpdesk');
    expect(t('common:app.deskbell')).toBe('Deskbell');
  });
  it('says what has no text and what a text was not given', () => {
    const missing: string[] = [];
    const { t } = createTranslator('en', (what) => missing.push(what));
    const say = t as (key: string) => string;
    say('status:no.such');
    t('hours.openUntil');
    expect(missing).toEqual(['status:no.such', expect.stringContaining('time')]);
    expect(() => (createTranslator('en').t as (key: string) => string)('status:no.such')).toThrow(
      'status:no.such',
    );
  });
});

describe('resolveLocale', () => {
  it.each([
    ['en', 'en'],
    ['en-US', 'en'],
    ['en_GB', 'en'],
    ['EN', 'en'],
    ['tlh', 'en'],
    ['', 'en'],
    ['C', 'en'],
  ])('%j -> %j', (requested, locale) => expect(resolveLocale(requested)).toBe(locale));
});

describe.each(availableLocales())('the texts in %s', (locale) => {
  const texts = textsOf(locale);
  const plurals = new Set([...texts.keys()].filter((key) => PLURAL.test(key)).map(stem));

  it('are the same keys as in English', () => {
    const expected = new Set([...textsOf(FALLBACK_LOCALE).keys()].map(stem));
    expect([...new Set([...texts.keys()].map(stem))].sort()).toEqual([...expected].sort());
  });

  it('take the same values as in English', () => {
    const fallback = textsOf(FALLBACK_LOCALE);
    for (const [key, text] of texts) {
      const original = fallback.get(key) ?? fallback.get(`${stem(key)}_other`);
      expect({ key, values: values(text) }).toEqual({ key, values: values(original) });
    }
  });

  it('have every plural form of the language, no other, and none without need', () => {
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    for (const key of plurals) {
      const found = [...texts.keys()].filter((one) => PLURAL.test(one) && stem(one) === key);
      expect(found.sort()).toEqual(forms.map((form) => `${key}_${form}`).sort());
      const differ = new Set(found.map((one) => texts.get(one))).size > 1;
      expect(
        differ || String(texts.get(`${key}_other`)).includes('{{count}}'),
        `${key} needs no plural`,
      ).toBe(true);
      expect(texts.has(key)).toBe(false);
    }
  });

  it('name this program by its name of the day, and by its own only where the system or About does', () => {
    const own = [...texts].filter(([, text]) => String(text).includes('Deskbell')).map(([key]) => key);
    expect(own.sort()).toEqual([
      'common:app.deskbell',
      'screenshot:refused.permission.darwin',
      'screenshot:refused.permission.win32',
    ]);
  });

  it('are short and calm: no exclamation marks, no stray spaces, no empty text', () => {
    for (const [key, text] of texts) {
      expect(typeof text, key).toBe('string');
      expect(text, key).not.toMatch(/!|^\s|\s$|\s\s|\boops\b|^$/i);
    }
  });
});
