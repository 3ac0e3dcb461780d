import path from 'node:path';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');

/** Bundles a TypeScript program for plain Node (Electron replaced by the stub) into `folder`; gives the file to run. */
export async function bundleForNode(entry: string, folder: string): Promise<string> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: {
      alias: {
        '@shared': path.join(root, 'src-shared'),
        electron: path.join(root, 'test/support/electron-stub.ts'),
      },
    },
    ssr: { noExternal: true },
    build: {
      ssr: path.join(root, entry),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'program.mjs', chunkFileNames: 'chunk-[hash].mjs' } },
    },
  });
  return path.join(folder, 'program.mjs');
}
