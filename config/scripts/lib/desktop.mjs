import os from 'node:os';
import path from 'node:path';
import { ensureSystemPackages } from '../system-packages.mjs';
import { inRoot } from './paths.mjs';

const isLinux = process.platform === 'linux';
export const isRoot = () => process.getuid?.() === 0;

/** Whether this machine has no screen that a window could open on. */
export const needsVirtualDesktop = () => isLinux && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;

/** `command`, to be run inside a virtual desktop of its own. */
export const inVirtualDesktop = (command) => [inRoot('test/support/desktop-session.sh'), ...command];

/**
 * Flags every start of Electron needs here. Chromium's sandbox refuses to run as root; nowhere else is it off.
 * @param {(line: string) => void} [say]
 */
export function sandboxFlags(say = console.log) {
  if (!isLinux || !isRoot()) return [];
  say('You are root, so Chromium runs without its sandbox (--no-sandbox).');
  return ['--no-sandbox'];
}

/**
 * Makes sure that a window can be opened, and says how.
 * @param {(line: string) => void} [say]
 * @returns {{ virtual: boolean } | undefined} undefined if something is missing; what to do has been said
 */
export function prepareDesktop(say = console.log) {
  const virtual = needsVirtualDesktop();
  if (virtual) say('There is no display: Deskbell runs in a virtual desktop.');
  const complete = ensureSystemPackages(virtual ? ['electron', 'desktop'] : ['electron'], say);
  // With a real display the packages' names may just differ; Electron itself tells if a library is missing.
  return complete || !virtual ? { virtual } : undefined;
}

/** Where Deskbell keeps its data, also when a virtual desktop has a throw-away configuration folder. */
export const userDataFolder = () =>
  path.join(process.env.XDG_CONFIG_HOME || path.join(os.homedir(), '.config'), 'Deskbell');
