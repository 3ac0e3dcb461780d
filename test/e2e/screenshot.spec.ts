import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import {
  cleanUp,
  keepScreenshot,
  launchDeskbell,
  screenFile,
  temporaryFolder,
  type Deskbell,
} from '../support/app';
import { clickTrayMenu, forgetNotifications, pictureOfScreen, trayItemOf } from '../support/desktop';
import { decodePng } from '../support/png';
import { startDesk, stopDesks } from '../support/practice-desk';
import { enterPractice, openForm, problemField } from '../support/steps';

/** A window of a known colour at a known place of the screen, with something nobody needs to see. */
const SECRET = { x: 700, y: 300, width: 400, height: 200, title: 'Budget 2026' };
const RED = [255, 0, 0];
const HIDDEN = [28, 30, 34];

test.beforeEach(() => forgetNotifications());
test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

/** Deskbell at the form of a new ticket, and the other window on the screen. */
async function atTheForm(env: Readonly<Record<string, string>> = {}) {
  const desk = await startDesk();
  const deskbell = await launchDeskbell({ env: { ...desk.env, ...env } });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  await showSecret(deskbell);
  await openForm(page);
  await problemField(page).fill('The budget cannot be opened.');
  return { desk, deskbell, page };
}

const showSecret = (deskbell: Deskbell): Promise<void> =>
  deskbell.app.evaluate(async ({ BrowserWindow }, { title, ...place }) => {
    const window = new BrowserWindow({ ...place, frame: false, show: false });
    await window.loadURL(`data:text/html,<title>${title}</title><body style="background:rgb(255,0,0)">`);
    window.showInactive();
  }, SECRET);

/** Puts a picture on the clipboard, as a user does with a picture in another program. */
const copySomePicture = (deskbell: Deskbell): Promise<void> =>
  deskbell.app.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ width: 300, height: 200, show: false });
    const picture =
      '%3Csvg xmlns="http://www.w3.org/2000/svg" width="200" height="100"%3E%3Crect width="99" height="99" fill="teal"/%3E%3C/svg%3E';
    await window.loadURL(`data:text/html,<body style="margin:0"><img src='data:image/svg+xml,${picture}'>`);
    window.showInactive();
    await new Promise((resolve) => setTimeout(resolve, 500));
    window.webContents.copyImageAt(20, 20);
    await new Promise((resolve) => setTimeout(resolve, 500));
    window.destroy();
  });

const pictureFiles = (page: Page) => page.getByRole('list', { name: 'Attached files' }).getByRole('listitem');
const editor = (page: Page) => page.getByRole('dialog', { name: 'Screenshot' });
const choose = (page: Page, name: string) => page.getByRole('link', { name });

/** Presses keys as the keyboard does, for whatever has the focus of the desktop. */
const press = (keys: string): void => void execFileSync('xdotool', ['key', keys]);

/** Whether Deskbell's own window is on the screen. */
const isShown = (deskbell: Deskbell): Promise<boolean> =>
  deskbell.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some(
      (window) => window.webContents.getURL().startsWith('app://deskbell/') && window.isVisible(),
    ),
  );

/** Presses, waits for the countdown to end, and gives the window in which the user chooses. */
async function untilChoice(deskbell: Deskbell, start: () => Promise<void> | void): Promise<Page> {
  const choosing = deskbell.app.waitForEvent('window', {
    predicate: async (page) => (await page.title()) === 'What would you like to show?',
  });
  await start();
  return choosing;
}

const takeFromForm = (deskbell: Deskbell, page: Page): Promise<Page> =>
  untilChoice(deskbell, () => page.getByRole('button', { name: 'Screenshot' }).click());

/** Drags over an area given in pixels of the picture, which fills the stage. */
async function dragOver(page: Page, size: { width: number; height: number }, from: number[], to: number[]) {
  const stage = await page.getByRole('group', { name: 'Picture to edit' }).boundingBox();
  if (!stage) throw new Error('There is no picture');
  const at = ([x = 0, y = 0]: number[]) =>
    [stage.x + (x / size.width) * stage.width, stage.y + (y / size.height) * stage.height] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at([(from[0] ?? 0) + 20, (from[1] ?? 0) + 20]));
  await page.mouse.move(...at(to), { steps: 4 });
  await page.mouse.up();
}

