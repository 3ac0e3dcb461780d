import path from 'node:path';
import { defineConfig } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '..');
/** Where the run leaves reports, traces and pictures; a run as another user has a folder of its own. */
const results = process.env['DESKBELL_TEST_RESULTS'] ?? path.join(root, 'test-results');

/**
 * End-to-end tests and the demo on the real Electron (`npm run test:e2e`, `npm run demo`). One worker: the desktop
 * has one tray, one notification daemon and one keyring.
 */
export default defineConfig({
  testDir: path.join(root, 'test'),
  outputDir: path.join(results, 'e2e'),
  workers: 1,
  // For a crash of the runtime itself; a test that passes at the second try for any other reason fails the run (reports.mjs).
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reportSlowTests: null,
  reporter: [['list'], ['json', { outputFile: path.join(results, 'e2e.json') }]],
  use: { trace: 'off' },
  projects: [
    { name: 'e2e', testMatch: /\.spec\.ts$/ },
    { name: 'demo', testMatch: /\.demo\.ts$/, timeout: 15 * 60_000 },
  ],
});
