import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { BUILD_STAMP } from './build.mjs';
import { inRoot, ROOT } from './paths.mjs';
import { withLock } from './lock.mjs';

/** Said before and after a package is made that must not leave this machine. */
export const TESTING_ONLY = [
  '',
  '############################################################################',
  '#  FOR TESTING ONLY. This package holds an old stand-in runtime, not the   #',
  '#  Electron that Deskbell ships with. Do not give it to anybody.           #',
  '############################################################################',
  '',
].join('\n');

const TEST_PACKAGE_STAMP = inRoot('dist/testing-only/.built-from');

/**
 * Packs the build with the runtime at hand into dist/testing-only.
 * @param {import('../electron-runtime.mjs').ElectronRuntime} runtime
 * @param {string[]} targets for electron-builder
 * @returns {number} exit status
 */
export function packForTesting(runtime, targets) {
  const options = [
    `-c.electronDist=${runtime.folder}`,
    `-c.electronVersion=${runtime.version.replace(/^v/, '')}`,
    '-c.directories.output=dist/testing-only',
    '-c.artifactName=${productName}-${version}-${arch}-TESTING-ONLY.${ext}',
    '-c.compression=store',
    '--x64',
  ];
  fs.rmSync(TEST_PACKAGE_STAMP, { force: true });
  return electronBuilder([...targets, ...options], {
    CUSTOM_FPM_PATH: process.env.CUSTOM_FPM_PATH ?? inRoot('config/scripts/fpm-stand-in.mjs'),
    ELECTRON_BUILDER_7ZIP_PATH: process.env.ELECTRON_BUILDER_7ZIP_PATH ?? '/usr/bin/7za',
  });
}

/**
 * Makes sure that dist/testing-only holds the packed (not compressed) form of the current build, which end-to-end
 * tests start.
 * @param {import('../electron-runtime.mjs').ElectronRuntime} runtime
 * @throws {Error} if it cannot be packed
 */
export async function ensureTestPackage(runtime) {
  await withLock(inRoot('node_modules/.cache/package.lock'), () => {
    const wanted = `${fs.readFileSync(BUILD_STAMP, 'utf8')} ${runtime.version} ${packagingInputs()}`;
    if (fs.existsSync(TEST_PACKAGE_STAMP) && fs.readFileSync(TEST_PACKAGE_STAMP, 'utf8') === wanted) return;
    console.log('Packing it, for tests only …');
    if (packForTesting(runtime, ['--linux', 'dir']) !== 0) throw new Error('Packing failed.');
    fs.writeFileSync(TEST_PACKAGE_STAMP, wanted);
  });
}

const packagingInputs = () =>
  ['electron-builder.yml', 'config/scripts/after-pack.cjs', 'config/scripts/lib/notices.mjs']
    .map((file) => fs.readFileSync(inRoot(file), 'utf8'))
    .join('');

/**
 * @param {string[]} options
 * @param {Record<string, string>} [env]
 * @returns {number} exit status
 */
export function electronBuilder(options, env = {}) {
  const cli = inRoot('node_modules/electron-builder/cli.js');
  const command = [cli, '--config', 'electron-builder.yml', '--publish', 'never', ...options];
  const spawned = spawnSync(process.execPath, command, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return spawned.status ?? 1;
}
