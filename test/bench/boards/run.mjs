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
const { createServer, createServerModuleRunner } = await import('vite');
const root = path.resolve(import.meta.dirname, '../../..');
// It stays open while the bench runs: connectors load what they need when they need it.
const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  resolve: {
    alias: {
      '@shared': path.join(root, 'src-shared'),
      electron: path.join(root, 'test/support/electron-stub.ts'),
    },
  },
});
const runner = createServerModuleRunner(server.environments.ssr, { hmr: false });
const { main } = await runner.import(path.join(import.meta.dirname, 'bench.ts'));
const status = await main(process.argv.includes('--json'));
await runner.close();
await server.close();
process.exit(status);
