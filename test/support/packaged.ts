/**
 * Drives a packaged Deskbell. Its fuses forbid to inspect the main process, so Playwright cannot launch it; Chromium's
 * own debugging port still leads to its windows.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { temporaryFolder } from './app';

const START_TIMEOUT_MS = 20_000;

/** The executable that `npm run package -- --linux dir` leaves where only the stand-in runtime is to be had. */
export const PACKAGED_FOLDER = path.resolve(import.meta.dirname, '../../dist/testing-only/linux-unpacked');

/** A running packaged Deskbell. */
export type PackagedDeskbell = {
  readonly pid: number;
  readonly userDataDir: string;
  /** The first window; waits for it. */
  firstWindow(): Promise<Page>;
  /** Ends it and waits for the end. */
  stop(): Promise<void>;
};

/** Starts the packaged app; resolves when its windows can be driven. */
export async function launchPackaged(
  options: { userDataDir?: string; args?: readonly string[]; env?: Readonly<Record<string, string>> } = {},
): Promise<PackagedDeskbell> {
  const userDataDir = options.userDataDir ?? temporaryFolder();
  const flags = [
    '--remote-debugging-port=0',
    `--user-data-dir=${userDataDir}`,
    '--password-store=gnome-libsecret',
  ];
  if (process.getuid?.() === 0) flags.push('--no-sandbox');
  const child = spawn(path.join(PACKAGED_FOLDER, 'deskbell'), [...flags, ...(options.args ?? [])], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const browser = await connect(await debuggerAddress(child));
  return {
    pid: child.pid ?? 0,
    userDataDir,
    firstWindow: () => firstPage(browser),
    stop: async () => {
      await browser.close().catch(() => undefined); // It may have ended by itself.
      child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(impatience);
    },
  };
}

/** A connection made while the first window is being made may get no answer; the next one does. */
async function connect(address: string, attempts = 4): Promise<Browser> {
  try {
    return await chromium.connectOverCDP(address, { timeout: 5000 });
  } catch (error) {
    if (attempts <= 1) throw error;
    return connect(address, attempts - 1);
  }
}

/** The address Chromium prints on its standard error. */
function debuggerAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const give = (problem: string): void => reject(new Error(`The packaged app ${problem}:\n${printed}`));
    const timer = setTimeout(() => give('did not open its debugging port'), START_TIMEOUT_MS);
    child.once('exit', (code) => give(`ended with ${code}`));
    child.stderr?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const address = /DevTools listening on (ws:\S+)/.exec(printed)?.[1];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
}

async function firstPage(browser: Browser): Promise<Page> {
  const context = browser.contexts()[0];
  if (!context) throw new Error('The packaged app has no browser context.');
  return context.pages()[0] ?? (await context.waitForEvent('page', { timeout: START_TIMEOUT_MS }));
}
