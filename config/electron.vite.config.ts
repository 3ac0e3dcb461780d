import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { nodeNotifierVendor } from './vite/node-notifier-vendor';
import { pureSharedModules } from './vite/pure-shared-modules';

const root = path.resolve(import.meta.dirname, '..');
const alias = { '@shared': path.join(root, 'src-shared') };
/** Node and Chromium of the oldest Electron the code runs on (33). */
const nodeTarget = 'node20.18';
const chromeTarget = 'chrome130';

/**
 * Builds for main, preload and renderer (electron-vite). Everything is bundled: the package ships `out/` and no
 * node_modules. A dynamic import in main becomes a chunk of its own, read only when it is needed.
 */
export default defineConfig({
  main: {
    resolve: { alias },
    plugins: [pureSharedModules(), nodeNotifierVendor(path.join(root, 'out/vendor'))],
    build: {
      outDir: path.join(root, 'out/main'),
      target: nodeTarget,
      minify: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: path.join(root, 'src-main/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    resolve: { alias },
    plugins: [pureSharedModules()],
    build: {
      outDir: path.join(root, 'out/preload'),
      target: nodeTarget,
      minify: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: path.join(root, 'src-main/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: path.join(root, 'src-renderer'),
    resolve: { alias },
    plugins: [react(), pureSharedModules()],
    build: {
      outDir: path.join(root, 'out/renderer'),
      emptyOutDir: true,
      target: chromeTarget,
      minify: true,
      // What the first screen loads is held to a size by test/e2e/bundle.spec.ts.
      chunkSizeWarningLimit: 700,
      rolldownOptions: {
        input: path.join(root, 'src-renderer/index.html'),
        // Main answers one request for what the first screen needs instead of sixteen.
        output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
      },
    },
  },
});
