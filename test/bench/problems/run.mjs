import path from 'node:path';
import { runnerImport } from 'vite';

/** Runs a module of this folder: `node test/bench/problems/run.mjs [bench|train]`. */
const root = path.resolve(import.meta.dirname, '../../..');
const name = process.argv[2] === 'train' ? 'train.ts' : 'bench.ts';
const { module } = await runnerImport(path.join(import.meta.dirname, name), {
  root,
  configFile: false,
  logLevel: 'error',
});
module.main(root);
