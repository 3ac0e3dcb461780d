import { expect, test, type Page } from '@playwright/test';
import { cleanUp, keepScreenshot, launchDeskbell, type Deskbell } from '../support/app';
import { clickNewestNotification, forgetNotifications, notifications } from '../support/desktop';
import { startDesk, stopDesks, type RunningDesk } from '../support/practice-desk';
import { enterPractice, openForm, problemField } from '../support/steps';

test.beforeEach(() => forgetNotifications());
test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

const MINUTE = 60_000;
const PROBLEM = 'The order system is down for all of us.';
const reminders = () => notifications().filter(({ summary }) => /Nobody has confirmed/.test(summary));
/** Long enough for a second reminder to come, if there were one. */
const A_MOMENT_MS = 1_500;

async function fillEmergency(page: Page): Promise<void> {
  await openForm(page);
  await problemField(page).fill(PROBLEM);
  await page.getByRole('radio', { name: 'Just now' }).click();
  await page.getByRole('radio', { name: 'Everyone' }).click();
  await page.getByRole('radio', { name: 'Nothing works' }).click();
}

async function fileEmergency(page: Page): Promise<void> {
  await fillEmergency(page);
  await page.getByRole('button', { name: 'Send as emergency' }).click();
  await expect(page.getByRole('heading', { name: 'Please call, it is the fastest way' })).toBeVisible();
}

async function start(desk: RunningDesk): Promise<{ deskbell: Deskbell; page: Page }> {
  const deskbell = await launchDeskbell({ env: desk.env, clock: true });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  return { deskbell, page };
}

test('an emergency turns into a call; the ticket goes along, marked, and a call-back confirms it', async () => {
  const desk = await startDesk();
  const { deskbell, page } = await start(desk);
  await fillEmergency(page);
  await expect(page.getByText(/urgency critical/)).toBeVisible();
  await keepScreenshot(page, 'emergency-form');
  await page.getByRole('button', { name: 'Send as emergency' }).click();

  await expect(page.getByRole('link', { name: 'Call +1 202 555 0199' })).toBeVisible();
  const say = page.getByRole('region', { name: 'Say this' });
  await expect(say).toContainText('Your company');
  await expect(say).toContainText(/The order system is down for all of us since today \d/);
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  const { id, number, emergency } = await desk.onlyTicket();
  expect(emergency).toBe(true);
  await expect(say).toContainText(`Ticket ${number}, filed for you`);
  await expect(page.getByRole('status').filter({ hasText: 'If nobody has confirmed by' })).toBeVisible();
  await page.getByRole('button', { name: 'Phone camera' }).click();
  await expect(page.getByRole('img', { name: 'QR code that dials +1 202 555 0199' })).toBeVisible();
  await keepScreenshot(page, 'emergency');

  await desk.advance(id, 'received');
  await expect(page.getByText('Your service desk has it')).toBeVisible();
  await deskbell.advanceClock(31 * MINUTE);
  await page.waitForTimeout(A_MOMENT_MS);
  expect(reminders()).toEqual([]);
});

