import { createInstance, type i18n, type TFunction } from 'i18next';
import { english } from './en';

/** The texts of one language. A language that lacks a text shows the English one. */
export type Catalogue = typeof english;
/** A file of texts, e.g. `tickets` in `t('tickets:row.waiting')`. */
export type Namespace = keyof Catalogue;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Catalogue;
  }
}

/** The language shown where the user's own is not translated. */
export const FALLBACK_LOCALE = 'en';

/** What this program is called where no organisation has named it. */
export const APP_NAME = 'Deskbell';

/** Every language there is. To add one: a folder beside `en` with the same files, and a line here. */
const CATALOGUES = { en: english } as const satisfies Record<string, Catalogue>;
/** A language there is. */
export type Locale = keyof typeof CATALOGUES;

/** The i18next instance that holds the texts; `t` is typed by the English catalogue. */
export type I18n = i18n;
/** The translating function over all namespaces, e.g. `t('status:step.created')`. */
export type Translate = I18n['t'];
/** The translating function of one namespace, as `useTranslation` gives it. */
export type TranslateOf<Name extends Namespace> = TFunction<Name>;

/** The languages there are, as BCP 47 tags. */
export const availableLocales = (): readonly Locale[] => Object.keys(CATALOGUES) as Locale[];

/**
 * The language to show for a requested BCP 47 tag: the tag itself, else its language (`de-AT` -> `de`), else English.
 * Never fails: an unknown or malformed tag is English.
 */
export function resolveLocale(requested: string): Locale {
  const tag = requested.replaceAll('_', '-').toLowerCase();
  const known = availableLocales();
  const exact = known.find((locale) => locale.toLowerCase() === tag);
  return exact ?? known.find((locale) => locale === tag.split('-')[0]) ?? FALLBACK_LOCALE;
}

/**
 * An i18next instance that can translate at once: every text is bundled and nothing is loaded later.
 * The window hands the same instance to react-i18next (`I18nextProvider`).
 *
 * `onMissing` hears of a key without a text (as `namespace:key`) and of a value that a text needs and was not given.
 * By default it throws in unit tests and shows the key elsewhere; the type checker refuses unknown keys before that.
 *
 * `appName` is asked for with every text that names this program (`{{app}}`): an organisation may give it another name.
 */
export function createTranslator(
  locale: string,
  onMissing: (what: string) => void = failInTests,
  appName: () => string = () => APP_NAME,
): I18n {
  const instance = createInstance();
  void instance.init({
    lng: resolveLocale(locale),
    fallbackLng: FALLBACK_LOCALE,
    supportedLngs: [...availableLocales()],
    resources: CATALOGUES,
    ns: Object.keys(english),
    defaultNS: 'common',
    initAsync: false,
    returnNull: false,
    interpolation: {
      escapeValue: false,
      defaultVariables: {
        get app() {
          return appName();
        },
      },
    },
    saveMissing: true,
    missingKeyHandler: (_languages, namespace, key) => onMissing(`${namespace}:${key}`),
    missingInterpolationHandler: (text: string, match: RegExpExecArray) => {
      onMissing(`${match[0]} in "${text}"`);
      return '';
    },
  });
  return instance;
}

function failInTests(what: string): void {
  if (import.meta.env?.MODE === 'test') throw new Error(`No text for ${what}`);
}
