import { useEffect, type RefObject } from 'react';
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

/**
 * After navigation: the focus goes to the new screen's heading (or stays where the screen put it), and the window's
 * title names the place.
 */
export function useArrival({ pane, route, isWide }: Arrival): void {
  const visit = useNavigation((state) => state.visit);
  const focus = useNavigation((state) => state.focus);
  useEffect(() => {
    if (visit === 0 || focus === 'stay') return;
    if (route.screen === 'tickets') return focusList();
    return focusScreen(pane);
    // Only a change of place moves the focus, not a change of width.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [visit, pane]);
  useTitle(pane, `${visit} ${isWide}`);
}

function focusList(): void {
  document.querySelector<HTMLElement>('[data-list]')?.focus({ preventScroll: true });
}

/** Focuses the heading as soon as there is one, unless the screen has put the focus itself. */
function focusScreen(pane: RefObject<HTMLElement | null>): (() => void) | undefined {
  const element = pane.current;
  if (element === null) return;
  const tryFocus = (): boolean => {
    const at = document.activeElement;
    const isInside = element.contains(at) && at !== element && at?.isConnected === true;
    if (isInside && at.closest('[data-screen-title]') === null) return true;
    const title = element.querySelector<HTMLElement>('[data-screen-title]');
    if (title === null) element.focus({ preventScroll: true });
    else title.focus({ preventScroll: true });
    return title !== null;
  };
  if (tryFocus()) return;
  const observer = new MutationObserver(() => tryFocus() && observer.disconnect());
  observer.observe(element, { childList: true, subtree: true });
  const timer = setTimeout(() => observer.disconnect(), PATIENCE_MS);
  return () => {
    observer.disconnect();
    clearTimeout(timer);
  };
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
