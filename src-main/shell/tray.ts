import {
  Menu,
  nativeImage,
  nativeTheme,
  Tray,
  type MenuItemConstructorOptions,
  type NativeImage,
} from 'electron';
import type { Log } from '../platform/types';
import { trayIconFile, trayLook } from './tray-icon';
import type { TrayAction, TrayEntry, TrayModel, TrayState } from './tray-frame';
import type { Rectangle } from './window-place';

/** What the tray needs. */
export interface TrayDeps {
  /** Folder of the icons. */
  readonly icons: string;
  readonly platform: NodeJS.Platform;
  /** XDG_CURRENT_DESKTOP. */
  readonly desktop: string;
  readonly onAction: (action: TrayAction) => void;
  /** The icon itself was clicked (not every system tells). */
  readonly onClick: () => void;
  readonly log: Log;
}

/** The icon in the system's tray: a function of its model, with one render. */
export interface SystemTray {
  render(model: TrayModel): void;
  /** Where the icon is, if the system tells; on Linux it does not. */
  bounds(): Rectangle | null;
  destroy(): void;
}

/** Puts the icon into the tray. A system without a tray takes it silently: Deskbell is then reached by its window alone. */
export function createTray(deps: TrayDeps, first: TrayModel): SystemTray {
  const { icons, platform, desktop, onAction } = deps;
  const image = (state: TrayState): NativeImage => {
    const look = trayLook({ platform, desktop, systemDark: systemUsesDarkPanels() });
    const found = nativeImage.createFromPath(trayIconFile(icons, look, state));
    if (look === 'template') found.setTemplateImage(true);
    return found;
  };

  const tray = new Tray(image(first.state));
  let shown: { model: TrayModel; menu: string } | null = null;

  const render = (model: TrayModel): void => {
    const menu = JSON.stringify(model.menu);
    if (model.state !== shown?.model.state) tray.setImage(image(model.state));
    if (model.tooltip !== shown?.model.tooltip) tray.setToolTip(model.tooltip);
    // A menu is replaced only when it differs: replacing closes one that is open (libappindicator, GTK status icons).
    if (menu !== shown?.menu) tray.setContextMenu(Menu.buildFromTemplate(toTemplate(model.menu, onAction)));
    shown = { model, menu };
  };
  const onThemeChanged = (): void => {
    if (shown) tray.setImage(image(shown.model.state));
  };

  render(first);
  tray.on('click', deps.onClick);
  nativeTheme.on('updated', onThemeChanged);
  return {
    render,
    bounds: () => {
      const bounds = tray.getBounds();
      return bounds.width > 0 ? bounds : null;
    },
    destroy() {
      nativeTheme.off('updated', onThemeChanged);
      tray.destroy();
    },
  };
}

/** Newer versions of Electron tell the panel's own look; before, the look of programs stands for it. */
function systemUsesDarkPanels(): boolean {
  const theme: { shouldUseDarkColorsForSystemIntegratedUI?: boolean; shouldUseDarkColors: boolean } =
    nativeTheme;
  return theme.shouldUseDarkColorsForSystemIntegratedUI ?? theme.shouldUseDarkColors;
}

function toTemplate(
  menu: readonly TrayEntry[],
  onAction: (action: TrayAction) => void,
): MenuItemConstructorOptions[] {
  return menu.map((entry) => {
    if (entry.kind === 'separator') return { type: 'separator' };
    const { label, action } = entry;
    // A single & marks the next letter as the entry's key.
    return {
      label: label.replaceAll('&', '&&'),
      enabled: action !== null,
      ...(action ? { click: () => onAction(action) } : {}),
    };
  });
}
