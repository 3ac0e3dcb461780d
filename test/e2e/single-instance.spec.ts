import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { cleanUp, launchDeskbell, type Deskbell } from '../support/app';
import { closeWindowsOf, visibleWindowsOf } from '../support/desktop';

test.afterEach(() => cleanUp());

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Starts Deskbell a second time with the same data; resolves with what it says, or with an exit code that is not 0. */
async function startAgain(deskbell: Deskbell, ...args: string[]): Promise<string> {
  const executable = deskbell.app.process().spawnfile;
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const second = spawn(executable, [ROOT, ...flags, `--user-data-dir=${deskbell.userDataDir}`, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const said = text(second.stdout);
  const [code] = (await once(second, 'exit')) as [number | null];
  return code === 0 ? said : `exit code ${code}`;
}

const HANDED_OVER = 'Deskbell is running already: this start was handed over to it.\n';

test('a second start ends at once and shows the first one', async () => {
  const deskbell = await launchDeskbell();
  const page = await deskbell.firstWindow();
  await expect(page.getByRole('button', { name: 'Try it on the practice desk' })).toBeVisible();
  closeWindowsOf(deskbell.pid);
  await expect.poll(() => visibleWindowsOf(deskbell.pid)).toEqual([]);

  expect(await startAgain(deskbell)).toBe(HANDED_OVER);
  await expect.poll(() => visibleWindowsOf(deskbell.pid)).toHaveLength(1);
  await expect
    .poll(() => deskbell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFocused()))
    .toBe(true);
});

test('a start with the session stays out of the way', async () => {
  const deskbell = await launchDeskbell({ args: ['--hidden'] });
  expect(await startAgain(deskbell, '--hidden')).toBe(HANDED_OVER);
  expect(visibleWindowsOf(deskbell.pid)).toEqual([]);
});

test('a link opens its place in the running Deskbell, a hostile one opens none', async () => {
  const deskbell = await launchDeskbell();
  const page = await deskbell.firstWindow();
  await expect(page.getByRole('button', { name: 'Try it on the practice desk' })).toBeVisible();
  expect(await startAgain(deskbell, 'deskbell://ticket/../../settings')).toBe(HANDED_OVER);
  await expect(page.getByRole('button', { name: 'Try it on the practice desk' })).toBeVisible();
  expect(await startAgain(deskbell, 'deskbell://settings')).toBe(HANDED_OVER);
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});
