#!/usr/bin/env node
/**
 * `npm run demo [-- ARGUMENTS…]`: Deskbell walks its main job by itself in the real window, says each step and leaves
 * numbered pictures of it in test-results/demo. On a machine with a display it is to be seen there. Arguments go to
 * Playwright.
 */
import { spawnSync } from 'node:child_process';
import { ensureDependencies } from './lib/dependencies.mjs';
import { inRoot, RESULTS, ROOT } from './lib/paths.mjs';

ensureDependencies();
const { ensureBuild } = await import('./lib/build.mjs');
const { inVirtualDesktop, prepareDesktop } = await import('./lib/desktop.mjs');
const { findElectronRuntime, runtimeEnvironment } = await import('./electron-runtime.mjs');

try {
  const place = prepareDesktop();
  if (!place) process.exit(1);
  await ensureBuild();
  const runtime = await findElectronRuntime({ log: (line) => console.log(line) });
  const playwright = inRoot('node_modules/@playwright/test/cli.js');
  const options = [
    '--config',
    inRoot('config/playwright.config.ts'),
    '--project=demo',
    'demo',
    '--reporter',
    'line',
  ];
  const demo = [process.execPath, playwright, 'test', ...options, ...process.argv.slice(2)];
  const [program, ...rest] = place.virtual ? inVirtualDesktop(demo) : demo;
  const env = { ...process.env, ...runtimeEnvironment(runtime), DESKBELL_TEST_RESULTS: RESULTS };
  process.exit(spawnSync(program, rest, { cwd: ROOT, stdio: 'inherit', env }).status ?? 1);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
