import type { AppState } from '@shared/contract';
import type { Route } from '@shared/domain/route';
import type { Translate } from '@shared/locales';

/** The states of the tray's icon, in the order in which the first that fits wins. */
export const TRAY_STATES = ['signedOut', 'unread', 'offline', 'waiting', 'idle'] as const;
/** A state of the tray's icon. */
export type TrayState = (typeof TRAY_STATES)[number];

/** What a menu entry does. */
export type TrayAction =
  | { readonly kind: 'open' }
  | { readonly kind: 'route'; readonly route: Route }
  | { readonly kind: 'call'; readonly phone: string }
  | { readonly kind: 'screenshot' }
  | { readonly kind: 'quit' };

/** One line of the menu; `action: null` is a heading. */
export type TrayEntry =
  | { readonly kind: 'separator' }
  | { readonly kind: 'item'; readonly label: string; readonly action: TrayAction | null };

/** The tray as it should look. */
export interface TrayModel {
  readonly state: TrayState;
  readonly tooltip: string;
  readonly menu: readonly TrayEntry[];
}

/** The tray before the services are loaded; light, because it is on the way to the first icon. */
export function firstTrayModel(
  { connection, policy }: Pick<AppState, 'connection' | 'policy'>,
  t: Translate,
): TrayModel {
  const start = connection.kind === 'none' ? [] : [startSection(policy?.features.screenshots ?? true, t)];
  return { state: 'idle', tooltip: t('common:app.name'), menu: joinSections([...start, ...endSections(t)]) };
}

/** What a ticket begins with. */
export const startSection = (offersScreenshots: boolean, t: Translate): readonly TrayEntry[] => [
  newTicketEntry(t),
  ...(offersScreenshots ? [screenshotEntry(t)] : []),
];

/** One line of the menu. */
export const item = (label: string, action: TrayAction | null): TrayEntry => ({
  kind: 'item',
  label,
  action,
});

/** The line that files a ticket. */
const newTicketEntry = (t: Translate): TrayEntry =>
  item(t('tray:menu.newTicket'), { kind: 'route', route: { screen: 'newTicket', draftId: null } });

/** The line that takes a screenshot. */
const screenshotEntry = (t: Translate): TrayEntry => item(t('tray:menu.screenshot'), { kind: 'screenshot' });

/** What every menu ends with. */
export const endSections = (t: Translate): readonly (readonly TrayEntry[])[] => [
  [
    item(t('tray:menu.open'), { kind: 'open' }),
    item(t('tray:menu.settings'), { kind: 'route', route: { screen: 'settings' } }),
  ],
  [item(t('tray:menu.quit'), { kind: 'quit' })],
];

/** Sections with a line between them; empty ones are left out. */
export const joinSections = (sections: readonly (readonly TrayEntry[])[]): readonly TrayEntry[] =>
  sections
    .filter((section) => section.length > 0)
    .flatMap((section, index) => (index === 0 ? section : [{ kind: 'separator' as const }, ...section]));
