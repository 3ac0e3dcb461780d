import { expect, test, type Page } from '@playwright/test';
import { cleanUp, keepScreenshot, launchDeskbell } from '../support/app';
import { startDesk, stopDesks, type RunningDesk } from '../support/practice-desk';
import { conversation, enterPractice, openForm, problemField } from '../support/steps';

test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

/** A Monday. */
const NOW = '2026-02-16T15:00:00.000Z';

const openRequest = async (page: Page) => {
  await openForm(page);
  await page.getByRole('button', { name: 'Somebody joins or leaves' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Who joins or leaves?' })).toBeVisible();
};
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

/** Types a day into the three parts of the field. */
const typeDay = async (page: Page, day: string) => {
  await page.getByRole('spinbutton').first().click();
  await page.keyboard.type(day);
};

const details = async (desk: RunningDesk) =>
  Object.fromEntries((await desk.onlyTicket()).details.map(({ label, value }) => [label, value]));

test('somebody joins: for the service desk and billing, kept as a draft, filed once', async () => {
  const desk = await startDesk();
  await desk.setClock(NOW);
  let deskbell = await launchDeskbell({ env: { ...desk.env, TZ: 'UTC' }, clock: NOW });
  let page = await deskbell.firstWindow();
  await enterPractice(page);
  await openForm(page);
  await problemField(page).fill('The lights of the switch blink red');
  await page.getByRole('button', { name: 'Somebody joins or leaves' }).click();
  await expect(field(page, 'Name')).toBeFocused();
  await expect(page.getByText('Set-up is charged outside your agreement')).toBeVisible();
  await page.getByRole('button', { name: 'Send request' }).click();
  await expect(page.getByText('Please write the name.')).toBeVisible();
  await expect(page.getByText('Please give the day, as well as you know it.')).toBeVisible();

  await field(page, 'Name').fill('Priya Raman');
  await typeDay(page, '18022026');
  await expect(page.getByRole('status').getByText('That is soon')).toBeVisible();
  await page.getByRole('button', { name: /Calendar/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Next' }).first().click();
  await page
    .getByRole('gridcell')
    .getByRole('button', { name: /Tuesday,? 3 March 2026/ })
    .click();
  await expect(page.getByText('The earlier, the better')).toBeVisible();
  await field(page, 'Devices').fill('Laptop, two screens');
  await field(page, 'Access like').fill('Tom Berg');
  await expect(page.getByText('Draft saved')).toBeVisible();
  await keepScreenshot(page, 'request-joining');

  deskbell = await deskbell.restart();
  page = await deskbell.firstWindow();
  await openForm(page);
  await expect(problemField(page)).toHaveValue('The lights of the switch blink red');
  await page.getByRole('button', { name: 'Priya Raman joins on 3 March' }).click();
  await expect(field(page, 'Access like')).toHaveValue('Tom Berg');
  await page.getByRole('button', { name: 'Send request' }).dblclick();
  await expect(page.getByRole('heading', { level: 1, name: 'Priya Raman joins on 3 March' })).toBeVisible();
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  const ticket = await desk.onlyTicket();
  expect(ticket.summary).toBe('Priya Raman joins on 3 March');
  expect(ticket.emergency).toBe(false);
  expect(await details(desk)).toMatchObject({
    Request: 'Somebody joins',
    Person: 'Priya Raman',
    'First day': expect.stringMatching(/^Tuesday,? 3 March 2026$/),
    'Devices to prepare': 'Laptop, two screens',
    'Access like': 'Tom Berg',
    'Goes to': 'Service desk and billing',
  });
  await desk.advance(ticket.id, 'received');
  await expect(conversation(page).getByText(/passed this to billing as well/)).toBeVisible();
  await page.getByRole('button', { name: 'What you told us' }).click();
  await expect(page.getByText('Service desk and billing', { exact: true })).toBeVisible();
  await keepScreenshot(page, 'request-joining-ticket');
});

test('somebody leaves, written offline: what happens to mailbox, devices and access', async () => {
  const desk = await startDesk();
  const page = await (await launchDeskbell({ env: { ...desk.env, TZ: 'UTC' }, clock: NOW })).firstWindow();
  await enterPractice(page);
  await desk.stop();
  await openRequest(page);
  await page.getByRole('radio', { name: 'Somebody leaves' }).click();
  await field(page, 'Name').fill('Dr. Maximilian K. Weber');
  await typeDay(page, '27022026');
  await page.getByRole('radio', { name: 'At the end of the last day' }).click();
  await page.getByRole('radio', { name: 'Somebody takes it over…' }).click();
  await page.getByRole('textbox', { name: 'Who takes it over' }).fill('Ana Lopez');
  await field(page, 'Devices to return').fill('Laptop and phone');
  await keepScreenshot(page, 'request-leaving');
  await page.getByRole('button', { name: 'Send request' }).click();
  await expect(
    page.getByRole('heading', { level: 1, name: 'Dr. Maximilian K. Weber leaves on 27 February' }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'What you told us' }).click();
  await expect(page.getByText('Somebody takes it over: Ana Lopez', { exact: true })).toBeVisible();

  await desk.start();
  await expect.poll(async () => (await desk.tickets()).length, { timeout: 30_000 }).toBe(1);
  expect(await details(desk)).toMatchObject({
    Request: 'Somebody leaves',
    'Last day': expect.stringMatching(/^Friday,? 27 February 2026$/),
    Mailbox: 'Hand it over: Ana Lopez',
    'Access ends': 'At the end of the last day',
    'Devices to return': 'Laptop and phone',
  });
});

test('a colleague is affected person and contact in one go; the requester signs', async () => {
  const desk = await startDesk();
  const page = await (await launchDeskbell({ env: desk.env })).firstWindow();
  await enterPractice(page);
  await openForm(page);
  await problemField(page).fill('The headset stays silent');
  await page.getByRole('radio', { name: 'A colleague…' }).click();
  await page.getByRole('textbox', { name: 'Name of the colleague' }).fill('Tom Berg');
  await page.getByRole('textbox', { name: 'Their phone' }).fill('616 555 0112');
  await page.getByRole('textbox', { name: 'Their e-mail' }).fill('tom@lindner.example');
  const aside = page.getByRole('complementary');
  await expect(aside.getByText('For Tom Berg')).toBeVisible();
  await expect(aside.getByText(/Questions to Tom Berg/)).toBeVisible();
  await keepScreenshot(page, 'request-colleague');
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  expect(await details(desk)).toMatchObject({
    'Who is affected': 'A colleague: Tom Berg',
    'Whom to ask': 'Tom Berg',
    Phone: '616 555 0112',
    'E-mail': 'tom@lindner.example',
  });
  expect((await desk.onlyTicket()).messages[0]?.author).not.toMatchObject({ name: 'Tom Berg' });
  await page.getByRole('button', { name: 'What you told us' }).click();
  await expect(page.getByText('A colleague: Tom Berg')).toBeVisible();
});
