/** Ending in order when the system says so. */
import { expect, test } from '@playwright/test';
import { cleanUp, launchDeskbell } from '../support/app';
import { clickTrayMenu, pressKey, trayItemOf, windowTitlesOf } from '../support/desktop';
import { startDesk, stopDesks } from '../support/practice-desk';
import { enterPractice, fileTicket, openForm, problemField } from '../support/steps';

test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

/** A system that shuts down does not wait for long. In milliseconds. */
const LONGEST_END_MS = 5_000;

test('a system that shuts down ends Deskbell in order, at once, with every letter kept', async () => {
  const desk = await startDesk();
  const deskbell = await launchDeskbell({ env: desk.env });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  await openForm(page);
  const child = deskbell.app.process();
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  await problemField(page).pressSequentially('The label printer cuts every label in half');

  const asked = Date.now();
  process.kill(deskbell.pid, 'SIGTERM');
  expect(await ended).toBe(0);
  expect(Date.now() - asked).toBeLessThan(LONGEST_END_MS);

  const again = await launchDeskbell({ env: desk.env, userDataDir: deskbell.userDataDir });
  const next = await again.firstWindow();
  await openForm(next);
  await expect(problemField(next)).toHaveValue('The label printer cuts every label in half');
});

test('Quit with something unsent says that it stays safe; it can be kept running, and goes out after the next start', async () => {
  const desk = await startDesk();
  const deskbell = await launchDeskbell({ env: desk.env });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  await desk.stop();
  await fileTicket(page, 'The franking machine is empty');
  await expect(page.getByText('You are offline').first()).toBeVisible();

  const tray = trayItemOf(deskbell.pid)!;
  const child = deskbell.app.process();
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const isAsked = () => windowTitlesOf(deskbell.pid).includes('Deskbell');
  clickTrayMenu(tray, 'Quit');
  await expect.poll(isAsked).toBe(true);
  pressKey('Escape');
  await expect.poll(isAsked).toBe(false);
  await expect(page.getByText('You are offline').first()).toBeVisible();

  clickTrayMenu(tray, 'Quit');
  await expect.poll(isAsked).toBe(true);
  pressKey('Return');
  expect(await ended).toBe(0);

  await desk.start();
  await launchDeskbell({ env: desk.env, userDataDir: deskbell.userDataDir, args: ['--hidden'] });
  await expect
    .poll(async () => (await desk.tickets()).map(({ summary }) => summary), { timeout: 30_000 })
    .toEqual(['The franking machine is empty']);
});
