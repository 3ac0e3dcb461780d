import type { Settings } from '@shared/domain/settings';

/** What the user chose to look at. */
export type Theme = Settings['theme'];

/** The page's background colours (the tokens of the window's style sheet), for the moment before it has painted. */
const BACKGROUND = { light: '#f6f5f2', dark: '#141619' } as const;

/** The window's background for a light or dark look. */
export const backgroundFor = (dark: boolean): string => (dark ? BACKGROUND.dark : BACKGROUND.light);
