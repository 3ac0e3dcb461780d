import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, type Page } from '@playwright/test';
import { cleanUp, launchDeskbell } from '../support/app';
import { startDesk, stopDesks } from '../support/practice-desk';
import {
  attach,
  conversation,
  enterPractice,
  fileTicket,
  makeFile,
  messageField,
  openForm,
  openOutbox,
  problemField,
  rows,
  signOut,
} from '../support/steps';

test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

/** What was typed this long ago, in milliseconds, is on disk whatever happens now. */
const SAFE_AFTER_MS = 300;

const leaveForm = (page: Page) => page.getByRole('button', { name: 'Close', exact: true }).click();
/** The button that opens a draft from the form of another. */
const draft = (page: Page, text: string) => page.getByRole('main').getByRole('button', { name: text });
const file = (page: Page, name: string) => page.getByRole('button', { name: `Remove ${name}` });

test('a draft with a file comes back after the program was killed while typing', async () => {
  const desk = await startDesk();
  let deskbell = await launchDeskbell({ env: desk.env });
  let page = await deskbell.firstWindow();
  await enterPractice(page);
  await openForm(page);
  await attach(page, [makeFile('error.txt', 'out of paper')]);
  await expect(file(page, 'error.txt')).toBeVisible();
  await problemField(page).pressSequentially('The franking machine says it is out of paper', { delay: 15 });
  await pause(SAFE_AFTER_MS);
  await deskbell.kill9();

  deskbell = await launchDeskbell({ env: desk.env, userDataDir: deskbell.userDataDir });
  page = await deskbell.firstWindow();
  await openForm(page);
  await expect(problemField(page)).toHaveValue('The franking machine says it is out of paper');
  await expect(file(page, 'error.txt')).toBeVisible();
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  const [attachment] = (await desk.onlyTicket()).messages.flatMap(({ attachments }) => attachments);
  expect((await desk.download(attachment?.id ?? '')).toString()).toBe('out of paper');
});

test('several drafts come back after a restart and after signing out', async () => {
  const desk = await startDesk();
  let deskbell = await launchDeskbell({ env: desk.env });
  let page = await deskbell.firstWindow();
  await enterPractice(page);
  await desk.stop();
  await fileTicket(page, 'The beamer shows everything in green');
  await openForm(page);
  await problemField(page).fill('My desk phone rings twice');
  await page.getByRole('radio', { name: 'Yesterday' }).click();
  await attach(page, [makeFile('ring.txt', 'ring ring')]);
  await expect(file(page, 'ring.txt')).toBeVisible();
  await leaveForm(page);
  await openOutbox(page);
  await page.getByRole('button', { name: 'Edit: The beamer shows everything in green' }).click();
  await expect(problemField(page)).toHaveValue('The beamer shows everything in green');
  await problemField(page).fill('The beamer shows everything in blue');

  deskbell = await deskbell.restart();
  page = await deskbell.firstWindow();
  await openForm(page);
  await expect(problemField(page)).toHaveValue('The beamer shows everything in blue');
  await draft(page, 'My desk phone rings twice').click();
  await expect(problemField(page)).toHaveValue('My desk phone rings twice');
  await leaveForm(page);
  await signOut(page);
  await expect(page.getByText('Your texts are still here')).toBeVisible();
  await expect(page.getByText('2 drafts wait for you.')).toBeVisible();
  deskbell = await deskbell.restart();
  page = await deskbell.firstWindow();
  await expect(page.getByText('2 drafts wait for you.')).toBeVisible();
  await desk.start();
  await enterPractice(page);
  await openForm(page);
  await draft(page, 'My desk phone rings twice').click();
  await expect(problemField(page)).toHaveValue('My desk phone rings twice');
  await expect(page.getByRole('radio', { name: 'Yesterday' })).toBeChecked();
  await expect(file(page, 'ring.txt')).toBeVisible();

  await page.getByRole('button', { name: 'Discard draft' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  await openForm(page);
  await expect(problemField(page)).toHaveValue('The beamer shows everything in blue');
  await expect(draft(page, 'My desk phone rings twice')).toHaveCount(0);
  expect(await desk.tickets()).toEqual([]);
});

test('what was begun to say, and to rate, comes back after the program was killed', async () => {
  const desk = await startDesk();
  let deskbell = await launchDeskbell({ env: desk.env });
  let page = await deskbell.firstWindow();
  await enterPractice(page);
  await fileTicket(page, 'The keyboard writes twice');
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  const { id } = await desk.onlyTicket();
  await desk.advance(id, 'working');
  await fileTicket(page, 'The mouse does not click');
  await expect.poll(async () => (await desk.tickets()).length).toBe(2);
  const mouse = (await desk.tickets()).find((ticket) => ticket.id !== id)?.id ?? '';
  await desk.advance(mouse, 'resolved');
  await page.getByRole('button', { name: 'It works, thank you' }).click();
  await page.getByRole('button', { name: 'Rate now' }).first().click();
  const overall = () => page.getByRole('radiogroup', { name: 'How we handled it overall' });
  await overall().getByRole('radio', { name: '4' }).click();
  await page.getByRole('textbox', { name: /Anything to add/ }).fill('Thanks to');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await rows(page).filter({ hasText: 'keyboard' }).click();
  await attach(page, [makeFile('twice.txt', 'ttwwiiccee')], 'Attach a file');
  await expect(file(page, 'twice.txt')).toBeVisible();
  await messageField(page).pressSequentially('Only the letter T', { delay: 15 });
  await pause(SAFE_AFTER_MS);
  await deskbell.kill9();

  deskbell = await launchDeskbell({ env: desk.env, userDataDir: deskbell.userDataDir });
  page = await deskbell.firstWindow();
  await rows(page).filter({ hasText: 'keyboard' }).click();
  await expect(messageField(page)).toHaveValue('Only the letter T');
  await expect(file(page, 'twice.txt')).toBeVisible();
  await page.getByRole('button', { name: 'Send', exact: true }).dblclick();
  await expect(conversation(page).getByText('Only the letter T')).toHaveCount(1);
  await expect(messageField(page)).toHaveValue('');
  await page.getByRole('button', { name: 'Rate now' }).first().click();
  await expect(overall().getByRole('radio', { name: '4' })).toBeChecked();
  await expect(page.getByRole('textbox', { name: /Anything to add/ })).toHaveValue('Thanks to');
  const said = async () =>
    (await desk.tickets())
      .find((ticket) => ticket.id === id)
      ?.messages.filter(({ text }) => text === 'Only the letter T');
  await expect.poll(async () => (await said())?.length).toBe(1);
  expect((await said())?.[0]?.attachments.map(({ name }) => name)).toEqual(['twice.txt']);
});

test('a double click and the shortcut pressed twice each file one ticket', async () => {
  const desk = await startDesk();
  const page = await (await launchDeskbell({ env: desk.env })).firstWindow();
  await enterPractice(page);
  await openForm(page);
  await problemField(page).fill('First problem');
  await page.getByRole('button', { name: 'Send ticket' }).dblclick();
  await expect(page.getByRole('heading', { level: 1, name: 'First problem' })).toBeVisible();
  await openForm(page);
  await problemField(page).fill('Second problem');
  await problemField(page).press('Control+Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Second problem' })).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
  await expect
    .poll(async () => (await desk.tickets()).map(({ summary }) => summary))
    .toEqual(['First problem', 'Second problem']);
  // Whatever was sent a second time would be on its way now.
  await expect(page.getByRole('button', { name: /waiting to be sent/ })).toHaveCount(0);
  expect(Object.values(await desk.writes())).toEqual([1, 1]);
});
