/**
 * Runs inside a virtual desktop: `open-and-picture.mjs COMMAND…` starts COMMAND, waits for its first window, saves a
 * picture of the screen and says where. Ends with COMMAND.
 */
import { spawn, spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_MS = 30_000;
/** Time for the first paint and the fonts after the window is mapped. */
const PAINT_MS = 1500;

const [program, ...rest] = process.argv.slice(2);
const child = spawn(program, rest, { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

const hasWindow = () => spawnSync('xdotool', ['search', '--onlyvisible', '--class', 'deskbell']).status === 0;

const deadline = Date.now() + WAIT_MS;
while (!hasWindow() && Date.now() < deadline) await sleep(200);
if (hasWindow()) {
  await sleep(PAINT_MS);
  const file = path.join(os.tmpdir(), `deskbell-window-${process.pid}.png`);
  const { status } = spawnSync('scrot', ['-o', file]);
  console.log(
    status === 0
      ? `Deskbell is open. A picture of it: ${file}`
      : 'Deskbell is open (no picture could be taken).',
  );
} else {
  console.log('Deskbell runs in the tray; no window was opened.');
}
