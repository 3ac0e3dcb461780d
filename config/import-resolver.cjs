const fs = require('node:fs');
const path = require('node:path');
const { isBuiltin } = require('node:module');

const ENDINGS = ['', '.ts', '.tsx', '.mjs', '/index.ts', '/index.tsx'];

/**
 * Tells eslint-plugin-boundaries which file an import means: relative ones and `@shared/*` (as in tsconfig.json).
 * Everything else is a package, which needs no file to be judged.
 */
exports.interfaceVersion = 2;
exports.resolve = (source, importer, { root }) => {
  if (isBuiltin(source)) return { found: true, path: null };
  const place = placeOf(source, importer, root);
  const found = place && ENDINGS.map((ending) => place + ending).find(isFile);
  return found ? { found: true, path: found } : { found: false };
};

function placeOf(source, importer, root) {
  const bare = source.replace(/\?.*$/, '');
  if (bare.startsWith('@shared/')) return path.join(root, 'src-shared', bare.slice('@shared/'.length));
  return bare.startsWith('.') ? path.resolve(path.dirname(importer), bare) : undefined;
}

const isFile = (file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
