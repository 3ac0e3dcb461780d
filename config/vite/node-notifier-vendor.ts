import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

const NOTIFIER_MODULE = /[\\/]node-notifier[\\/]notifiers[\\/]\w+\.js$/;

/**
 * Lets the bundled node-notifier find its helper programs (Windows and macOS) and copies them to `target`.
 *
 * node-notifier looks for them beside its own source file. Bundled, that is a chunk in `out/main/chunks`; packaged,
 * it is inside app.asar, from which nothing can be executed, so electron-builder unpacks `out/vendor` beside it.
 */
export function nodeNotifierVendor(target: string): Plugin {
  return {
    name: 'deskbell:node-notifier-vendor',
    apply: 'build',
    transform(code, id) {
      if (!NOTIFIER_MODULE.test(id)) return null;
      const out = String.raw`__dirname.replace(/^(.*[\\/]out)[\\/].*$/, '$1').replace(/\bapp\.asar\b/, 'app.asar.unpacked')`;
      return {
        code: code.replace(
          /path\.(?:resolve|join)\(\s*__dirname,\s*'\.\.\/vendor\//,
          `path.join(${out}, 'vendor/`,
        ),
        map: null,
      };
    },
    writeBundle() {
      const packageJson = createRequire(import.meta.url).resolve('node-notifier/package.json');
      fs.cpSync(path.join(path.dirname(packageJson), 'vendor'), target, { recursive: true });
    },
  };
}
