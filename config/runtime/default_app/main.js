// What Electron runs when the runtime has no app of its own: `electron [-r module]… <folder or file> [arguments]`.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const require = createRequire(import.meta.url);

/** Splits the command line into modules to load first and the app to start; the rest belongs to the app. */
function readCommandLine(argv) {
  const modules = [];
  for (let i = 1; i < argv.length; i++) {
    const argument = argv[i];
    if (argument === '-v' || argument === '--version') return { print: `v${process.versions.electron}` };
    if (argument === '-a' || argument === '--abi') return { print: process.versions.modules };
    if (argument === '-r' || argument === '--require') modules.push(argv[++i]);
    else if (argument.startsWith('--app=')) return { modules, target: argument.slice('--app='.length) };
    else if (!argument.startsWith('-')) return { modules, target: argument };
  }
  return { modules };
}

/** Takes name and version from the app's package.json, as Electron's own launcher does. */
function introduce(folder) {
  const manifest = path.join(folder, 'package.json');
  if (!fs.existsSync(manifest)) return;
  const { name, productName, version, desktopName } = JSON.parse(fs.readFileSync(manifest, 'utf8'));
  if (version) app.setVersion(version);
  app.name = productName ?? name ?? app.name;
  app.setDesktopName(desktopName ?? `${app.name}.desktop`);
  app.setAppPath(folder);
}

/** The file to import, or ends the program with a message. */
function findEntry(target) {
  try {
    return require.resolve(target);
  } catch (error) {
    console.error(`electron: no app at ${target}: ${error.message}`);
    process.exit(1);
  }
}

const { print, modules, target } = readCommandLine(process.argv);
if (print) {
  console.log(print);
  process.exit(0);
}
if (target === undefined) {
  console.error('usage: electron [-r module] <app folder or file> [arguments]');
  process.exit(1);
}
for (const module of modules) require(path.resolve(module));
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
const folder = path.resolve(target);
introduce(folder);
await import(pathToFileURL(findEntry(folder)).href);
