import { spawnSync } from 'node:child_process';
import { inRoot, RESULTS, ROOT } from './paths.mjs';
import { inVirtualDesktop } from './desktop.mjs';
import { findElectronRuntime, runtimeEnvironment } from '../electron-runtime.mjs';
import { withThrowAwayUser } from './throw-away-user.mjs';

const playwright = (root) => [`${root}/node_modules/@playwright/test/cli.js`, 'test'];
const options = (root) => ['--config', `${root}/config/playwright.config.ts`];

/**
 * Runs end-to-end tests on the built app. On Linux in a desktop session of its own, so that a real screen is left
 * alone and nothing depends on the desktop of whoever runs them.
 * @param {string[]} arguments_ for Playwright
 * @returns {Promise<number>} Playwright's exit status
 */
export async function runE2e(arguments_) {
  const runtime = await findElectronRuntime({ log: (line) => console.log(line) });
  const command = [process.execPath, ...playwright(ROOT), ...options(ROOT), ...arguments_];
  const [program, ...rest] = process.platform === 'linux' ? inVirtualDesktop(command) : command;
  const env = { ...process.env, ...runtimeEnvironment(runtime), DESKBELL_TEST_RESULTS: RESULTS };
  return spawnSync(program, rest, { cwd: ROOT, stdio: 'inherit', env }).status ?? 1;
}

/**
 * Runs end-to-end tests as a user who is not root, with Chromium's sandbox on. Needs root, to make that user.
 * The report is `sandboxed/e2e.json` below test-results.
 * @param {string[]} arguments_ for Playwright
 * @returns {Promise<number>} Playwright's exit status
 */
export async function runE2eSandboxed(arguments_) {
  const runtime = await findElectronRuntime({ log: (line) => console.log(line) });
  return withThrowAwayUser((user) => {
    const root = user.share(ROOT, [
      'node_modules',
      'out',
      'test',
      'config',
      'assets',
      'src-main',
      'src-shared',
      'package.json',
      'tsconfig.json',
    ]);
    const folder = user.share(runtime.folder);
    const executable = runtime.executable.replace(runtime.folder, folder);
    const results = user.folder('results');
    const session = `${root}/test/support/desktop-session.sh`;
    const node = user.share(process.execPath);
    const env = {
      ...runtimeEnvironment({ ...runtime, folder, executable }),
      DESKBELL_TEST_RESULTS: results,
      CI: process.env.CI ?? '',
    };
    const status = user.run([session, node, ...playwright(root), ...options(root), ...arguments_], {
      cwd: root,
      env,
    });
    user.takeBack(results, inRoot('test-results/sandboxed'));
    return status;
  });
}
