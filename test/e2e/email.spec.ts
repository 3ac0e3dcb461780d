import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { MailRoute } from '@shared/domain/board';
import { startLine, type Line } from '../live/email/line';
import { DESK, startMailServer, type MailServer, type MailServerOptions } from '../live/email/mail-server';
import { cleanUp, keepScreenshot, launchDeskbell, temporaryFolder, type Deskbell } from '../support/app';
import { forgetNotifications, trayItemOf, trayMenuLabels } from '../support/desktop';
import { startDesk, stopDesks } from '../support/practice-desk';
import {
  conversation,
  enterPractice,
  fileTicket,
  makeFile,
  openOutbox,
  outboxItem,
  rows,
} from '../support/steps';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ADA = { name: 'Ada Ellis', email: 'ada@harbour-tea.example', phone: '616 555 0199' };

const servers = new Set<MailServer | Line>();
test.beforeEach(() => forgetNotifications());
test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
  await Promise.all([...servers].map((server) => server.close()));
  servers.clear();
});

async function mailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const server = await startMailServer(options);
  servers.add(server);
  return server;
}

/** A data folder in which somebody is connected to a desk that is a mailbox. */
function connectedByEmail(route: MailRoute): string {
  const folder = temporaryFolder();
  const account = {
    id: 'email-1',
    target: { kind: 'email', ...route },
    signIn: { kind: 'mail', asksPassword: route.signIn },
    login: '',
    deskName: 'Northside IT',
    person: ADA,
  };
  writeFileSync(path.join(folder, 'account.json'), JSON.stringify({ current: account }));
  return folder;
}

/** A data folder in which the practice desk has e-mail as its way around. */
function practiceWithFallback(route: MailRoute): string {
  const folder = temporaryFolder();
  const own = path.join(folder, 'accounts/practice');
  mkdirSync(own, { recursive: true });
  const fallback = { route, sender: ADA, login: '', offerAfterMinutes: 15 };
  writeFileSync(path.join(own, 'fallback.json'), JSON.stringify(fallback));
  return folder;
}

const status = (page: Page, name: string) => page.getByRole('status', { name, exact: true });

const LOOKS = [
  { name: 'light', theme: 'light', width: 1040 },
  { name: 'dark', theme: 'dark', width: 1040 },
  { name: 'narrow', theme: 'light', width: 360 },
] as const;

/** Pictures of the same thing for eyes: light, dark, narrow. */
async function keepPictures(deskbell: Deskbell, page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: null, reducedMotion: 'reduce' });
  for (const look of [...LOOKS, LOOKS[0]]) {
    await deskbell.app.evaluate(({ BrowserWindow, nativeTheme }, { theme, width }) => {
      nativeTheme.themeSource = theme;
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, 720);
    }, look);
    await page.waitForFunction(
      ({ theme, width }) =>
        innerWidth === width && matchMedia('(prefers-color-scheme: dark)').matches === (theme === 'dark'),
      look,
    );
    await keepScreenshot(page, `${name}-${look.name}`);
  }
}

