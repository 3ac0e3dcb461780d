import { access } from 'node:fs/promises';
import path from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Whether Chromium goes through the desktop portal, by the test that its capturer makes
 * (webrtc `DesktopCapturer::IsRunningUnderWayland`), whatever Electron itself runs on.
 */
export const isWayland = (platform: NodeJS.Platform, env: Env): boolean =>
  platform === 'linux' &&
  (env['XDG_SESSION_TYPE'] ?? '').startsWith('wayland') &&
  (env['WAYLAND_DISPLAY'] ?? '') !== '';

/**
 * Whether there is a desktop portal to ask. Without one Chromium's capturer waits for it and never answers. A portal is
 * a service that D-Bus starts when it is asked for, so its file tells (D-Bus specification, message bus starting services).
 */
export async function hasPortal(env: Env): Promise<boolean> {
  // Packages in a box reach the portal outside of it, whose file they cannot see.
  if (env['FLATPAK_ID'] !== undefined || env['SNAP'] !== undefined) return true;
  const folders = [
    ...(env['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share').split(':'),
    env['XDG_DATA_HOME'] || path.join(env['HOME'] ?? '', '.local/share'),
  ];
  const found = await Promise.all(folders.map((folder) => exists(path.join(folder, PORTAL_SERVICE))));
  return found.includes(true);
}

const PORTAL_SERVICE = 'dbus-1/services/org.freedesktop.portal.Desktop.service';

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
