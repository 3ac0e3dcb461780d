import path from 'node:path';
import { defineConfig } from 'vite';

const root = path.resolve(import.meta.dirname, '..');

/** Builds the practice desk as a program of its own (`npm run desk`): plain Node, nothing of Electron in it. */
export default defineConfig({
  root,
  resolve: { alias: { '@shared': path.join(root, 'src-shared') } },
  ssr: { noExternal: true },
  publicDir: false,
  build: {
    ssr: true,
    outDir: path.join(root, 'out/desk'),
    target: 'node20',
    emptyOutDir: true,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { cli: path.join(root, 'src-main/practice-desk/cli.ts') },
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
});
