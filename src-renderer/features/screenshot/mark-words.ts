import type { TranslateOf } from '@shared/locales';
import type { Drawing, Mark } from './drawing';
import type { Rect } from './geometry';

/** "Box 2": the how-manyth of its kind it is, counted as they lie on the picture. */
export function nameOfMark(
  mark: Mark,
  { marks }: Pick<Drawing, 'marks'>,
  t: TranslateOf<'screenshot'>,
): string {
  const number = marks.filter(({ kind }) => kind === mark.kind).findIndex(({ id }) => id === mark.id) + 1;
  return t(`marks.${mark.kind}`, { number });
}

/** Where something is and how large, for those who cannot see it. */
export const placeOf = (name: string, rect: Rect, t: TranslateOf<'screenshot'>): string =>
  t('marks.at', {
    name,
    width: Math.round(rect.width),
    height: Math.round(rect.height),
    left: Math.round(rect.x),
    top: Math.round(rect.y),
  });
