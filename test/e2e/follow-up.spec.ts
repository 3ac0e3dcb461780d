import { expect, test, type Page } from '@playwright/test';
import { cleanUp, keepScreenshot, launchDeskbell } from '../support/app';
import { forgetNotifications } from '../support/desktop';
import { startDesk, stopDesks, type RunningDesk } from '../support/practice-desk';
import { conversation, enterPractice, fileTicket, messageField } from '../support/steps';

test.beforeEach(() => forgetNotifications());
test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

const HOUR = 60 * 60_000;
/** A Saturday, 10:00 in Berlin; the clocks go back in the night that follows. */
const SATURDAY = '2026-10-24T08:00:00.000Z';
const BERLIN = { TZ: 'Europe/Berlin' };
const week = [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '17:00' }));

const panel = (page: Page) => page.getByRole('dialog');
const openPanel = async (page: Page) => {
  await page.getByRole('button', { name: 'Follow up' }).click();
  await expect(panel(page)).toBeVisible();
};
const closePanel = async (page: Page) => {
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
};
const followUps = async (desk: RunningDesk) =>
  (await desk.onlyTicket()).messages.filter(({ followUp }) => followUp === true).map(({ text }) => text);

test('one follow-up a day, over the night in which the clocks change, offline and once', async () => {
  const desk = await startDesk();
  await desk.setClock(SATURDAY);
  await desk.changeAgreement({ hours: { timeZone: 'Europe/Berlin', week, holidays: [] } });
  const deskbell = await launchDeskbell({ env: { ...desk.env, ...BERLIN }, clock: SATURDAY });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  await fileTicket(page, 'The plotter smears the blue lines');
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);

  await openPanel(page);
  await expect(panel(page)).toContainText('Your ticket is in good hands');
  await expect(panel(page)).toContainText('The next one is due tomorrow 10:00.');
  await keepScreenshot(page, 'follow-up-later');
  await closePanel(page);

  await deskbell.advanceClock(24 * HOUR);
  await openPanel(page);
  await expect(panel(page)).toContainText('The next one is due today 10:00.');
  await closePanel(page);

  await deskbell.advanceClock(HOUR);
  await desk.stop();
  await openPanel(page);
  await expect(panel(page)).toContainText('Ask how it stands');
  await expect(panel(page)).toContainText('this is read on the next business day, tomorrow 8:00');
  await keepScreenshot(page, 'follow-up-now');
  await panel(page).getByRole('button', { name: 'Send follow-up' }).dblclick();
  await expect(panel(page)).toBeHidden();
  await expect(conversation(page).getByText('Is there any news?')).toBeVisible();
  await openPanel(page);
  await expect(panel(page)).toContainText('The next one is due tomorrow 10:0');
  await closePanel(page);

  await desk.start();
  await expect.poll(() => followUps(desk), { timeout: 30_000 }).toEqual(['Is there any news? Thank you.']);
  expect(Object.values(await desk.writes()).every((count) => count === 1)).toBe(true);
});

test('what changed is asked for, kept over a restart, and goes at once', async () => {
  const desk = await startDesk();
  let deskbell = await launchDeskbell({ env: desk.env });
  let page = await deskbell.firstWindow();
  await enterPractice(page);
  await fileTicket(page, 'The scanner on floor 2 jams');
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);

  await openPanel(page);
  await panel(page).getByRole('button', { name: 'Something changed' }).click();
  await panel(page).getByRole('button', { name: 'Send at once' }).click();
  await expect(panel(page)).toContainText('Write in a few words what is different now.');
  await panel(page).getByRole('textbox', { name: 'What changed?' }).fill('The one on floor 3 jams, too');
  await page.waitForTimeout(500);
  await closePanel(page);
  // A reply that is begun is another text.
  await messageField(page).fill('By the way');
  await page.waitForTimeout(500);

  deskbell = await deskbell.restart();
  page = await deskbell.firstWindow();
  await page.getByRole('option', { name: /scanner on floor 2/ }).click();
  await expect(messageField(page)).toHaveValue('By the way');
  await openPanel(page);
  await expect(panel(page).getByRole('textbox')).toHaveValue('The one on floor 3 jams, too');
  await panel(page).getByRole('button', { name: 'Send at once' }).click();
  await expect.poll(() => followUps(desk)).toEqual(['The one on floor 3 jams, too']);
  await expect(messageField(page)).toHaveValue('By the way');
});

test('while the engineer waits for an answer, the button points to the question; answering uses nothing up', async () => {
  const desk = await startDesk();
  const start = new Date().toISOString();
  const deskbell = await launchDeskbell({ env: desk.env, clock: start });
  await desk.setClock(start);
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  await fileTicket(page, 'Outlook asks for my password');
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  const { id } = await desk.onlyTicket();
  await deskbell.advanceClock(25 * HOUR);
  await desk.setClock(await deskbell.clockNow());
  await desk.advance(id, 'question');
  await expect(page.getByText(/has a question for you/).first()).toBeVisible();

  await openPanel(page);
  await expect(panel(page)).toContainText(/waits for your answer/);
  await panel(page).getByRole('button', { name: 'Answer now' }).click();
  await expect(messageField(page)).toBeFocused();
  await messageField(page).fill('Yes, I restarted it.');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect.poll(async () => (await desk.onlyTicket()).question).toBeNull();
  await openPanel(page);
  await expect(panel(page)).toContainText('Ask how it stands');
  await closePanel(page);

  await desk.advance(id, 'resolved');
  await expect(page.getByRole('button', { name: 'It works, thank you' })).toBeVisible();
  await openPanel(page);
  await panel(page).getByRole('button', { name: 'Say how it is' }).click();
  await expect(page.getByRole('button', { name: 'It works, thank you' })).toBeFocused();
  await page.getByRole('button', { name: 'It works, thank you' }).click();
  await expect.poll(async () => (await desk.onlyTicket()).closed).toBe(true);
  await expect(page.getByRole('button', { name: 'Follow up' })).toBeHidden();
});
