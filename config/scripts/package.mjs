#!/usr/bin/env node
/**
 * `npm run package [-- ARGUMENTS…]`: builds and packs Deskbell with electron-builder for this system; arguments go to
 * electron-builder (`--linux deb`, `--win`, …). With `--release` first it refuses anything but the electron
 * dependency's own runtime.
 *
 * Where only the stand-in runtime is to be had, it packs what can be packed with it, for tests, into
 * dist/testing-only, and says so: such a package must never be given to anybody.
 */
import { ensureDependencies } from './lib/dependencies.mjs';

ensureDependencies();
const { ensureBuild } = await import('./lib/build.mjs');
const { electronBuilder, packForTesting, TESTING_ONLY } = await import('./lib/packaging.mjs');
const { findElectronRuntime } = await import('./electron-runtime.mjs');
const { ensureSystemPackages } = await import('./system-packages.mjs');

/** What the stand-in can become; the other targets need downloads of their own. */
const STAND_IN_TARGETS = ['--linux', 'dir', 'tar.gz', 'deb', 'rpm'];

const arguments_ = process.argv.slice(2);
const isRelease = arguments_[0] === '--release';
if (isRelease) arguments_.shift();

try {
  await ensureBuild();
  const runtime = await findElectronRuntime({ log: (line) => console.log(line) });
  if (!runtime.isStandIn) process.exit(electronBuilder(arguments_));
  if (isRelease)
    throw new Error("A release needs the electron package's own runtime; here is only a stand-in.");
  const targets = arguments_.length ? arguments_ : STAND_IN_TARGETS;
  if (targets.join(' ') !== '--linux dir' && !ensureSystemPackages(['package'])) process.exit(1);
  console.warn(TESTING_ONLY);
  const status = packForTesting(runtime, targets);
  console.warn(TESTING_ONLY);
  process.exit(status);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