/** Files below a folder that hold a PNG or JPEG, wherever in them. */
function picturesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return (
        bytes.includes('\x89PNG\r\n\x1a\n', 0, 'latin1') || bytes.includes('\xff\xd8\xff\xe0', 0, 'latin1')
      );
    });
}

test('a screenshot is chosen, cropped and made safe before it goes along', async () => {
  const { desk, deskbell, page } = await atTheForm();
  const before = picturesBelow(deskbell.userDataDir);

  const choice = await takeFromForm(deskbell, page);
  await expect(choice.getByRole('heading', { name: 'What would you like to show?' })).toBeVisible();
  expect(await isShown(deskbell)).toBe(false);
  await expect(choose(choice, 'Whole screen')).toBeFocused();
  pictureOfScreen(screenFile('screenshot-choice'));
  press('Down');
  await expect(choose(choice, SECRET.title)).toBeFocused();
  press('Up');
  await expect(choose(choice, 'Whole screen')).toBeFocused();
  press('Return');

  await expect(editor(page)).toBeVisible();
  const canvas = page.locator('canvas');
  const size = {
    width: Number(await canvas.getAttribute('width')),
    height: Number(await canvas.getAttribute('height')),
  };
  expect(size).toEqual({ width: 1280, height: 800 });
  // The right half of the window is hidden; the crop leaves the window with a margin.
  await dragOver(page, size, [900, 290], [1120, 520]);
  await page.getByRole('radio', { name: 'Crop' }).click();
  await dragOver(page, size, [650, 250], [1150, 550]);
  const crop = page.getByRole('button', { name: /^Crop, \d+ by \d+/ });
  const words = /(\d+) by (\d+), (\d+) from the left, (\d+) from the top/.exec(
    (await crop.getAttribute('aria-label')) ?? '',
  );
  const [width = 0, height = 0, left = 0, top = 0] = (words ?? []).slice(1).map(Number);
  await page.getByRole('radio', { name: 'Arrow' }).click();
  await page.getByRole('button', { name: 'Add an arrow' }).click();
  await keepScreenshot(page, 'screenshot-editor');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('button', { name: 'Go to: Arrow 1' })).toBeHidden();
  expect(picturesBelow(deskbell.userDataDir)).toEqual(before);

  await editor(page).getByRole('button', { name: 'Attach' }).click();
  await expect(pictureFiles(page)).toHaveCount(1);
  await expect(editor(page)).toBeHidden();
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  const [message] = (await desk.onlyTicket()).messages;
  const [attachment] = message?.attachments ?? [];
  expect(attachment?.name).toMatch(/^Screenshot .*\.png$/);
  const picture = decodePng(await desk.download(attachment?.id ?? ''));
  expect([picture.width, picture.height]).toEqual([width, height]);
  expect(new Set(picture.chunks)).toEqual(new Set(['IHDR', 'IDAT', 'IEND']));
  // Places on the screen, well inside what was drawn.
  const seen = (x: number, y: number) => picture.pixel(x - left, y - top);
  for (const [x, y] of [
    [710, 310],
    [790, 480],
    [880, 400],
  ] as const)
    expect(seen(x, y)).toEqual(RED);
  for (const [x, y] of [
    [910, 310],
    [1000, 400],
    [1090, 490],
  ] as const)
    expect(seen(x, y)).toEqual(HIDDEN);
  const colours = new Set<string>();
  for (let x = 910; x < 1100; x += 1) for (let y = 300; y < 500; y += 1) colours.add(seen(x, y).join());
  expect([...colours]).toEqual([HIDDEN.join()]);
});

test('a reply takes a screenshot with it, and *Still broken* stays chosen meanwhile', async () => {
  const { desk, deskbell, page } = await atTheForm();
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  const { id } = await desk.onlyTicket();
  await desk.advance(id, 'resolved');
  await page.getByRole('button', { name: 'Still broken' }).click();
  await page.getByLabel('What is still wrong?').fill('It looks like this.');
  const choice = await takeFromForm(deskbell, page);
  await choose(choice, SECRET.title).click();
  await page.getByRole('button', { name: 'Add a hidden area' }).click();
  await editor(page).getByRole('button', { name: 'Attach' }).click();
  await expect(page.getByLabel('What is still wrong?')).toHaveValue('It looks like this.');
  await page.getByRole('button', { name: 'Send: still broken' }).click();
  const sent = async () => (await desk.onlyTicket()).messages.flatMap(({ attachments }) => attachments);
  await expect.poll(async () => (await sent()).length).toBe(1);
});