test('a ticket goes by e-mail, says so, is followed up, and leaves the list when the user wants', async () => {
  const server = await mailServer();
  let deskbell = await launchDeskbell({ userDataDir: connectedByEmail(server.route), clock: true });
  let page = await deskbell.firstWindow();
  await expect(page.getByText('Your desk answers by e-mail')).toBeVisible();
  await keepPictures(deskbell, page, 'email-first-day');

  const file = makeFile('Bildschirm ü.txt', 'half a label');
  await fileTicket(page, 'The label printer prints half a label', [file]);
  await expect(status(page, 'Sent by e-mail')).toContainText('will answer by e-mail');
  await expect(rows(page)).toHaveText([/label printer.*Sent by e-mail/]);
  await expect(page.getByRole('textbox', { name: 'Your message' })).toBeHidden();
  await expect(page.getByRole('list', { name: 'Steps of this ticket' })).toBeHidden();
  await expect(page.getByRole('button', { name: /waiting to be sent/ })).toBeHidden();
  await keepPictures(deskbell, page, 'email-sent');

  const [mail] = await server.mails();
  expect(mail?.from?.value).toEqual([{ name: ADA.name, address: ADA.email }]);
  expect(mail?.subject).toBe('The label printer prints half a label');
  expect(mail?.attachments.map(({ filename, content }) => [filename, content.toString()])).toEqual([
    ['Bildschirm ü.txt', 'half a label'],
  ]);

  await deskbell.advanceClock(DAY + MINUTE);
  await page.getByRole('button', { name: 'Follow up' }).click();
  await page.getByRole('button', { name: 'Send follow-up' }).click();
  await expect(conversation(page).getByText('Is there any news?')).toBeVisible();
  await expect
    .poll(async () => (await server.mails()).map(({ subject }) => subject))
    .toEqual(['The label printer prints half a label', 'Re: The label printer prints half a label']);

  await deskbell.advanceClock(60 * DAY);
  deskbell = await deskbell.restart();
  page = await deskbell.firstWindow();
  await expect(rows(page)).toHaveText([/label printer.*Sent by e-mail/]);
  await expect.poll(() => trayItemOf(deskbell.pid)).toBeDefined();
  const tray = trayItemOf(deskbell.pid);
  if (!tray) throw new Error('There is no tray icon.');
  expect(trayMenuLabels(tray).join('\n')).toMatch(/label printer.*Sent by e-mail/);
  expect(server.arrived).toHaveLength(2);

  await rows(page).first().click();
  await page.getByRole('button', { name: 'More for this ticket' }).click();
  await page.getByRole('menuitem', { name: 'Remove from the list…' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByText('Nothing sent yet')).toBeVisible();
});

test('what may have arrived is never sent again by itself, also after a kill', async () => {
  const server = await mailServer();
  const line = await startLine(server.route.port);
  servers.add(line);
  let deskbell = await launchDeskbell({
    userDataDir: connectedByEmail({ ...server.route, port: line.port }),
    clock: true,
  });
  let page = await deskbell.firstWindow();
  await expect(page.getByText('Your desk answers by e-mail')).toBeVisible();
  // Sessions that only ask whether the mail server is there carry no message: nothing breaks in them.
  line.choose(() => (server.arrived.length === 0 ? 'answerLost' : null));
  await fileTicket(page, 'The fax is mute');
  await expect(status(page, 'It may have arrived')).toContainText('nothing is sent again unless you say so');
  await keepPictures(deskbell, page, 'email-undecided');
  const actions = page.getByRole('group', { name: 'What you can do' });
  await expect(actions.getByRole('button')).toHaveText(['Send again', 'It arrived', 'Copy text', 'Discard']);

  await deskbell.advanceClock(DAY);
  await deskbell.kill9();
  deskbell = await launchDeskbell({ userDataDir: deskbell.userDataDir, clock: true });
  page = await deskbell.firstWindow();
  await expect(rows(page)).toHaveText([/fax.*It may have arrived/]);
  await deskbell.advanceClock(DAY);
  expect(server.arrived).toHaveLength(1);

  await rows(page).first().click();
  await page.getByRole('button', { name: 'Send again' }).click();
  await expect(status(page, 'Sent by e-mail')).toBeVisible();
  const mails = await server.mails();
  expect(mails).toHaveLength(2);
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
});

test('while the board is away a ticket goes by e-mail instead, and the board never gets it', async () => {
  test.setTimeout(120_000);
  const server = await mailServer();
  const desk = await startDesk();
  const userDataDir = practiceWithFallback(server.route);
  let deskbell = await launchDeskbell({ userDataDir, env: desk.env, clock: true });
  let page = await deskbell.firstWindow();
  await enterPractice(page);
  await desk.stop();
  await fileTicket(page, 'The scanner on floor 2 jams');
  await expect(page.getByText('Waiting to be sent, safe on this computer').first()).toBeVisible();
  await expect(page.getByText('You are offline').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send by e-mail instead' })).toBeHidden();

  await deskbell.advanceClock(16 * MINUTE);
  await expect(page.getByText('What waits here can go by e-mail instead.')).toBeVisible();
  await keepPictures(deskbell, page, 'email-instead');
  await page.getByRole('button', { name: 'Have a look' }).click();
  await page.getByRole('button', { name: 'Send by e-mail instead: The scanner on floor 2 jams' }).click();
  await expect(page.getByRole('alertdialog')).toContainText(DESK);
  await keepScreenshot(page, 'email-instead-asked');
  await page.getByRole('button', { name: 'Send by e-mail', exact: true }).click();
  await expect(rows(page)).toHaveText([/scanner.*Sent by e-mail/]);
  expect((await server.mails()).map(({ subject }) => subject)).toEqual(['The scanner on floor 2 jams']);

  await desk.start();
  await deskbell.advanceClock(MINUTE);
  await fileTicket(page, 'Something for the board');
  await expect(page.getByText(/^Ticket \d+/).first()).toBeVisible({ timeout: 40_000 });
  deskbell = await deskbell.restart();
  page = await deskbell.firstWindow();
  await expect(rows(page)).toHaveCount(2);
  expect((await desk.tickets()).map(({ summary }) => summary)).toEqual(['Something for the board']);
  expect(server.arrived).toHaveLength(1);
});

test('what the board may have is not sent by e-mail, and why is said', async () => {
  test.setTimeout(120_000);
  const server = await mailServer();
  const desk = await startDesk();
  const userDataDir = practiceWithFallback(server.route);
  const deskbell = await launchDeskbell({ userDataDir, env: desk.env, clock: true });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  await desk.fault({ method: 'POST', path: '/v1/tickets', times: 1, fault: { kind: 'dropAfter' } });
  await desk.fault({ method: 'GET', path: '*', times: null, fault: { kind: 'dropBefore' } });
  await fileTicket(page, 'The scanner on floor 2 jams');
  await expect(status(page, 'Checking whether it arrived')).toBeVisible();
  await desk.stop();
  await deskbell.advanceClock(2 * MINUTE);
  await expect(page.getByText('You are offline').first()).toBeVisible({ timeout: 40_000 });
  await deskbell.advanceClock(16 * MINUTE);
  await openOutbox(page);
  await expect(outboxItem(page, /scanner/)).toContainText('may have it already');
  await expect(page.getByRole('button', { name: /Send by e-mail instead/ })).toBeHidden();
  expect(server.arrived).toEqual([]);
});

test('e-mail instead is set up in the settings, and kept only if the mail server lets the user in', async () => {
  const server = await mailServer({ security: 'starttls', users: { ada: 'correct horse' } });
  const deskbell = await launchDeskbell({ env: { NODE_EXTRA_CA_CERTS: makeFile('ca.pem', server.ca) } });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  const card = page.getByRole('region', { name: 'E-mail instead' });
  await card.getByRole('button', { name: 'Set up' }).click();
  await card.getByRole('textbox', { name: /desk's e-mail address/ }).fill(DESK);
  await card.getByRole('textbox', { name: /Mail server/ }).fill('localhost');
  await card.getByRole('textbox', { name: 'Port' }).fill(String(server.route.port));
  await card.getByRole('textbox', { name: /User name/ }).fill('ada');
  await card.getByLabel('Password', { exact: true }).fill('wrong');
  await card.getByRole('textbox', { name: 'Your name' }).fill(ADA.name);
  await card.getByRole('textbox', { name: 'Your e-mail address' }).fill(ADA.email);
  await card.getByRole('button', { name: 'Try and keep it' }).click();
  await expect(card.getByRole('alert')).toContainText('The mail server did not let you in');
  await keepPictures(deskbell, page, 'email-set-up');
  await card.getByLabel('Password', { exact: true }).fill('correct horse');
  await card.getByRole('button', { name: 'Try and keep it' }).click();
  await expect(card.getByText(DESK)).toBeVisible();
  await expect(card.getByRole('button', { name: /Offer it after/ })).toContainText('1 hour');
  await keepPictures(deskbell, page, 'email-kept');
  expect(server.signedIn).toEqual(['ada']);
});
