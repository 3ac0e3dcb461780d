import { expect, test, type Page } from '@playwright/test';
import { cleanUp, keepScreenshot, launchDeskbell, type Deskbell } from '../support/app';
import { forgetNotifications, notifications } from '../support/desktop';
import { startDesk, stopDesks, type RunningDesk } from '../support/practice-desk';
import { enterPractice, fileTicket } from '../support/steps';

test.beforeEach(() => forgetNotifications());
test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

const HOUR = 60 * 60_000;
const START = '2026-03-02T09:00:00.000Z';
const PROBLEM = 'The scanner jams on every page';

const reminders = (): number =>
  notifications().filter(({ body }) => body.includes('Still time for five quick ratings')).length;

/** A Deskbell with a closed ticket that asks for a rating. */
async function withSurvey(): Promise<{ desk: RunningDesk; deskbell: Deskbell; page: Page; id: string }> {
  const desk = await startDesk();
  await desk.setClock(START);
  const deskbell = await launchDeskbell({ env: desk.env, clock: START });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  await fileTicket(page, PROBLEM);
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  const { id } = await desk.onlyTicket();
  await desk.advance(id, 'resolved');
  await expect.poll(() => notifications().some(({ body }) => body.includes('solved'))).toBe(true);
  await page.getByRole('button', { name: 'It works' }).first().click();
  await expect.poll(async () => (await desk.onlyTicket()).survey).toBe('waiting');
  await expect.poll(() => notifications().some(({ body }) => body.includes('How did we do?'))).toBe(true);
  return { desk, deskbell, page, id };
}

const openSurvey = async (page: Page, id: string): Promise<void> => {
  await page.evaluate((ticketId) => window.deskbell.call('tickets.get', { id: ticketId }), id);
  await page.getByRole('button', { name: /^Rate/ }).first().click();
  await expect(page.getByRole('radiogroup')).toHaveCount(5);
};

test('a survey put off is reminded of once, the day after, and never again, after a restart neither', async () => {
  const { deskbell, page, id } = await withSurvey();
  await openSurvey(page, id);
  await page.getByRole('button', { name: 'Later' }).click();
  await deskbell.advanceClock(20 * HOUR);
  await page.waitForTimeout(1_500);
  expect(reminders()).toBe(0);
  await deskbell.advanceClock(5 * HOUR);
  await expect.poll(reminders).toBe(1);
  await deskbell.advanceClock(3 * 24 * HOUR);
  const again = await deskbell.restart();
  await (await again.firstWindow()).getByText(PROBLEM).first().waitFor();
  await again.advanceClock(2 * 24 * HOUR);
  await again.app.evaluate(() => new Promise((resolve) => setTimeout(resolve, 2_000)));
  expect(reminders()).toBe(1);
});

test('a low rating offers a call, which goes to the desk as a request; the rating arrives once', async () => {
  const { desk, page, id } = await withSurvey();
  await openSurvey(page, id);
  await page.getByRole('radiogroup').first().getByRole('radio').first().focus();
  await page.keyboard.press('2');
  for (const key of ['3', '4', '3', '4']) await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Send ratings' }).click();
  await expect(page.getByText('Shall we call you?')).toBeVisible();
  await keepScreenshot(page, 'survey-call-offer');
  await page.getByRole('button', { name: 'Yes, please' }).click();
  await page.getByRole('textbox', { name: 'Under which number?' }).fill('+1 202 555 0177');
  await page.getByRole('textbox', { name: /When is it good for you/ }).fill('tomorrow at 10');
  await keepScreenshot(page, 'survey-call-form');
  await page.getByRole('button', { name: 'Ask for a call' }).click();
  await expect(page.getByText('Somebody will call you')).toBeVisible();
  await expect.poll(async () => (await desk.tickets()).length).toBe(2);
  const request = (await desk.tickets()).find((ticket) => ticket.id !== id);
  expect(request?.messages[0]?.text).toContain('+1 202 555 0177');
  expect(request?.messages[0]?.text).toContain('tomorrow at 10');
  expect(Object.values(await desk.writes()).every((count) => count === 1)).toBe(true);
  expect((await desk.tickets()).find((ticket) => ticket.id === id)?.survey).toBe('answered');
});
