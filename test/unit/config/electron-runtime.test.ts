import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findElectronRuntime, runtimeEnvironment } from '../../../config/scripts/electron-runtime.mjs';

const run = promisify(execFile);
let temporary: string;

beforeEach(() => {
  temporary = mkdtempSync(path.join(os.tmpdir(), 'deskbell-runtime-'));
});
afterEach(() => rmSync(temporary, { recursive: true, force: true }));

/** A folder that looks like a runtime of that version. */
function fakeRuntime(name: string, version: string): string {
  const folder = path.join(temporary, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'electron'), '');
  writeFileSync(path.join(folder, 'version'), version);
  return folder;
}

/** A machine where nothing is installed and nothing can be fetched, unless a test says so. */
function bareMachine(): NonNullable<Parameters<typeof findElectronRuntime>[0]> {
  return {
    env: {},
    platform: 'linux',
    arch: 'x64',
    log: () => undefined,
    electronPackage: path.join(temporary, 'electron-package'),
    pinnedFolder: path.join(temporary, 'cache/pinned'),
    download: () => Promise.reject(new Error('no network')),
    preparePinned: () => Promise.reject(new Error('no registry')),
  };
}

describe('the order in which a runtime is looked for', () => {
  it('takes the folder named by ELECTRON_OVERRIDE_DIST_PATH before everything else', async () => {
    const mine = fakeRuntime('mine', '44.0.0');
    fakeRuntime('electron-package/dist', '45.0.0');
    const env = { ELECTRON_OVERRIDE_DIST_PATH: mine };
    const runtime = await findElectronRuntime({ ...bareMachine(), env });
    expect(runtime).toMatchObject({ folder: mine, version: '44.0.0', isStandIn: false });
    expect(runtimeEnvironment(runtime)).toEqual({
      ELECTRON_OVERRIDE_DIST_PATH: mine,
      ELECTRON_EXEC_PATH: path.join(mine, 'electron'),
    });
  });

  it('says so when that folder has no Electron', async () => {
    const env = { ELECTRON_OVERRIDE_DIST_PATH: temporary };
    await expect(findElectronRuntime({ ...bareMachine(), env })).rejects.toThrow('There is no Electron at');
  });

  it("takes the electron package's own runtime, then the stand-in from the cache", async () => {
    fakeRuntime('cache/pinned', '33.2.1');
    expect(await findElectronRuntime(bareMachine())).toMatchObject({ version: '33.2.1', isStandIn: true });
    fakeRuntime('electron-package/dist', '45.0.0');
    expect(await findElectronRuntime(bareMachine())).toMatchObject({ version: '45.0.0', isStandIn: false });
  });

  it("downloads the package's own runtime when there is none yet", async () => {
    const download = (): Promise<void> => {
      fakeRuntime('electron-package/dist', '45.0.0');
      return Promise.resolve();
    };
    expect(await findElectronRuntime({ ...bareMachine(), download })).toMatchObject({ version: '45.0.0' });
  });

  it('prepares the stand-in when that download is impossible, and says which and why', async () => {
    const lines: string[] = [];
    const runtime = await findElectronRuntime({
      ...bareMachine(),
      log: (line) => lines.push(line),
      preparePinned: () => Promise.resolve(fakeRuntime('cache/pinned', '33.2.1')),
    });
    expect(runtime.isStandIn).toBe(true);
    expect(lines.join('\n')).toMatch(
      /could not download its runtime \(no network\)[^]*Electron 33\.2\.1, stand-in/,
    );
  });

  it('recognises the stand-in when a child process is pointed to it', async () => {
    const folder = fakeRuntime('cache/pinned', '33.2.1');
    const env = { ELECTRON_OVERRIDE_DIST_PATH: folder };
    expect(await findElectronRuntime({ ...bareMachine(), env })).toMatchObject({ isStandIn: true });
  });

  it.each([
    ['win32', 'x64'],
    ['linux', 'arm64'],
  ])('gives advice where there is no stand-in (%s-%s)', async (platform, arch) => {
    const attempt = findElectronRuntime({ ...bareMachine(), platform, arch });
    await expect(attempt).rejects.toThrow('set ELECTRON_OVERRIDE_DIST_PATH');
  });
});

describe('preparing a folder', () => {
  const helper = path.resolve('config/scripts/lib/prepared-once.mjs');

  /** A process that wants `target`; its preparation takes a moment and is counted in a file. */
  const prepare = (target: string, work = `await new Promise((r) => setTimeout(r, 150));`) =>
    run(process.execPath, [
      '--input-type=module',
      '-e',
      `import fs from 'node:fs';
       import { preparedOnce } from ${JSON.stringify(helper)};
       const done = await preparedOnce(${JSON.stringify(target)}, async (folder) => {
         fs.appendFileSync(${JSON.stringify(path.join(temporary, 'count'))}, 'x');
         ${work}
         fs.writeFileSync(folder + '/content', 'whole');
       });
       console.log(done, fs.readFileSync(${JSON.stringify(path.join(target, 'content'))}, 'utf8'));`,
    ]);

  it('is done once when several processes ask at the same time', async () => {
    const target = path.join(temporary, 'cache/runtime');
    const answers = await Promise.all([prepare(target), prepare(target), prepare(target)]);
    const said = answers.map(({ stdout }) => stdout.trim()).sort();
    expect(said).toEqual(['false whole', 'false whole', 'true whole']);
    expect(readFileSync(path.join(temporary, 'count'), 'utf8')).toBe('x');
    expect(readdirSync(path.dirname(target))).toEqual(['runtime']);
  });

  it('is taken over from a process that died in the middle', async () => {
    const target = path.join(temporary, 'cache/runtime');
    await expect(prepare(target, `process.kill(process.pid, 'SIGKILL');`)).rejects.toThrow();
    expect(existsSync(target)).toBe(false);
    expect((await prepare(target)).stdout.trim()).toBe('true whole');
    expect(readdirSync(path.dirname(target))).toEqual(['runtime']);
  });

  it('leaves nothing behind when it fails', async () => {
    const target = path.join(temporary, 'cache/runtime');
    await expect(prepare(target, `throw new Error('broken');`)).rejects.toThrow('broken');
    expect(readdirSync(path.dirname(target))).toEqual([]);
  });
});
