#!/usr/bin/env node
/**
 * `npm run test:e2e [-- ARGUMENTS…]`: sets up what is missing and runs the end-to-end tests; arguments go to
 * Playwright (a file's name, `--grep …`). With `--sandboxed` first, as a user who is not root.
 */
import { ensureDependencies } from './lib/dependencies.mjs';

ensureDependencies();
const { ensureBuild } = await import('./lib/build.mjs');
const { runE2e, runE2eSandboxed } = await import('./lib/e2e.mjs');
const { ensureTestPackage } = await import('./lib/packaging.mjs');
const { findElectronRuntime } = await import('./electron-runtime.mjs');
const { ensureSystemPackages } = await import('./system-packages.mjs');

if (!ensureSystemPackages(['electron', 'desktop'])) process.exit(1);
const [first, ...rest] = process.argv.slice(2);
try {
  await ensureBuild();
  // Packing takes some seconds: only when the tests that need it may run.
  const files = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
  const packs = process.platform === 'linux' && (files.length === 0 || files.join().includes('packaged'));
  if (packs) await ensureTestPackage(await findElectronRuntime({ log: () => undefined }));
  const sandboxed = first === '--sandboxed';
  const arguments_ = ['--project=e2e', ...(sandboxed ? rest : process.argv.slice(2))];
  process.exit(await (sandboxed ? runE2eSandboxed(arguments_) : runE2e(arguments_)));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
