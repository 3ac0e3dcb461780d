#!/usr/bin/env node
/** `npm start`: sets up what is missing, says what it does, and opens Deskbell. Arguments go to Deskbell. */
import { spawn } from 'node:child_process';
import { endWith } from './lib/child.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { inRoot, ROOT } from './lib/paths.mjs';

ensureDependencies();
const { ensureBuild } = await import('./lib/build.mjs');
const desktop = await import('./lib/desktop.mjs');
const { findElectronRuntime, runtimeEnvironment } = await import('./electron-runtime.mjs');

/** The command that opens Deskbell, with its environment. */
async function prepare() {
  await ensureBuild();
  const place = desktop.prepareDesktop();
  if (!place) return undefined;
  const runtime = await findElectronRuntime({ log: (line) => console.log(line) });
  const flags = [
    ...desktop.sandboxFlags(),
    // There is no graphics card behind it either: Chromium would look for one, and complain.
    ...(place.virtual ? [`--user-data-dir=${desktop.userDataFolder()}`, '--disable-gpu'] : []),
  ];
  const command = [runtime.executable, ROOT, ...flags, ...process.argv.slice(2)];
  const env = { ...process.env, ...runtimeEnvironment(runtime) };
  if (!place.virtual) return { command, env };
  const withPicture = [process.execPath, inRoot('config/scripts/lib/open-and-picture.mjs'), ...command];
  return { command: desktop.inVirtualDesktop(withPicture), env };
}

try {
  const prepared = await prepare();
  if (!prepared) process.exit(1);
  console.log('Opening Deskbell. Close its window and it stays in the tray; Ctrl+C here ends it.');
  const [program, ...rest] = prepared.command;
  const child = spawn(program, rest, { stdio: 'inherit', env: prepared.env });
  endWith(child);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
