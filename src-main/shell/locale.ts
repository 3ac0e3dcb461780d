import { FALLBACK_LOCALE } from '@shared/locales';

/**
 * The first of the system's languages that is one; a POSIX locale (`C`) is none, and formatting with it would fail.
 */
export const firstLocale = (languages: readonly string[]): string =>
  languages.find(isLocale) ?? FALLBACK_LOCALE;

function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
