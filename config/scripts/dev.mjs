#!/usr/bin/env node
/** `npm run dev`: Deskbell with hot reload (electron-vite dev), on the same runtime as `npm start`. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { endWith } from './lib/child.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { inRoot, ROOT } from './lib/paths.mjs';

ensureDependencies();
const { BUILD_STAMP } = await import('./lib/build.mjs');
const desktop = await import('./lib/desktop.mjs');
const { findElectronRuntime, runtimeEnvironment } = await import('./electron-runtime.mjs');

const place = desktop.prepareDesktop();
if (!place) process.exit(1);
// What this leaves in out/ is for development; the next start or test builds afresh.
fs.rmSync(BUILD_STAMP, { force: true });
const runtime = await findElectronRuntime({ log: (line) => console.log(line) });
const noSandbox = desktop.sandboxFlags().length > 0;
const tool = inRoot('node_modules/electron-vite/bin/electron-vite.js');
const dev = [process.execPath, tool, 'dev', '--watch', '--config', 'config/electron.vite.config.ts'];
const [program, ...rest] = [
  ...(place.virtual ? desktop.inVirtualDesktop(dev) : dev),
  ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : []),
];
const env = { ...process.env, ...runtimeEnvironment(runtime), ...(noSandbox ? { NO_SANDBOX: '1' } : {}) };
const child = spawn(program, rest, { cwd: ROOT, stdio: 'inherit', env });
endWith(child);
