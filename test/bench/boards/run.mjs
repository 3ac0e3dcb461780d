#!/usr/bin/env node
/**
 * `npm run bench:boards [-- --json]`: calls and bytes per user action, for every board. Sets up what is missing; needs
 * root on Debian for Request Tracker.
 */
import path from 'node:path';
import { ensureDependencies } from '../../../config/scripts/lib/dependencies.mjs';

const say = (line) => console.error(line);
ensureDependencies(say);
const { ensureSystemPackages } = await import('../../../config/scripts/system-packages.mjs');
if (!ensureSystemPackages(['servers'], say)) process.exit(1);
const { runnerImport } = await import('vite');
const root = path.resolve(import.meta.dirname, '../../..');
const { module } = await runnerImport(path.join(import.meta.dirname, 'bench.ts'), {
  root,
  configFile: false,
  logLevel: 'error',
  resolve: {
    alias: {
      '@shared': path.join(root, 'src-shared'),
      electron: path.join(root, 'test/support/electron-stub.ts'),
    },
  },
});
process.exit(await module.main(process.argv.includes('--json')));
