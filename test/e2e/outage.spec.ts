import { expect, test, type Page } from '@playwright/test';
import type { Announcement } from '@shared/domain/agreement';
import { cleanUp, keepScreenshot, launchDeskbell, type Deskbell } from '../support/app';
import { forgetNotifications, notifications } from '../support/desktop';
import { startDesk, stopDesks, type RunningDesk } from '../support/practice-desk';
import { enterPractice, openForm, problemField } from '../support/steps';

test.beforeEach(() => forgetNotifications());
test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

const OUTAGE: Announcement = {
  id: 'mail-1',
  at: new Date().toISOString(),
  severity: 'outage',
  title: 'E-mail is down',
  text: 'We are working on it.',
  endedAt: null,
  affected: 3,
};

const banner = (page: Page) => page.getByRole('status').filter({ hasText: 'E-mail is down' });
const told = (): number => notifications().filter(({ summary }) => summary.includes('E-mail is down')).length;

async function open(): Promise<{ desk: RunningDesk; deskbell: Deskbell; page: Page }> {
  const desk = await startDesk();
  const deskbell = await launchDeskbell({ env: desk.env });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  return { desk, deskbell, page };
}

test('an outage is told once and stays told, one joins it with a press, and it ends live', async () => {
  const { desk, deskbell, page } = await open();
  await desk.announce([OUTAGE]);
  await expect(banner(page)).toBeVisible();
  await expect.poll(told).toBe(1);
  expect(notifications().find(({ summary }) => summary.includes('E-mail is down'))?.urgency).toBe('CRITICAL');

  await banner(page).getByRole('button', { name: 'I have this too' }).click();
  await expect(banner(page)).toContainText('You are on the list. 3 others have it, too.');
  await keepScreenshot(page, 'outage-banner');
  expect(Object.values(await desk.writes())).toEqual([1]);
  expect(await desk.tickets()).toEqual([]);

  const again = await deskbell.restart();
  const window = await again.firstWindow();
  await expect(banner(window)).toContainText('You are on the list.');
  await again.app.evaluate(() => new Promise((resolve) => setTimeout(resolve, 3_000)));
  expect(told()).toBe(1);

  await desk.announce([{ ...OUTAGE, endedAt: new Date().toISOString() }]);
  await expect(window.getByRole('status').filter({ hasText: 'Over: E-mail is down' })).toBeVisible();
  await expect.poll(told).toBe(2);
  await window.getByRole('button', { name: 'Dismiss' }).click();
  await expect(window.getByText('Over: E-mail is down')).toHaveCount(0);
});

test('whoever writes about the outage is offered to join it, offline too, and it counts once', async () => {
  const { desk, page } = await open();
  await desk.announce([OUTAGE]);
  await expect(banner(page)).toBeVisible();
  await desk.stop();
  await openForm(page);
  await problemField(page).fill('Ich kann seit heute Morgen keine E-Mails mehr senden.');
  const notice = page
    .getByRole('complementary')
    .getByRole('status')
    .filter({ hasText: 'Is it this outage?' });
  await expect(notice).toBeVisible();
  await keepScreenshot(page, 'outage-notice');
  await notice.getByRole('button', { name: 'I have this too' }).click();
  await expect(page.getByRole('complementary').getByText('You are on the list')).toBeVisible();
  await desk.start();
  await expect.poll(async () => Object.values(await desk.writes()), { timeout: 60_000 }).toEqual([1]);
  expect(await desk.tickets()).toEqual([]);
});

test('a ticket that tells the same is named, opens, and stays away when dismissed', async () => {
  const { page } = await open();
  await openForm(page);
  await problemField(page).fill('The scanner on floor 2 feeds two sheets at once.');
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /scanner on floor 2/ })).toBeVisible();

  await openForm(page);
  await problemField(page).fill('Scanner floor 2 feeds two sheets again');
  const notice = page.getByRole('status').filter({ hasText: 'You already told us about this' });
  await expect(notice).toContainText('The scanner on floor 2 feeds two sheets at once');
  await keepScreenshot(page, 'similar-notice');
  await notice.getByRole('button', { name: 'This is something else' }).click();
  await expect(notice).toHaveCount(0);
  await expect(page.getByText('Draft saved')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await openForm(page);
  await expect(problemField(page)).toHaveValue('Scanner floor 2 feeds two sheets again');
  await page.waitForTimeout(1_000);
  await expect(notice).toHaveCount(0);
});
