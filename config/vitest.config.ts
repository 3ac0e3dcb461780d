import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Unit and property tests. Files are plain Node; a test that renders puts `// @vitest-environment happy-dom` on its
 * first line. A focused test fails the run, also outside CI.
 */
export default defineConfig({
  root,
  plugins: [react()],
  resolve: {
    alias: {
      '@shared': path.join(root, 'src-shared'),
      // electron-store imports it; the real one looks for its executable when imported outside Electron.
      electron: path.join(root, 'test/support/electron-stub.ts'),
    },
  },
  cacheDir: path.join(root, 'node_modules/.cache/vitest'),
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    allowOnly: false,
    passWithNoTests: false,
    testTimeout: 15_000,
    restoreMocks: true,
    server: { deps: { inline: ['electron-store'] } },
  },
});
