#!/usr/bin/env node
/**
 * `npm run bench [-- --runs N] [--settle MS] [--json]`: what Deskbell costs beside an empty Electron app on the same
 * runtime. Sets up what is missing and measures in a desktop session of its own (measure.mjs). Linux only: memory is
 * read from /proc.
 */
import { spawnSync } from 'node:child_process';
import { ensureDependencies } from '../../config/scripts/lib/dependencies.mjs';
import { inRoot } from '../../config/scripts/lib/paths.mjs';

const say = (line) => console.error(line);
ensureDependencies(say);
const { ensureBuild } = await import('../../config/scripts/lib/build.mjs');
const { inVirtualDesktop, isRoot } = await import('../../config/scripts/lib/desktop.mjs');
const { findElectronRuntime, runtimeEnvironment } = await import('../../config/scripts/electron-runtime.mjs');
const { ensureSystemPackages } = await import('../../config/scripts/system-packages.mjs');

if (process.platform !== 'linux') {
  say('The benchmark reads memory from /proc: it runs on Linux only.');
  process.exit(1);
}
if (!ensureSystemPackages(['electron', 'desktop'], say)) process.exit(1);
await ensureBuild({ say });
const runtime = await findElectronRuntime({ log: say });
const [program, ...rest] = inVirtualDesktop([
  process.execPath,
  inRoot('test/bench/measure.mjs'),
  ...process.argv.slice(2),
]);
const env = {
  ...process.env,
  ...runtimeEnvironment(runtime),
  BENCH_RUNTIME: `Electron ${runtime.version}, ${runtime.source}`,
  BENCH_FLAGS: isRoot() ? '--no-sandbox' : '',
};
process.exit(spawnSync(program, rest, { stdio: 'inherit', env }).status ?? 1);
