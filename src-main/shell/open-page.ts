import { spawn } from 'node:child_process';
import type { Clock } from '../platform/types';

/** How long the system's opener has to say that there is no browser, in ms: one that goes on has found one. */
const PATIENCE_MS = 3_000;

/**
 * Opens a web page with the desktop's own opener (xdg-utils) and rejects when it cannot: Electron's way on Linux does not tell,
 * and somebody would wait for a browser that never opens. Its exit status says so: 3 and 4 are "no browser" and "it failed"
 * (https://www.freedesktop.org/wiki/Software/xdg-utils/).
 */
export function openPageOnLinux(url: string, clock: Clock, program = 'xdg-open'): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [url], { detached: true, stdio: 'ignore', env: desktopEnvironment() });
    const cancel = clock.after(PATIENCE_MS, resolve);
    child.once('error', (error) => {
      cancel();
      reject(error);
    });
    child.once('exit', (code) => {
      cancel();
      if (code === 0) resolve();
      else reject(new Error(`${program} ended with ${code ?? 'a signal'}`));
    });
    child.unref();
  });
}

/** Chromium puts a desktop of its own into the environment, and keeps the real one beside it. There is no terminal, either. */
function desktopEnvironment(): NodeJS.ProcessEnv {
  const desktop = process.env['ORIGINAL_XDG_CURRENT_DESKTOP'];
  return { ...process.env, MM_NOTTTY: '1', ...(desktop ? { XDG_CURRENT_DESKTOP: desktop } : {}) };
}
