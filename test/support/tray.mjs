/** Reads and clicks tray icons and their menus over D-Bus, as a panel does. Plain JavaScript: the benchmark uses it too. */
import { execFileSync } from 'node:child_process';

const ITEM = 'org.kde.StatusNotifierItem';
const WATCHER = 'org.kde.StatusNotifierWatcher';
const MENU = 'com.canonical.dbusmenu';

/**
 * A tray icon that some program has put up.
 * @typedef {{ readonly bus: string, readonly path: string }} TrayItem
 *
 * A line of a tray icon's menu. Separators have an empty label.
 * @typedef {object} MenuItem
 * @property {number} id
 * @property {string} label
 * @property {boolean} enabled
 * @property {boolean} checked
 * @property {boolean} isSeparator
 * @property {readonly MenuItem[]} children
 */

/**
 * Calls busctl and gives the typed answer's data.
 * @param {...string} args
 * @returns {any}
 */
function bus(...args) {
  const output = execFileSync('busctl', ['--user', '--json=short', '--timeout=5', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return output ? JSON.parse(output).data : undefined;
}

/**
 * All tray icons, in the order they came.
 * @returns {TrayItem[]}
 */
export function trayItems() {
  const property = 'RegisteredStatusNotifierItems';
  /** @type {string[]} */
  const registered = bus('get-property', WATCHER, '/StatusNotifierWatcher', WATCHER, property);
  return registered.map((item) => {
    const slash = item.indexOf('/');
    return { bus: item.slice(0, slash), path: item.slice(slash) };
  });
}

/**
 * The tray icon of the process `pid`, if it has one.
 * @param {number} pid
 * @returns {TrayItem | undefined}
 */
export function trayItemOf(pid) {
  return trayItems().find((item) => processOf(item.bus) === pid);
}

/** @param {string} name */
function processOf(name) {
  const dbus = 'org.freedesktop.DBus';
  try {
    return bus('call', dbus, '/org/freedesktop/DBus', dbus, 'GetConnectionUnixProcessID', 's', name)[0];
  } catch {
    return undefined; // It left the bus meanwhile.
  }
}

/**
 * @param {TrayItem} item
 * @param {string} name
 * @returns {any}
 */
const property = (item, name) => bus('get-property', item.bus, item.path, ITEM, name);

/**
 * What the tray icon says when the pointer rests on it.
 * @param {TrayItem} item
 * @returns {string}
 */
export function trayTooltip(item) {
  return property(item, 'ToolTip')[2];
}

/**
 * The tray icon's picture in the largest size it offers.
 * @param {TrayItem} item
 * @returns {{ width: number, height: number, argb: Buffer }}
 */
export function trayIcon(item) {
  /** @type {[number, number, number[]][]} */
  const sizes = property(item, 'IconPixmap');
  const largest = [...sizes].sort((a, b) => b[0] - a[0])[0];
  if (!largest) throw new Error('The tray icon has no picture.');
  return { width: largest[0], height: largest[1], argb: Buffer.from(largest[2]) };
}

/**
 * The tray icon's menu as a panel gets it; the lines are its `children`.
 * @param {TrayItem} item
 * @returns {MenuItem}
 */
export function trayMenu(item) {
  const path = property(item, 'Menu');
  const [, layout] = bus('call', item.bus, path, MENU, 'GetLayout', 'iias', '0', '--', '-1', '0');
  return toMenuItem(layout);
}

/**
 * @param {[number, Record<string, { data: unknown }>, { data: any }[]]} layout
 * @returns {MenuItem}
 */
function toMenuItem([id, properties, children]) {
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

/**
 * The labels of the menu's own lines, without separators.
 * @param {TrayItem} item
 * @returns {string[]}
 */
export function trayMenuLabels(item) {
  return trayMenu(item).children.flatMap(({ label, isSeparator }) => (isSeparator ? [] : [label]));
}

/**
 * Clicks the first line of the menu, also of a submenu, whose label is, or matches, `label`. Throws if there is none.
 * @param {TrayItem} item
 * @param {string | RegExp} label
 */
export function clickTrayMenu(item, label) {
  /** @param {MenuItem} line @returns {boolean} */
  const fits = (line) => (typeof label === 'string' ? line.label === label : label.test(line.label));
  /** @param {MenuItem} line @returns {MenuItem | undefined} */
  const find = (line) => (line.label && fits(line) ? line : line.children.map(find).find(Boolean));
  const line = find(trayMenu(item));
  if (!line) throw new Error(`The tray's menu has no "${label}", only: ${trayMenuLabels(item).join(' | ')}`);
  bus(
    'call',
    item.bus,
    property(item, 'Menu'),
    MENU,
    'Event',
    'isvu',
    String(line.id),
    'clicked',
    's',
    '',
    '0',
  );
}

/**
 * Clicks the tray icon itself.
 * @param {TrayItem} item
 */
export function activateTray(item) {
  bus('call', item.bus, item.path, ITEM, 'Activate', 'ii', '0', '0');
}
