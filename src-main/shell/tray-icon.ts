import path from 'node:path';
import type { TrayState } from './tray-frame';

/**
 * The look of an icon: for a light or a dark panel, or a shape that macOS colours itself. The large ones are for Linux,
 * where panels are higher than Windows' and shrink the picture themselves. Each is a folder of assets/icons/tray.
 */
export const TRAY_LOOKS = ['light', 'dark', 'light-large', 'dark-large', 'template'] as const;
/** The look of an icon. */
export type TrayLook = (typeof TRAY_LOOKS)[number];

/** What decides the look. */
export interface TrayLookInput {
  readonly platform: NodeJS.Platform;
  /** XDG_CURRENT_DESKTOP, e.g. `ubuntu:GNOME`. */
  readonly desktop: string;
  readonly systemDark: boolean;
}

/** Desktops whose panel is dark whatever the theme of programs is. */
const ALWAYS_DARK_PANEL = /\b(?:gnome|unity|budgie|pantheon)\b/i;

/** Which look fits the panel. */
export function trayLook({ platform, desktop, systemDark }: TrayLookInput): TrayLook {
  if (platform === 'darwin') return 'template';
  if (platform !== 'linux') return systemDark ? 'dark' : 'light';
  return systemDark || ALWAYS_DARK_PANEL.test(desktop) ? 'dark-large' : 'light-large';
}

/** The icon's file; Electron finds the larger ones (`@2x`, …) beside it. macOS knows a template by its name. */
export const trayIconFile = (icons: string, look: TrayLook, state: TrayState): string =>
  path.join(icons, 'tray', look, look === 'template' ? `${state}Template.png` : `${state}.png`);
