import type { MenuItemConstructorOptions } from 'electron';
import type { Translate } from '@shared/locales';

/** What the application's menu can do. */
export interface MenuActions {
  readonly newTicket: () => void;
  readonly openSettings: () => void;
  readonly closeWindow: () => void;
  readonly quit: () => void;
}

/**
 * The application's menu: on macOS the menu bar, elsewhere hidden behind Alt and there for its shortcuts.
 * `developer` adds reloading and the developer tools.
 */
export function menuTemplate(
  platform: NodeJS.Platform,
  t: Translate,
  actions: MenuActions,
  developer: boolean,
): MenuItemConstructorOptions[] {
  const settings: MenuItemConstructorOptions = {
    label: t('tray:menu.settings'),
    accelerator: 'CommandOrControl+,',
    click: actions.openSettings,
  };
  const quit: MenuItemConstructorOptions = {
    label: t('tray:menu.quit'),
    accelerator: 'CommandOrControl+Q',
    click: actions.quit,
  };
  const mac = platform === 'darwin';
  return [
    ...(mac ? [appMenu(t('common:app.name'), settings, quit)] : []),
    {
      label: t('tray:appMenu.file'),
      submenu: [
        { label: t('tray:menu.newTicket'), accelerator: 'CommandOrControl+N', click: actions.newTicket },
        { type: 'separator' },
        { label: t('tray:appMenu.close'), accelerator: 'CommandOrControl+W', click: actions.closeWindow },
        ...(mac ? [] : [{ type: 'separator' as const }, settings, quit]),
      ],
    },
    { role: 'editMenu' },
    {
      label: t('tray:appMenu.view'),
      submenu: [
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(developer ? developerItems : []),
      ],
    },
    ...(mac ? [{ role: 'windowMenu' as const }] : []),
  ];
}

const developerItems: MenuItemConstructorOptions[] = [
  { type: 'separator' },
  { role: 'reload' },
  { role: 'toggleDevTools' },
];

const appMenu = (
  label: string,
  settings: MenuItemConstructorOptions,
  quit: MenuItemConstructorOptions,
): MenuItemConstructorOptions => ({
  label,
  submenu: [
    { role: 'about' },
    { type: 'separator' },
    settings,
    { type: 'separator' },
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    { type: 'separator' },
    quit,
  ],
});
