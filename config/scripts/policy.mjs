#!/usr/bin/env node
/** `npm run policy`: makes everything in assets/policy from the schema of the managed settings. */
import fs from 'node:fs';
import path from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { inRoot, ROOT } from './lib/paths.mjs';

ensureDependencies();
const { runnerImport } = await import('vite');
const { module } = await runnerImport(inRoot('config/scripts/policy/files.ts'), {
  root: ROOT,
  configFile: false,
  logLevel: 'error',
  resolve: { alias: { '@shared': inRoot('src-shared') } },
});
for (const [name, content] of Object.entries(module.policyFiles())) {
  const file = inRoot('assets/policy', name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
  console.log(path.relative(ROOT, file));
}
