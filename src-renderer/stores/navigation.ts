import { create } from 'zustand';
import type { Route } from '@shared/domain/route';

/** Where the window is and where it was. */
export interface Navigation {
  readonly route: Route;
  /** Earlier places, the latest last. */
  readonly past: readonly Route[];
  /** Counts every change of place: the frame moves the focus when it changes. */
  readonly visit: number;
  /** `stay` keeps the focus where it is, e.g. while arrows move through the list. */
  readonly focus: 'title' | 'stay';
}

const MAX_PAST = 50;
const HOME: Route = { screen: 'tickets' };

export const useNavigation = create<Navigation>(() => ({ route: HOME, past: [], visit: 0, focus: 'stay' }));

export interface NavigateOptions {
  readonly focus?: Navigation['focus'];
  /** Takes the place of the current one in the history. */
  readonly replace?: boolean;
}

/** Goes to a place. Going where one is already changes nothing but the focus. */
export function navigate(route: Route, { focus = 'title', replace = false }: NavigateOptions = {}): void {
  useNavigation.setState((before) => {
    const isSame = sameRoute(before.route, route);
    const past = isSame || replace ? before.past : [...before.past, before.route].slice(-MAX_PAST);
    return { route, past, visit: before.visit + 1, focus };
  });
}

/** Goes back to the place before, else to the list. */
export function goBack(): void {
  useNavigation.setState((before) => ({
    route: before.past.at(-1) ?? HOME,
    past: before.past.slice(0, -1),
    visit: before.visit + 1,
    focus: 'title',
  }));
}

/** Whether two routes are the same place. */
export function sameRoute(one: Route, other: Route): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