test('unconfirmed, it reminds after the agreed time and then every hour, across a restart, until one reached somebody', async () => {
  const desk = await startDesk();
  await desk.changeAgreement({ emergencyConfirmMinutes: 20 });
  let { deskbell, page } = await start(desk);
  await expect(page.getByText('+1 202 555 0140').first()).toBeVisible();
  await fileEmergency(page);
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);

  await deskbell.advanceClock(19 * MINUTE);
  await page.waitForTimeout(A_MOMENT_MS);
  expect(reminders()).toHaveLength(0);
  await deskbell.advanceClock(1 * MINUTE);
  await expect.poll(() => reminders().length).toBe(1);
  expect(reminders()[0]).toMatchObject({ urgency: 'CRITICAL' });
  expect(reminders()[0]?.body).not.toContain('order system');
  await expect(page.getByText(/Nobody has confirmed yet/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Call again' })).toBeVisible();
  await keepScreenshot(page, 'emergency-overdue');

  await page.getByRole('button', { name: 'Open the ticket' }).click();
  await expect(page.getByText('Nobody has confirmed your emergency yet.')).toBeVisible();
  clickNewestNotification();
  await expect(page.getByRole('heading', { name: 'Please call, it is the fastest way' })).toBeVisible();

  deskbell = await deskbell.restart();
  page = await deskbell.firstWindow();
  await expect(page.getByText('Nobody has confirmed your emergency yet.')).toBeVisible();
  await deskbell.advanceClock(58 * MINUTE);
  await page.waitForTimeout(A_MOMENT_MS);
  expect(reminders()).toHaveLength(1);
  // A night's sleep is one reminder.
  await deskbell.advanceClock(9 * 60 * MINUTE);
  await expect.poll(() => reminders().length).toBe(2);
  await page.waitForTimeout(A_MOMENT_MS);
  expect(reminders()).toHaveLength(2);

  await page.getByRole('button', { name: 'Show the number' }).click();
  await page.getByRole('button', { name: 'I reached somebody' }).click();
  await expect(page.getByText(/You reached somebody/)).toBeVisible();
  await deskbell.advanceClock(5 * 60 * MINUTE);
  await page.waitForTimeout(A_MOMENT_MS);
  expect(reminders()).toHaveLength(2);
});

test('the clock runs with no line to the board, and can be stopped', async () => {
  const desk = await startDesk();
  const { deskbell, page } = await start(desk);
  await expect(page.getByText('+1 202 555 0140').first()).toBeVisible();
  await desk.stop();
  await fileEmergency(page);
  await expect(page.getByRole('link', { name: 'Call +1 202 555 0199' })).toBeVisible();
  await deskbell.advanceClock(30 * MINUTE);
  await expect.poll(() => reminders().length).toBe(1);
  await page.getByRole('button', { name: 'It can wait, stop reminding me' }).click();
  await expect(page.getByText(/No more reminders/)).toBeVisible();
  await deskbell.advanceClock(3 * 60 * MINUTE);
  await page.waitForTimeout(A_MOMENT_MS);
  expect(reminders()).toHaveLength(1);
  await desk.start();
  await expect.poll(async () => (await desk.tickets())[0]?.emergency, { timeout: 30_000 }).toBe(true);
});

test('a person who knows better sends it like every other ticket, or marks one by hand', async () => {
  const desk = await startDesk();
  const { page } = await start(desk);
  await fillEmergency(page);
  await page.getByRole('button', { name: 'It can wait' }).click();
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  expect((await desk.onlyTicket()).emergency).toBe(false);

  await openForm(page);
  await problemField(page).fill('The door of the server room stands open.');
  await page.getByRole('button', { name: 'It is an emergency' }).click();
  await page.getByRole('button', { name: 'Send as emergency' }).click();
  await expect(page.getByText('You marked it as an emergency.')).toBeVisible();
  await expect
    .poll(async () => (await desk.tickets()).map(({ emergency }) => emergency).sort())
    .toEqual([false, true]);
});

test('the number is at hand signed out, and after a start without a line to the board', async () => {
  const desk = await startDesk();
  let { deskbell, page } = await start(desk);
  await expect(page.getByText('+1 202 555 0140').first()).toBeVisible();
  await desk.stop();
  deskbell = await deskbell.restart();
  page = await deskbell.firstWindow();
  await page.getByRole('button', { name: 'Emergency: the number to call' }).click();
  await expect(page.getByRole('link', { name: 'Call +1 202 555 0199' })).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Settings', exact: true }).first().click();
  await page.getByRole('button', { name: 'Leave the practice desk' }).click();
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /Leave|Sign out/ })
    .click();
  await expect(page.getByRole('button', { name: 'Try it on the practice desk' })).toBeVisible();
  await expect(page.getByText('+1 202 555 0199')).toBeVisible();
});
