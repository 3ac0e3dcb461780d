import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { cleanUp, launchDeskbell } from '../support/app';

/** Where the numbered pictures go; `README.md` shows some of them from `assets/pictures`. */
const PICTURES = path.join(process.env['DESKBELL_TEST_RESULTS'] ?? 'test-results', 'demo');
/** The staff of the quick practice desk take their time; so does the walk. In milliseconds. */
const STAFF = { timeout: 3 * 60_000 };

/** A Monday morning: the pictures look the same whenever they are made, and the service desk is open. */
const BEGINS = new Date(2026, 2, 2, 9, 42).toISOString();

test.afterEach(() => cleanUp());

/**
 * The main job from the first start to the survey, on the embedded practice desk at pace quick, with nothing prepared.
 * Says each step and leaves a picture of it.
 */
test('the main job', async () => {
  rmSync(PICTURES, { recursive: true, force: true });
  mkdirSync(PICTURES, { recursive: true });
  const deskbell = await launchDeskbell({ clock: BEGINS });
  const page = await deskbell.firstWindow();
  const show = createNarrator(page);

  await expect(page.getByRole('button', { name: 'Try it on the practice desk' })).toBeVisible();
  await show('welcome', 'First start: the practice desk needs no account and no network.');
  await page.getByRole('button', { name: 'Try it on the practice desk' }).click();
  await page.getByRole('button', { name: 'New ticket' }).first().click();

  const problem = page.getByLabel('In your own words');
  await problem.pressSequentially(
    'Since this morning Outlook asks for my password again and again. Mail on my phone works.',
    { delay: 12 },
  );
  await page.getByRole('radio', { name: 'Today' }).click();
  await page.getByRole('radio', { name: 'Only me' }).click();
  await page.getByRole('radio', { name: 'Work is slower' }).click();
  await expect(page.getByText('Draft saved')).toBeVisible();
  await show('new-ticket', 'One problem, in own words. The draft is saved while typing.');

  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect(page.getByText(/^Ticket \d+/).first()).toBeVisible(STAFF);
  await show('received', 'Sent. The service desk has confirmed it with a number.');
  await expect(currentStep(page)).toContainText('With an engineer', STAFF);
  await show('assigned', 'Reviewed by the dispatcher, and with an engineer.');

  const answers = page.getByRole('group', { name: 'Quick answers' }).getByRole('button');
  await expect(answers.first()).toBeVisible(STAFF);
  await show('question', 'The engineer asks; a notification says so, and one click answers.');
  await answers.first().click();
  await expect(page.getByRole('button', { name: 'It works, thank you' })).toBeVisible(STAFF);
  await show('resolved', 'Resolved, with a note attached. The user decides whether it works.');

  await page.getByRole('button', { name: 'It works, thank you' }).click();
  await page.getByRole('button', { name: 'Rate now' }).first().click(STAFF);
  await expect(page.getByRole('radiogroup').first()).toBeVisible();
  for (const rating of ['5', '4', '5', '5', '5']) await page.keyboard.press(rating);
  await show('survey', 'Five quick ratings, by keyboard or pointer.');
  await page.getByRole('button', { name: 'Send ratings' }).click();
  await expect(page.getByText('Thank you', { exact: true })).toBeVisible();
  await show('thanks', 'Done.');
});

const currentStep = (page: Page) =>
  page.getByRole('list', { name: 'Steps of this ticket' }).locator('[aria-current="step"]');

/** Says a step and keeps a picture of it, numbered. */
function createNarrator(page: Page) {
  const started = Date.now();
  let count = 0;
  return async (name: string, words: string): Promise<void> => {
    count += 1;
    const file = path.join(PICTURES, `${String(count).padStart(2, '0')}-${name}.png`);
    const seconds = Math.round((Date.now() - started) / 1000);
    console.log(`${String(count).padStart(2)}. (${seconds} s) ${words}\n    ${file}`);
    await page.mouse.move(0, 0); // nothing is to look as if it were pointed at, or be half faded
    await page.waitForTimeout(300);
    await page.screenshot({ path: file });
  };
}
