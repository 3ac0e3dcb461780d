#!/usr/bin/env node
/** `npm run desk -- --port N --data DIR --pace P`: the practice desk alone, built first if need be. */
import { spawn } from 'node:child_process';
import { endWith } from './lib/child.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { inRoot } from './lib/paths.mjs';

ensureDependencies();
const { ensureBuild } = await import('./lib/build.mjs');
await ensureBuild({ say: (line) => console.error(line) });
const child = spawn(process.execPath, [inRoot('out/desk/cli.cjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
endWith(child);
