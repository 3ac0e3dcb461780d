#!/usr/bin/env node
/** `npm run build`: builds main, preload, renderer and the practice desk's own program into out/. */
import { ensureDependencies } from './lib/dependencies.mjs';

ensureDependencies();
const { ensureBuild } = await import('./lib/build.mjs');
await ensureBuild({ force: true }).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
