import { expect, test, type Page } from '@playwright/test';
import { cleanUp, keepScreenshot, launchDeskbell } from '../support/app';
import { notifications, forgetNotifications } from '../support/desktop';
import { startDesk, stopDesks } from '../support/practice-desk';

test.beforeEach(() => forgetNotifications());
test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

const conversation = (page: Page) => page.getByRole('region', { name: 'Conversation' });
const step = (page: Page) =>
  page.getByRole('list', { name: 'Steps of this ticket' }).locator('[aria-current="step"]');

test('a new user files a ticket and follows it to the survey', { tag: '@sandboxed' }, async () => {
  const desk = await startDesk();
  const deskbell = await launchDeskbell({ env: desk.env });
  const page = await deskbell.firstWindow();

  await keepScreenshot(page, 'welcome');
  await page.getByRole('button', { name: 'Try it on the practice desk' }).click();
  await page.getByRole('button', { name: 'New ticket' }).first().click();

  await page
    .getByLabel('In your own words')
    .fill('Outlook asks for my password every few minutes. Mail on my phone works.');
  await page.getByRole('radio', { name: 'Today' }).click();
  await page.getByRole('radio', { name: 'Only me' }).click();
  await page.getByRole('radio', { name: 'Work is slower' }).click();
  await expect(page.getByText('Draft saved')).toBeVisible();
  await keepScreenshot(page, 'new-ticket');
  await page.getByRole('button', { name: 'Send ticket' }).dblclick();

  await expect(
    page.getByRole('heading', { name: 'Outlook asks for my password every few minutes' }),
  ).toBeVisible();
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  const { id, number } = await desk.onlyTicket();
  await desk.advance(id, 'received');
  await expect(page.getByText(`Ticket ${number}`)).toBeVisible();
  await expect(step(page)).toContainText('Received');
  await desk.advance(id, 'assigned');
  await expect(step(page)).toContainText('With an engineer');

  await desk.advance(id, 'question');
  const question = (await desk.onlyTicket()).question;
  const answer = question?.quickAnswers[0] ?? '';
  await expect(page.getByText(/has a question for you/).first()).toBeVisible();
  await expect
    .poll(() => notifications().some(({ body, summary }) => /question/i.test(summary + body)))
    .toBe(true);
  await keepScreenshot(page, 'ticket-question');
  await page.getByRole('button', { name: answer, exact: true }).click();
  await expect(conversation(page).getByText(answer, { exact: true })).toBeVisible();
  await expect.poll(async () => (await desk.onlyTicket()).question).toBeNull();

  await desk.reply(id, {
    text: 'Here is how to sign in again.',
    attachments: [
      { name: 'sign-in.txt', type: 'text/plain', base64: Buffer.from('Step by step').toString('base64') },
    ],
  });
  await expect(page.getByRole('button', { name: /sign-in\.txt/ }).first()).toBeVisible();

  await desk.advance(id, 'resolved');
  await expect(page.getByRole('button', { name: 'It works, thank you' })).toBeVisible();
  await keepScreenshot(page, 'ticket-resolved');
  await page.getByRole('button', { name: 'Still broken' }).click();
  await page.getByLabel('What is still wrong?').fill('It asked again after lunch.');
  await page.getByRole('button', { name: 'Send: still broken' }).click();
  await expect.poll(async () => (await desk.onlyTicket()).step).not.toBe('resolved');
  await desk.advance(id, 'resolved');
  await page.getByRole('button', { name: 'It works, thank you' }).click();
  await expect.poll(async () => (await desk.onlyTicket()).closed).toBe(true);

  await page.getByRole('button', { name: 'Rate now' }).first().click();
  await expect(page.getByRole('heading', { name: /how did we do/ })).toBeVisible();
  for (const key of ['5', '4', '5', '3', '5']) await page.keyboard.press(key);
  await keepScreenshot(page, 'survey');
  await page.getByRole('button', { name: 'Send ratings' }).click();
  await expect(page.getByText('Thank you', { exact: true })).toBeVisible();
  await expect.poll(async () => (await desk.onlyTicket()).survey).toBe('answered');
  expect(Object.values(await desk.writes())).toEqual(Object.values(await desk.writes()).map(() => 1));
});
