import { useEffect, useEffectEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Route } from '@shared/domain/route';
import { useNavigation } from '../stores/navigation';

interface Arrival {
  readonly pane: RefObject<HTMLElement | null>;
  readonly route: Route;
  readonly isWide: boolean;
}

/** How long a screen may take to show its heading or field, in milliseconds. */
const PATIENCE_MS = 1500;
/** With these the user goes on. */
const STARTS = ['keydown', 'pointerdown'] as const;

/**
 * After navigation: the focus goes to the new screen's heading (or stays where the screen put it), and the window's
 * title names the place.
 */
export function useArrival({ pane, route, isWide }: Arrival): void {
  const visit = useNavigation((state) => state.visit);
  const focus = useNavigation((state) => state.focus);
  const moveFocus = useEffectEvent(() => {
    if (focus === 'stay') return undefined;
    return route.screen === 'tickets' ? focusList() : focusScreen(pane);
  });
  useEffect(() => (visit === 0 ? undefined : moveFocus()), [visit, pane]);
  useTitle(pane, `${visit} ${isWide}`);
}

function focusList(): undefined {
  document.querySelector<HTMLElement>('[data-list]')?.focus({ preventScroll: true });
}

/**
 * Focuses the heading as soon as there is one, and again when loading replaces it, unless the screen has put the
 * focus itself. Ends with the user's first key or press.
 */
function focusScreen(pane: RefObject<HTMLElement | null>): (() => void) | undefined {
  const element = pane.current;
  if (element === null) return;
  const focusTitle = () => {
    const at = document.activeElement;
    if (at !== null && at !== element && element.contains(at)) return;
    const title = element.querySelector<HTMLElement>('[data-screen-title]');
    (title ?? element).focus({ preventScroll: true });
  };
  const observer = new MutationObserver(focusTitle);
  const stop = () => {
    clearTimeout(timer);
    observer.disconnect();
    STARTS.forEach((name) => window.removeEventListener(name, stop, true));
  };
  const timer = setTimeout(stop, PATIENCE_MS);
  STARTS.forEach((name) => window.addEventListener(name, stop, true));
  observer.observe(element, { childList: true, subtree: true });
  focusTitle();
  return stop;
}

/** The window's title follows the heading on screen. */
function useTitle(pane: RefObject<HTMLElement | null>, place: string): void {
  const { t } = useTranslation(['window', 'common']);
  useEffect(() => {
    const app = t('common:app.name');
    const update = () => {
      const heading = pane.current?.querySelector('[data-screen-title]')?.textContent?.trim();
      const title =
        heading === undefined || heading === '' ? app : t('window:title.withApp', { title: heading, app });
      if (document.title !== title) document.title = title;
    };
    update();
    if (pane.current === null) return;
    const observer = new MutationObserver(update);
    observer.observe(pane.current, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [pane, place, t]);
}
