import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { inRoot, ROOT } from './paths.mjs';
import { withLock } from './lock.mjs';

/** What the build is made from. */
const INPUTS = [
  'src-main',
  'src-renderer',
  'src-shared',
  'assets',
  'config/vite',
  'config/electron.vite.config.ts',
  'config/desk.vite.config.ts',
  'package.json',
  'package-lock.json',
];
/** Holds a hash of the sources that out/ was built from. */
export const BUILD_STAMP = inRoot('out/.built-from');
const LOCK = inRoot('node_modules/.cache/build.lock');

/**
 * Builds into out/ unless it was built from exactly these sources. Two runs at once build once.
 * @param {{ force?: boolean, say?: (line: string) => void }} [options]
 * @throws {Error} if a build fails; what it printed is shown
 */
export async function ensureBuild({ force = false, say = console.log } = {}) {
  await withLock(LOCK, () => {
    const hash = hashInputs();
    if (!force && fs.existsSync(BUILD_STAMP) && fs.readFileSync(BUILD_STAMP, 'utf8') === hash) return;
    say('Building …');
    fs.rmSync(BUILD_STAMP, { force: true });
    buildWith('electron-vite/bin/electron-vite.js', 'build', '--config', 'config/electron.vite.config.ts');
    buildWith('vite/bin/vite.js', 'build', '--config', 'config/desk.vite.config.ts');
    fs.writeFileSync(BUILD_STAMP, hash);
  });
}

function buildWith(tool, ...arguments_) {
  const command = [inRoot('node_modules', tool), ...arguments_, '--logLevel', 'warn'];
  const { status } = spawnSync(process.execPath, command, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error('The build failed.');
}

function hashInputs() {
  const hash = createHash('sha256');
  for (const file of INPUTS.flatMap(filesBelow))
    hash.update(`${file}\0`).update(fs.readFileSync(inRoot(file)));
  return hash.digest('hex');
}

/** All files below a path of the project, as relative paths in a fixed order. */
function filesBelow(place) {
  const stat = fs.statSync(inRoot(place), { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [place];
  return fs
    .readdirSync(inRoot(place))
    .sort()
    .flatMap((name) => filesBelow(`${place}/${name}`));
}
