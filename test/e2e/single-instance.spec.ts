import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { cleanUp, launchDeskbell, type Deskbell } from '../support/app';
import { closeWindowsOf, visibleWindowsOf } from '../support/desktop';

test.afterEach(() => cleanUp());

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Starts Deskbell a second time with the same data; resolves with its exit code. */
async function startAgain(deskbell: Deskbell, ...args: string[]): Promise<number | null> {
  const executable = deskbell.app.process().spawnfile;
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const second = spawn(executable, [ROOT, ...flags, `--user-data-dir=${deskbell.userDataDir}`, ...args], {
    stdio: 'ignore',
  });
  return new Promise((resolve) => second.once('exit', resolve));
}

test('a second start ends at once and shows the first one', async () => {
  const deskbell = await launchDeskbell();
  const page = await deskbell.firstWindow();
  await expect(page.getByRole('button', { name: 'Try it on the practice desk' })).toBeVisible();
  closeWindowsOf(deskbell.pid);
  await expect.poll(() => visibleWindowsOf(deskbell.pid)).toEqual([]);

  expect(await startAgain(deskbell)).toBe(0);
  await expect.poll(() => visibleWindowsOf(deskbell.pid)).toHaveLength(1);
  await expect
    .poll(() => deskbell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFocused()))
    .toBe(true);
});

test('a start with the session stays out of the way', async () => {
  const deskbell = await launchDeskbell({ args: ['--hidden'] });
  expect(await startAgain(deskbell, '--hidden')).toBe(0);
  expect(visibleWindowsOf(deskbell.pid)).toEqual([]);
});

test('a link opens its place in the running Deskbell, a hostile one opens none', async () => {
  const deskbell = await launchDeskbell();
  const page = await deskbell.firstWindow();
  await expect(page.getByRole('button', { name: 'Try it on the practice desk' })).toBeVisible();
  expect(await startAgain(deskbell, 'deskbell://ticket/../../settings')).toBe(0);
  await expect(page.getByRole('button', { name: 'Try it on the practice desk' })).toBeVisible();
  expect(await startAgain(deskbell, 'deskbell://settings')).toBe(0);
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});
