import { expect, test, type Page } from '@playwright/test';
import { cleanUp, keepScreenshot, launchDeskbell, type Deskbell } from '../support/app';
import { startDesk, stopDesks, type RunningDesk } from '../support/practice-desk';
import { attach, enterPractice, makeFile, openForm, problemField } from '../support/steps';

test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

const VPN = 'The VPN drops every ten minutes since Monday.';
const PRINTER = 'Another problem: the printer on floor 2 prints blank pages.';
const BOTH = `${VPN}\n\n${PRINTER}`;

const notice = (page: Page) => page.getByRole('status').filter({ hasText: 'Two problems?' });
const part = (page: Page, number: number) => page.getByRole('region', { name: `Ticket ${number}` });
const text = (page: Page, number: number) =>
  part(page, number).getByRole('textbox', { name: 'In your own words', exact: true });

async function open(): Promise<{ desk: RunningDesk; deskbell: Deskbell; page: Page }> {
  const desk = await startDesk();
  const deskbell = await launchDeskbell({ env: desk.env });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  await openForm(page);
  await problemField(page).fill(BOTH);
  return { desk, deskbell, page };
}

test('two problems become two tickets, each with its own text, answers and files, each once', async () => {
  const { desk, deskbell, page } = await open();
  await attach(page, [makeFile('blank.txt', 'blank page')]);
  await page.getByRole('radio', { name: 'Today' }).click();
  await expect(notice(page)).toContainText('VPN and printer');
  await keepScreenshot(page, 'split-notice');
  await notice(page).getByRole('button', { name: 'Split into 2 tickets' }).click();

  await expect(page.getByRole('heading', { level: 1, name: '2 tickets from one text' })).toBeVisible();
  await expect(text(page, 1)).toHaveValue(VPN);
  await text(page, 2).fill('The printer on floor 2 prints blank pages.');
  await part(page, 2).getByRole('radio', { name: 'Just annoying' }).click();
  await part(page, 1).getByRole('switch', { name: 'blank.txt' }).click();
  await part(page, 2).getByRole('switch', { name: 'blank.txt' }).click();
  await expect(page.getByRole('region', { name: 'Goes with each of them' })).toContainText('Today');
  await expect(page.getByText('Draft saved')).toBeVisible();
  await keepScreenshot(page, 'split-step');

  // The cuts are kept, whatever happens; a crash may cost the last moment of typing.
  await page.waitForTimeout(500);
  await deskbell.kill9();
  const again = await launchDeskbell({ env: desk.env, userDataDir: deskbell.userDataDir });
  const window = await again.firstWindow();
  await window.getByRole('button', { name: 'New ticket' }).first().click();
  await expect(text(window, 2)).toHaveValue('The printer on floor 2 prints blank pages.');

  await window.getByRole('button', { name: 'Send 2 tickets' }).click();
  await expect(window.getByText('2 tickets are on their way.')).toBeVisible();
  await expect.poll(async () => (await desk.tickets()).length).toBe(2);
  const tickets = await desk.tickets();
  const said = tickets.map(({ messages }) => messages[0]);
  expect(said.map((message) => message?.text).toSorted()).toEqual(
    [
      'The VPN drops every ten minutes since Monday.',
      'The printer on floor 2 prints blank pages.',
    ].toSorted(),
  );
  const withFile = said.filter((message) => (message?.attachments.length ?? 0) > 0);
  expect(withFile.map((message) => message?.text)).toEqual(['The printer on floor 2 prints blank pages.']);
  expect(Object.values(await desk.writes())).toEqual([1, 1]);
});

test('parts can be joined again, and what belongs together is not asked about twice', async () => {
  const { page } = await open();
  await notice(page).getByRole('button', { name: 'Split into 2 tickets' }).click();
  await part(page, 2).getByRole('button', { name: 'Join with ticket 1' }).click();
  await expect(problemField(page)).toHaveValue(BOTH);
  await notice(page).getByRole('button', { name: 'They belong together' }).click();
  await expect(notice(page)).toHaveCount(0);
  await expect(page.getByText('Draft saved')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await openForm(page);
  await expect(problemField(page)).toHaveValue(BOTH);
  await page.waitForTimeout(1_000);
  await expect(notice(page)).toHaveCount(0);
});
