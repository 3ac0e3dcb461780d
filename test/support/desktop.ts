/** Looks at the desktop from outside, as another program would: tray and its menu, notifications, pictures. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const TRAY_ITEM = 'org.kde.StatusNotifierItem';
const TRAY_WATCHER = 'org.kde.StatusNotifierWatcher';
const MENU = 'com.canonical.dbusmenu';

/** The session's folder (see desktop-session.sh). Throws outside of a session. */
function sessionFolder(): string {
  const folder = process.env['DESKTOP_SESSION_DIR'];
  if (!folder) throw new Error('This needs a desktop session: run it with "npm run test:e2e".');
  return folder;
}

// ---------------------------------------------------------------- D-Bus

/** Calls busctl and gives the typed answer's data. */
function bus<T>(...args: string[]): T {
  const output = execFileSync('busctl', ['--user', '--json=short', '--timeout=5', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return (output ? (JSON.parse(output) as { data: T }).data : undefined) as T;
}

/** A D-Bus variant as busctl prints it. */
type Variant = { readonly type: string; readonly data: unknown };

// ---------------------------------------------------------------- tray

/** A tray icon that some program has put up. */
export type TrayItem = { readonly bus: string; readonly path: string };

/** All tray icons, in the order they came. */
export function trayItems(): TrayItem[] {
  const registered = bus<string[]>(
    'get-property',
    TRAY_WATCHER,
    '/StatusNotifierWatcher',
    TRAY_WATCHER,
    'RegisteredStatusNotifierItems',
  );
  return registered.map((item) => {
    const slash = item.indexOf('/');
    return { bus: item.slice(0, slash), path: item.slice(slash) };
  });
}

/** The tray icon of the process `pid`, if it has one. */
export function trayItemOf(pid: number): TrayItem | undefined {
  return trayItems().find((item) => processOf(item.bus) === pid);
}

function processOf(name: string): number | undefined {
  const dbus = 'org.freedesktop.DBus';
  try {
    return bus<number[]>(
      'call',
      dbus,
      '/org/freedesktop/DBus',
      dbus,
      'GetConnectionUnixProcessID',
      's',
      name,
    )[0];
  } catch {
    return undefined; // It left the bus meanwhile.
  }
}

function trayProperty<T>(item: TrayItem, name: string): T {
  return bus<T>('get-property', item.bus, item.path, TRAY_ITEM, name);
}

/** What the tray icon says when the pointer rests on it. */
export function trayTooltip(item: TrayItem): string {
  const [, , title] = trayProperty<[string, unknown, string, string]>(item, 'ToolTip');
  return title;
}

/** The tray icon's picture: width, height and ARGB bytes of the largest size it offers. */
export function trayIcon(item: TrayItem): { width: number; height: number; argb: Buffer } {
  const pixmaps = trayProperty<[number, number, number[]][]>(item, 'IconPixmap');
  const largest = [...pixmaps].sort((a, b) => b[0] - a[0])[0];
  if (!largest) throw new Error('The tray icon has no picture.');
  return { width: largest[0], height: largest[1], argb: Buffer.from(largest[2]) };
}

/** A line of the tray's menu. Separators have an empty label. */
export type MenuItem = {
  readonly id: number;
  readonly label: string;
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly isSeparator: boolean;
  readonly children: readonly MenuItem[];
};

type MenuLayout = [number, Record<string, Variant>, { data: MenuLayout }[]];

/** The tray's menu as the panel gets it. `children` of the answer are the menu's lines. */
export function trayMenu(item: TrayItem): MenuItem {
  const [, layout] = bus<[number, MenuLayout]>(
    'call',
    item.bus,
    trayProperty<string>(item, 'Menu'),
    MENU,
    'GetLayout',
    'iias',
    '0',
    '--',
    '-1',
    '0',
  );
  return toMenuItem(layout);
}

function toMenuItem([id, properties, children]: MenuLayout): MenuItem {
  const label = properties['label']?.data;
  return {
    id,
    // A single underscore marks the access key, a double one stands for itself.
    label: typeof label === 'string' ? label.replaceAll(/_(.)/g, '$1') : '',
    enabled: properties['enabled']?.data !== false,
    checked: properties['toggle-state']?.data === 1,
    isSeparator: properties['type']?.data === 'separator',
    children: children.map((child) => toMenuItem(child.data)),
  };
}

/** The labels of the tray's menu, without separators and submenus. */
export function trayMenuLabels(item: TrayItem): string[] {
  return trayMenu(item).children.flatMap(({ label, isSeparator }) => (isSeparator ? [] : [label]));
}

/** Clicks the first line of the tray's menu whose label is, or matches, `label`. Throws if there is none. */
export function clickTrayMenu(item: TrayItem, label: string | RegExp): void {
  const fits = (line: MenuItem): boolean =>
    typeof label === 'string' ? line.label === label : label.test(line.label);
  const find = (line: MenuItem): MenuItem | undefined =>
    line.label && fits(line) ? line : line.children.map(find).find(Boolean);
  const line = find(trayMenu(item));
  if (!line) throw new Error(`The tray's menu has no "${label}", only: ${trayMenuLabels(item).join(' | ')}`);
  const menu = trayProperty<string>(item, 'Menu');
  bus('call', item.bus, menu, MENU, 'Event', 'isvu', String(line.id), 'clicked', 's', '', '0');
}

/** Clicks the tray icon itself. */
export function activateTray(item: TrayItem): void {
  bus('call', item.bus, item.path, TRAY_ITEM, 'Activate', 'ii', '0', '0');
}

// ---------------------------------------------------------------- notifications

/** A notification as the daemon accepted it; `body` is markup. */
export type ShownNotification = {
  readonly app: string;
  readonly summary: string;
  readonly body: string;
  readonly id: number;
  readonly urgency: 'LOW' | 'NORMAL' | 'CRITICAL';
  readonly icon: string;
};

/** Every notification since the session started or since `forgetNotifications`, oldest first. */
export function notifications(): ShownNotification[] {
  const file = path.join(sessionFolder(), 'notifications.jsonl');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ShownNotification);
}

/** Starts afresh: closes what is on screen and empties the record. */
export function forgetNotifications(): void {
  dismissNotifications();
  rmSync(path.join(sessionFolder(), 'notifications.jsonl'), { force: true });
}

/** Clicks the newest notification on screen. */
export function clickNewestNotification(): void {
  execFileSync('dunstctl', ['action', '0']);
}

/** Closes all notifications on screen, as the user would. */
export function dismissNotifications(): void {
  execFileSync('dunstctl', ['close-all']);
}

// ---------------------------------------------------------------- windows and pictures

/** Asks the visible windows of the process `pid` to close, as their close button does. */
export function closeWindowsOf(pid: number): void {
  for (const id of visibleWindowsOf(pid)) execFileSync('wmctrl', ['-i', '-c', id]);
}

/** Ids of the visible windows of the process `pid`. */
export function visibleWindowsOf(pid: number): string[] {
  try {
    const found = execFileSync('xdotool', ['search', '--onlyvisible', '--pid', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'], // It complains about windows that close while it looks.
    });
    return found.split('\n').filter(Boolean);
  } catch {
    return []; // xdotool fails when it finds none.
  }
}

/** Saves a picture of the whole screen as PNG. */
export function pictureOfScreen(file: string): void {
  execFileSync('scrot', ['-o', file]);
}
