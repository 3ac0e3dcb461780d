// Runs before anything is installed: only Node's own modules here.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { inRoot, ROOT } from './paths.mjs';

const [MAJOR, MINOR] = [20, 19];

/**
 * Runs `npm ci` if node_modules is missing or differs from package-lock.json. Ends the program if it fails.
 * Install scripts stay off: the only ones are downloads of Electron, and electron-runtime.mjs sees to that.
 * @param {(line: string) => void} [say]
 */
export function ensureDependencies(say = console.log) {
  requireNode();
  if (isInstalled()) return;
  say('Installing what package-lock.json lists (npm ci) …');
  const arguments_ = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', arguments_, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error('npm ci did not succeed; nothing can be started without it.');
  process.exit(1);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MAJOR || (major === MAJOR && minor >= MINOR)) return;
  console.error(
    `Deskbell needs Node ${MAJOR}.${MINOR} or newer to run from source; this is ${process.versions.node}.`,
  );
  process.exit(1);
}

/** Whether npm's own record of what it installed agrees with the lock. Packages for other systems may be absent. */
function isInstalled() {
  const installed = readPackages('node_modules/.package-lock.json');
  const wanted = readPackages('package-lock.json');
  if (!installed || !wanted) return false;
  return Object.entries(wanted)
    .filter(([place]) => place !== '')
    .every(([place, { version, optional }]) =>
      installed[place] ? installed[place].version === version : optional === true,
    );
}

function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(inRoot(file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
