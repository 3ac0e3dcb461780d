/** Starts the built Deskbell on the real Electron and drives it. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import type { TestClockControls } from '../../src-main/platform/test-clock';
import { barriers } from './accessible';

declare global {
  /** Put there by Deskbell with the test clock; exists in its main process only. */
  const deskbellClock: TestClockControls;
}

const ROOT = path.resolve(import.meta.dirname, '../..');
const RESULTS = process.env['DESKBELL_TEST_RESULTS'] ?? path.join(ROOT, 'test-results');
/** Chromium's sandbox refuses to run as root; for everybody else it is on. */
const isRoot = process.getuid?.() === 0;

/** How to start Deskbell. */
export type LaunchOptions = {
  /** Where it keeps its data. Left out: a new, empty folder. */
  readonly userDataDir?: string;
  /** More arguments, such as `--hidden` or a `deskbell://` link. */
  readonly args?: readonly string[];
  /** More environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Use the desktop's keyring (default), or none that encrypts. */
  readonly keyring?: boolean;
  /** A clock that the test moves: `true` starts at the real time, an ISO time there. */
  readonly clock?: true | string;
};

/** A running Deskbell. */
export type Deskbell = {
  readonly app: ElectronApplication;
  /** Id of the main process. */
  readonly pid: number;
  readonly userDataDir: string;
  /** Deskbell's time as ISO text. Needs `clock`, as the two below. */
  clockNow(): Promise<string>;
  /** Lets time pass at once, as if the machine had slept: what is due meanwhile happens now. */
  advanceClock(ms: number): Promise<void>;
  /** Sets Deskbell's time (ISO text); it goes on from there. */
  setClock(at: string): Promise<void>;
  /** The first window; waits for it. */
  firstWindow(): Promise<Page>;
  /** Quits as the user does (all the app's own ways to quit run) and waits for the end. */
  quit(): Promise<void>;
  /** Kills the main process without a chance to save, and waits for the end. */
  kill9(): Promise<void>;
  /** Quits and starts again with the same data and at its own time. Other options replace those of the first start. */
  restart(options?: Omit<LaunchOptions, 'userDataDir'>): Promise<Deskbell>;
};

/** Starts Deskbell; resolves when its main process can be driven. */
export async function launchDeskbell(options: LaunchOptions = {}): Promise<Deskbell> {
  const userDataDir = options.userDataDir ?? temporaryFolder();
  const app = await _electron.launch({
    args: [
      ...(options.keyring === false ? [] : ['-r', path.join(ROOT, 'test/support/real-keyring.cjs')]),
      ROOT,
      `--user-data-dir=${userDataDir}`,
      ...(options.args ?? []),
    ],
    env: { ...processEnvironment(), ...clockEnvironment(options.clock), ...options.env },
    chromiumSandbox: !isRoot,
  });
  const child = app.process();
  const ended = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });
  const deskbell: Deskbell = {
    app,
    pid: child.pid ?? 0,
    userDataDir,
    clockNow: () => app.evaluate(() => deskbellClock.now()),
    advanceClock: (ms) => app.evaluate((_electron, by) => deskbellClock.pass(by), ms),
    setClock: (at) => app.evaluate((_electron, to) => deskbellClock.set(to), at),
    firstWindow: () => app.firstWindow(),
    quit: async () => {
      // The evaluation is cut off when the app ends before it answers.
      await app.evaluate(({ app: electron }) => electron.quit()).catch(() => undefined);
      await ended;
    },
    kill9: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    restart: async (again = {}) => {
      const clock = options.clock === undefined ? {} : { clock: await deskbell.clockNow() };
      await deskbell.quit();
      return launchDeskbell({ ...options, ...clock, ...again, userDataDir });
    },
  };
  running.add(deskbell);
  if (child.pid !== undefined) groups.add(child.pid);
  void ended.then(() => running.delete(deskbell));
  return deskbell;
}

/** Chromium's helpers outlive a killed main process and go on writing to its folder; they are in its process group. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // They have ended with it.
  }
}

const running = new Set<Deskbell>();
/** Process groups of everything a test started. */
const groups = new Set<number>();
const folders = new Set<string>();

/** Ends what a test left running and removes its folders. Call it in `test.afterEach`. */
export async function cleanUp(): Promise<void> {
  await Promise.all([...running].map((deskbell) => deskbell.kill9()));
  groups.forEach(killGroup);
  groups.clear();
  const options = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };
  await Promise.all([...folders].map((folder) => rm(folder, options)));
  folders.clear();
}

/** A new, empty folder, removed by `cleanUp`. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'deskbell-e2e-'));
  folders.add(folder);
  return folder;
}

/**
 * Keeps a picture of the window as an artifact of the run: `test-results/screens/NAME.png`. Gives its path. What is worth a
 * picture is held to WCAG, too.
 */
export async function keepScreenshot(page: Page, name: string): Promise<string> {
  const file = screenFile(name);
  await page.evaluate(restOfMotion);
  await page.screenshot({ path: file });
  expect.soft(await barriers(page), name).toEqual([]);
  return file;
}

/** Resolves when nothing moves any more but what moves for ever. */
async function restOfMotion(): Promise<void> {
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
}

/** Where the picture NAME of this run belongs; its folder exists. */
export function screenFile(name: string): string {
  const file = path.join(RESULTS, 'screens', `${name}.png`);
  mkdirSync(path.dirname(file), { recursive: true });
  return file;
}

const clockEnvironment = (clock: true | string | undefined): Record<string, string> =>
  clock === undefined ? {} : { DESKBELL_TEST_CLOCK: clock === true ? '1' : clock };

function processEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
