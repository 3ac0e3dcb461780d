#!/usr/bin/env node
/**
 * `npm run package [-- ARGUMENTS…]`: builds and packs Deskbell with electron-builder for this system; arguments go to
 * electron-builder (`--linux deb`, `--win`, …). With `--release` first it refuses anything but the electron
 * dependency's own runtime.
 *
 * Where only the stand-in runtime is to be had, it packs what can be packed with it, for tests, into
 * dist/testing-only, and says so: such a package must never be given to anybody.
 */
import { spawnSync } from 'node:child_process';
import { ensureDependencies } from './lib/dependencies.mjs';
import { inRoot, ROOT } from './lib/paths.mjs';

ensureDependencies();
const { ensureBuild } = await import('./lib/build.mjs');
const { findElectronRuntime } = await import('./electron-runtime.mjs');
const { ensureSystemPackages } = await import('./system-packages.mjs');

/** What the stand-in can become; the other targets need downloads of their own. */
const STAND_IN_TARGETS = ['--linux', 'dir', 'tar.gz', 'deb', 'rpm'];

const arguments_ = process.argv.slice(2);
const isRelease = arguments_[0] === '--release';
if (isRelease) arguments_.shift();

const WARNING = [
  '',
  '############################################################################',
  '#  FOR TESTING ONLY. This package holds an old stand-in runtime, not the   #',
  '#  Electron that Deskbell ships with. Do not give it to anybody.           #',
  '############################################################################',
  '',
].join('\n');

try {
  await ensureBuild();
  const runtime = await findElectronRuntime({ log: (line) => console.log(line) });
  process.exit(runtime.isStandIn ? packForTesting(runtime) : electronBuilder(arguments_, {}));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

function packForTesting(runtime) {
  if (isRelease)
    throw new Error("A release needs the electron package's own runtime; here is only a stand-in.");
  const targets = arguments_.length ? arguments_ : STAND_IN_TARGETS;
  if (!targets.includes('dir') || targets.length > 2) ensureSystemPackages(['package']);
  console.warn(WARNING);
  const options = [
    `-c.electronDist=${runtime.folder}`,
    `-c.electronVersion=${runtime.version}`,
    '-c.directories.output=dist/testing-only',
    '-c.artifactName=${productName}-${version}-${arch}-TESTING-ONLY.${ext}',
    '-c.compression=store',
    '--x64',
  ];
  const status = electronBuilder([...targets, ...options], {
    CUSTOM_FPM_PATH: process.env.CUSTOM_FPM_PATH ?? inRoot('config/scripts/fpm-stand-in.mjs'),
    ELECTRON_BUILDER_7ZIP_PATH: process.env.ELECTRON_BUILDER_7ZIP_PATH ?? '/usr/bin/7za',
  });
  console.warn(WARNING);
  return status;
}

function electronBuilder(options, env) {
  const cli = inRoot('node_modules/electron-builder/cli.js');
  const command = [cli, '--config', 'electron-builder.yml', '--publish', 'never', ...options];
  return (
    spawnSync(process.execPath, command, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } })
      .status ?? 1
  );
}
