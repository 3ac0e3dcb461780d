import { mkdirSync, openSync, closeSync, ftruncateSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { cleanUp, launchDeskbell, temporaryFolder } from '../support/app';
import { startDesk, stopDesks, type RunningDesk } from '../support/practice-desk';
import { attach, drop, enterPractice, makeFile, openForm, problemField } from '../support/steps';

test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

const MEGABYTE = 1024 * 1024;
const TYPED = 'The wiki shows an old page';

type Scene = { readonly desk: RunningDesk; readonly page: Page; readonly app: ElectronApplication };

/** The form of a new ticket on a desk of its own. */
async function form(): Promise<Scene> {
  const desk = await startDesk();
  const { app, firstWindow } = await launchDeskbell({ env: desk.env });
  const page = await firstWindow();
  await enterPractice(page);
  await openForm(page);
  return { desk, page, app };
}

const send = (page: Page) => page.getByRole('button', { name: 'Send ticket' }).click();
const attached = (page: Page) => page.getByRole('list', { name: 'Attached files' }).getByRole('listitem');
/** A word about a file that cannot go along; it can be put away. */
const answer = (page: Page, title: string) => page.getByRole('status', { name: title });

test('a problem has to be named, and only that', async () => {
  const { desk, page } = await form();
  await problemField(page).fill(' \n\t ');
  await page.getByRole('radio', { name: 'Only me' }).click();
  await send(page);
  await expect(page.getByText('Please write what is wrong. One sentence is enough.')).toBeVisible();
  await expect(problemField(page)).toBeFocused();
  await expect(page.getByRole('radio', { name: 'Only me' })).toBeChecked();
  await problemField(page).fill(TYPED);
  await expect(page.getByText('Please write what is wrong.')).toBeHidden();
  await send(page);
  await expect.poll(async () => (await desk.tickets()).map(({ summary }) => summary)).toEqual([TYPED]);
});

test('200,000 characters stay, are explained and can go along as a file', async () => {
  const { desk, page } = await form();
  const long = `The log says this.\n${'Nothing works any more. '.repeat(9_000)}`.slice(0, 200_000);
  await problemField(page).fill(long);
  await expect(page.getByRole('status', { name: 'That is a lot of text' })).toBeVisible();
  await expect(page.getByText('200,000 of 100,000 characters')).toBeVisible();
  await send(page);
  await expect(
    page.getByText('This is longer than can be sent. Shorten it or attach it as a file.'),
  ).toBeVisible();
  expect(await problemField(page).inputValue()).toBe(long);
  expect(await desk.tickets()).toEqual([]);

  await page.getByRole('button', { name: 'Attach it as a file instead' }).click();
  await expect(attached(page)).toContainText(['Description.txt']);
  await send(page);
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  const ticket = await desk.onlyTicket();
  const [file] = ticket.messages.flatMap(({ attachments }) => attachments);
  expect((await desk.download(file?.id ?? '')).toString('utf8')).toBe(long);
  expect(ticket.messages[0]?.text).toContain('Description.txt');
});

test('any script arrives as it was typed, and what cannot be seen does not', async () => {
  const { desk, page } = await form();
  const typed = 'الطابعة لا تعمل 🖨️ 👩🏽‍💻\nμή λειτουργεί, 動かない';
  await problemField(page).fill(`\u0007${typed}\u0000\u001b[31m\r\nSo it is`);
  await send(page);
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  const ticket = await desk.onlyTicket();
  expect(ticket.messages[0]?.text).toBe(`${typed}[31m\nSo it is`);
  expect(ticket.summary).toContain('الطابعة لا تعمل 🖨️ 👩🏽‍💻');
  const heading = page.getByRole('heading', { level: 1, name: /الطابعة/ });
  await expect(heading).toHaveCSS('direction', 'rtl');
});

test('what cannot go along is answered file by file, and what was typed stays', async () => {
  const { desk, page, app } = await form();
  await problemField(page).fill(TYPED);
  const folder = temporaryFolder();

  const huge = path.join(folder, 'backup.zip');
  const descriptor = openSync(huge, 'w');
  ftruncateSync(descriptor, 200 * MEGABYTE);
  closeSync(descriptor);
  await test.step('200 MB are refused at once, without being read', async () => {
    const before = bytesRead(app);
    const start = Date.now();
    await attach(page, [huge]);
    await expect(answer(page, 'backup.zip is too large')).toContainText('A file can have up to 25 MB');
    expect(Date.now() - start).toBeLessThan(3_000);
    expect(bytesRead(app) - before).toBeLessThan(20 * MEGABYTE);
  });

  await test.step('an empty file', async () => {
    await attach(page, [makeFile('empty.txt', '')]);
    await expect(answer(page, 'empty.txt is empty')).toContainText('so it was not added');
  });

  await test.step('programs, by name and by content', async () => {
    await attach(page, [
      makeFile('setup.exe', 'MZ'),
      makeFile('tool', readFileSync(process.execPath).subarray(0, 4_096)),
    ]);
    await expect(answer(page, 'setup.exe is a program')).toContainText('Programs cannot go along');
    await expect(answer(page, 'tool is a program')).toBeVisible();
  });

  await test.step('a folder', async () => {
    const photos = path.join(folder, 'Photos');
    mkdirSync(photos);
    await drop(page, [photos]);
    await expect(answer(page, 'Photos is a folder')).toContainText(
      'Open the folder and add the files you need',
    );
  });

  await test.step('a file that is gone before it is read', async () => {
    const gone = makeFile('gone.txt', 'here and gone');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach', exact: true }).click();
    const chosen = await chooser;
    // The page hears of the choice only when the file has gone.
    await page.evaluate(() => {
      const hold = (event: Event): void => event.stopImmediatePropagation();
      addEventListener('change', hold, true);
      addEventListener('release', () => removeEventListener('change', hold, true));
    });
    await chosen.setFiles([gone]);
    rmSync(gone);
    await page.evaluate(() => dispatchEvent(new Event('release')));
    await chosen.element().dispatchEvent('change');
    await expect(answer(page, 'gone.txt cannot be read')).toContainText('find the file again');
  });

  await expect(attached(page)).toHaveCount(0);
  await expect(problemField(page)).toHaveValue(TYPED);
  await answer(page, 'empty.txt is empty').getByRole('button', { name: 'Dismiss' }).click();
  await expect(answer(page, 'empty.txt is empty')).toHaveCount(0);
  await send(page);
  await expect.poll(async () => (await desk.tickets()).map(({ summary }) => summary)).toEqual([TYPED]);
  expect((await desk.onlyTicket()).messages.flatMap(({ attachments }) => attachments)).toEqual([]);
});

test('up to ten files go along, whatever they are called', async () => {
  const { desk, page } = await form();
  await problemField(page).fill(TYPED);
  const names = [
    'Größe & Maße (final).txt',
    'снимок экрана.png',
    '領収書.pdf',
    'תמונה.txt',
    '.hidden',
    'CON.txt',
    `${'long-'.repeat(50)}.txt`,
    'back\\slash..\\..\\passwd',
    ' spaces .txt',
    '🧾 receipt.txt',
  ];
  await attach(page, [
    ...names.map((name, index) => makeFile(name, `content ${index}`)),
    makeFile('one-too-many.txt', 'x'),
  ]);
  await expect(answer(page, 'one-too-many.txt was not added')).toContainText('Up to 10 files can go along');
  await expect(attached(page)).toHaveCount(10);
  await expect(problemField(page)).toHaveValue(TYPED);
  await send(page);
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  const files = (await desk.onlyTicket()).messages.flatMap(({ attachments }) => attachments);
  expect(files).toHaveLength(10);
  for (const [index, { id, name }] of files.entries()) {
    expect((await desk.download(id)).toString()).toBe(`content ${index}`);
    // Safe to save on every system.
    expect(name).not.toMatch(/[/\\\u0000-\u001f]/);
    expect(name.length).toBeGreaterThan(0);
  }
  expect(files.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'Größe & Maße (final).txt',
      'снимок экрана.png',
      '領収書.pdf',
      'תמונה.txt',
      '🧾 receipt.txt',
    ]),
  );
});

/** How many bytes all processes of the app have read from anywhere. */
function bytesRead(app: ElectronApplication): number {
  const pid = app.process().pid ?? 0;
  return [pid, ...childrenOf(pid)].reduce((sum, one) => sum + (rchar(one) ?? 0), 0);
}

function rchar(pid: number): number | null {
  try {
    return Number(/rchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);
  } catch {
    return null; // It ended meanwhile.
  }
}

function childrenOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
      .map(Number);
    return children.flatMap((child) => [child, ...childrenOf(child)]);
  } catch {
    return [];
  }
}
