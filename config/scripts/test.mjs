#!/usr/bin/env node
/**
 * `npm test`: sets up what is missing, then runs lint, format, types, unit, live and end-to-end tests, and those marked
 * @sandboxed once more as a user who is not root. Every part runs, also after one has failed. A skipped,
 * focused or uncollected test is a failure; with CI=true so is a part that cannot run here.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { inRoot, RESULTS, ROOT } from './lib/paths.mjs';

ensureDependencies();
const { ensureBuild } = await import('./lib/build.mjs');
const { isRoot } = await import('./lib/desktop.mjs');
const { runE2e, runE2eSandboxed } = await import('./lib/e2e.mjs');
const { ensureTestPackage } = await import('./lib/packaging.mjs');
const { findElectronRuntime } = await import('./electron-runtime.mjs');
const reports = await import('./lib/reports.mjs');
const { ensureSystemPackages } = await import('./system-packages.mjs');

const total = { passed: 0, failed: 0 };
const problems = [];
const collected = [];

/** Tests against servers that are installed apart (part `servers` of config/system-packages.txt). */
const NEEDS_SERVERS = ['test/live/rt/**', 'test/**/*.rt.test.ts'];
const needsServers = (file) => file.startsWith('test/live/rt/') || file.endsWith('.rt.test.ts');

/** Announces a part and notes how it went; `work` gives true, false or what a test runner reported. */
async function part(name, work) {
  console.log(`\n── ${name}`);
  const started = Date.now();
  let outcome;
  try {
    outcome = await work();
  } catch (error) {
    console.error(error.message);
    outcome = false;
  }
  note(name, typeof outcome === 'boolean' ? { passed: outcome ? 1 : 0, failed: outcome ? 0 : 1 } : outcome);
  console.log(`   ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

function note(name, { passed, failed, skipped = [], problems: more = [], notes = [] }) {
  problems.push(...notes.map((one) => `${name}: note: ${one}`));
  total.passed += passed;
  const bad = [
    ...(failed ? [`${failed} failed`] : []),
    ...skipped.map((title) => `skipped: ${title}`),
    ...(passed + failed === 0 ? ['nothing ran'] : []),
    ...more,
  ];
  total.failed += failed + skipped.length + more.length + (passed + failed === 0 ? 1 : 0);
  problems.push(...bad.map((problem) => `${name}: ${problem}`));
}

/** A part that cannot run on this machine. */
function missing(name, why) {
  const message = `${name}: not run (${why})`;
  console.log(`\n── ${message}`);
  problems.push(message);
  if (process.env.CI) total.failed += 1;
}

const tool = (file, ...arguments_) =>
  spawnSync(process.execPath, [inRoot('node_modules', file), ...arguments_], {
    cwd: ROOT,
    stdio: 'inherit',
    // A log that is read later is no terminal.
    env: process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: '1' },
  }).status === 0;

const npmScript = (name) =>
  spawnSync('npm', ['run', '--silent', name], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  }).status === 0;

function unit() {
  tool(
    'vitest/vitest.mjs',
    'run',
    '--config',
    'config/vitest.config.ts',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${reports.UNIT_REPORT}`,
    ...(hasServers ? [] : NEEDS_SERVERS.map((glob) => `--exclude=${glob}`)),
  );
  return remember(reports.readVitestReport(reports.UNIT_REPORT));
}

async function e2e() {
  await runE2e(['--project=e2e']);
  return remember(reports.readPlaywrightReport(reports.E2E_REPORT));
}

async function sandboxed() {
  await runE2eSandboxed(['--project=e2e', '--grep', '@sandboxed']);
  return reports.readPlaywrightReport(inRoot('test-results/sandboxed/e2e.json'));
}

function remember(outcome) {
  collected.push(...outcome.files);
  return outcome;
}

function everyTestCollected() {
  const isLeftOut = (file) => !hasServers && needsServers(file);
  const forgotten = reports.uncollectedTests(collected).filter((file) => !isLeftOut(file));
  for (const file of forgotten) console.error(`No test runner collected ${file}`);
  return forgotten.length === 0;
}

fs.rmSync(RESULTS, { recursive: true, force: true });
fs.mkdirSync(RESULTS, { recursive: true });
const hasDesktop = ensureSystemPackages(['electron', 'desktop']);
const hasServers = ensureSystemPackages(['servers']);

await part('Lint', () => npmScript('lint'));
await part('Format', () => npmScript('format:check'));
await part('Types', () => npmScript('types'));
await part('Unit, property and live tests', unit);
if (!hasServers) missing('Live tests with Request Tracker', 'system packages are missing, see above');
await part('Build', () => ensureBuild({ force: true }).then(() => true));
if (hasDesktop) {
  if (process.platform === 'linux') {
    await part('Package', async () => {
      await ensureTestPackage(await findElectronRuntime({ log: () => undefined }));
      return true;
    });
  }
  await part('End-to-end tests', e2e);
  await part('Every test file was collected', everyTestCollected);
  if (process.platform === 'linux' && isRoot())
    await part('End-to-end tests, not root, sandbox on', sandboxed);
} else {
  missing('End-to-end tests', 'system packages are missing, see above');
}

console.log('');
for (const problem of problems) console.log(problem);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