test('nothing is left of a screenshot that is cancelled, at whatever step', async () => {
  const { deskbell, page } = await atTheForm();
  const before = picturesBelow(deskbell.userDataDir);

  // In the countdown.
  const counting = deskbell.app.waitForEvent('window');
  await page.getByRole('button', { name: 'Screenshot' }).click();
  const countdown = await counting;
  await expect(countdown.getByText('Picture in a moment')).toBeVisible();
  pictureOfScreen(screenFile('screenshot-countdown'));
  await countdown.getByRole('link', { name: 'Cancel' }).click();
  await expect.poll(() => isShown(deskbell)).toBe(true);

  // In the choice.
  const choice = await takeFromForm(deskbell, page);
  await expect(choose(choice, 'Whole screen')).toBeFocused();
  press('Escape');
  await expect.poll(() => isShown(deskbell)).toBe(true);
  await expect(editor(page)).toBeHidden();

  // In the editor, with something drawn.
  const again = await takeFromForm(deskbell, page);
  await choose(again, SECRET.title).click();
  await page.getByRole('button', { name: 'Add a hidden area' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  await expect(editor(page)).toBeHidden();
  await expect(problemField(page)).toHaveValue('The budget cannot be opened.');
  await expect(pictureFiles(page)).toHaveCount(0);
  expect(picturesBelow(deskbell.userDataDir)).toEqual(before);
});

test('tray and shortcut open a new ticket with the screenshot in it', async () => {
  const desk = await startDesk();
  const deskbell = await launchDeskbell({ env: desk.env });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  await showSecret(deskbell);
  await expect.poll(() => trayItemOf(deskbell.pid)).toBeTruthy();
  const tray = trayItemOf(deskbell.pid)!;

  const fromTray = await untilChoice(deskbell, () => clickTrayMenu(tray, 'New ticket with a screenshot…'));
  await choose(fromTray, SECRET.title).click();
  await expect(page.locator('canvas')).toHaveAttribute('width', String(SECRET.width));
  await expect(page.locator('canvas')).toHaveAttribute('height', String(SECRET.height));
  await editor(page).getByRole('button', { name: 'Attach to a new ticket' }).click();
  await expect(problemField(page)).toBeVisible();
  await expect(pictureFiles(page)).toHaveCount(1);

  const byShortcut = await untilChoice(deskbell, () => press('ctrl+shift+F12'));
  await choose(byShortcut, 'Whole screen').click();
  await editor(page).getByRole('button', { name: 'Attach to a new ticket' }).click();
  await expect(pictureFiles(page)).toHaveCount(2);
});

test('a pasted picture is looked at first', async () => {
  const { deskbell, page } = await atTheForm();
  await copySomePicture(deskbell);
  await problemField(page).press('Control+V');
  await expect(editor(page).getByText('This is what you pasted.')).toBeVisible();
  await editor(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(pictureFiles(page)).toHaveCount(0);
  await problemField(page).press('Control+V');
  await editor(page).getByRole('button', { name: 'Attach' }).click();
  await expect(pictureFiles(page)).toHaveCount(1);
});

test('a screen that shows nothing, and a desktop without a portal, are told apart in words', async () => {
  const { deskbell, page } = await atTheForm();
  await deskbell.app.evaluate(({ desktopCapturer }) => {
    desktopCapturer.getSources = async () => [];
  });
  await page.getByRole('button', { name: 'Screenshot' }).click();
  const blank = page.getByRole('dialog', { name: 'The picture was black' });
  await expect(blank).toContainText('Bring what you want to show to the front');
  await blank.getByRole('button', { name: 'Close' }).click();
  await cleanUp();

  const wayland = await atTheForm({
    XDG_SESSION_TYPE: 'wayland',
    WAYLAND_DISPLAY: 'wayland-none',
    XDG_DATA_DIRS: temporaryFolder(),
  });
  await wayland.page.getByRole('button', { name: 'Screenshot' }).click();
  const portal = wayland.page.getByRole('dialog', { name: 'No picture came' });
  await expect(portal).toContainText('xdg-desktop-portal', { timeout: 20_000 });
  await keepScreenshot(wayland.page, 'screenshot-refused');
});
