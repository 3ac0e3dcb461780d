import type { Translate } from '@shared/locales';
import { ageOf, exactOf, whenOf } from '@shared/domain/time-words';
import type { UiEnvironment } from '../ui/environment';

interface Place {
  readonly t: Translate;
  readonly locale: string;
  readonly timeZone: string;
  readonly platform: UiEnvironment['platform'];
}

/** The words and rules that the components of `ui/` need. */
export function uiEnvironment({ t, locale, timeZone, platform }: Place): UiEnvironment {
  const place = { locale, timeZone };
  return {
    locale,
    platform,
    texts: {
      close: t('common:action.close'),
      cancel: t('common:action.cancel'),
      dismiss: t('common:action.dismiss'),
      clear: t('common:action.clear'),
      back: t('common:action.back'),
      optional: t('window:ui.optional'),
      pending: t('window:ui.pending'),
      loading: t('common:state.loading'),
      removeFile: (name) => t('window:ui.removeFile', { name }),
      openFile: (name) => t('window:ui.openFile', { name }),
      dropFiles: t('window:ui.dropFiles'),
    },
    time: {
      age: (at, now) => ageOf(at, now, locale),
      when: (at, now) => whenOf(at, now, place),
      exact: (at) => exactOf(at, place),
    },
  };
}

const RIGHT_TO_LEFT = new Set(['ar', 'dv', 'fa', 'he', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** The direction of a language's script. */
export const directionOf = (locale: string): 'ltr' | 'rtl' =>
  RIGHT_TO_LEFT.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr';
