import { createHash, randomBytes } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { cleanUp, keepScreenshot, launchDeskbell, type Deskbell } from '../support/app';
import {
  clickTrayMenu,
  forgetNotifications,
  trayItemOf,
  trayMenuLabels,
  trayTooltip,
} from '../support/desktop';
import { startDesk, stopDesks, type RunningDesk } from '../support/practice-desk';
import {
  attach,
  conversation,
  enterPractice,
  fileTicket,
  makeFile,
  messageField,
  openForm,
  openOutbox,
  outboxItem,
  problemField,
  rows,
} from '../support/steps';

test.beforeEach(() => forgetNotifications());
test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

/** How long Deskbell may take to notice by itself that the board is back, in milliseconds. */
const BY_ITSELF = { timeout: 40_000 };

/** Waits for the tray icon of a start. */
async function trayOf({ pid }: Deskbell) {
  await expect.poll(() => trayItemOf(pid)).toBeDefined();
  const item = trayItemOf(pid);
  if (!item) throw new Error('There is no tray icon.');
  return item;
}

/** Answers every question of the system's dialogs with its first button and remembers it. */
async function answerDialogs({ app }: Deskbell): Promise<void> {
  await app.evaluate(({ dialog }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = async (...parts: readonly unknown[]) => {
      const { message, detail } = parts.at(-1) as { message: string; detail?: string };
      asked.push(`${message} ${detail ?? ''}`);
      // Quitting waits until the test has read the question.
      await new Promise((resolve) => setTimeout(resolve, 500));
      return { response: 0, checkboxChecked: false };
    };
  });
}

const asked = ({ app }: Deskbell) => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);

/** Every write the board knows was carried out once. */
async function expectEachOnce(desk: RunningDesk): Promise<void> {
  const counts = Object.values(await desk.writes());
  expect(counts.length).toBeGreaterThan(0);
  expect(counts).toEqual(counts.map(() => 1));
}

const says = async (page: Page, text: string) => {
  await messageField(page).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(conversation(page).getByText(text)).toBeVisible();
};

test('what is filed offline survives a quit and goes out by itself, once', async () => {
  test.setTimeout(120_000);
  const desk = await startDesk();
  let deskbell = await launchDeskbell({ env: desk.env });
  let page = await deskbell.firstWindow();
  await enterPractice(page);
  await fileTicket(page, 'The scanner on floor 2 jams');
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  const { id: scanner } = await desk.onlyTicket();
  await desk.advance(scanner, 'resolved');
  await expect(page.getByRole('button', { name: 'It works, thank you' })).toBeVisible();

  await desk.stop();
  const bytes = randomBytes(300_000);
  await fileTicket(page, 'The label printer prints blanks', [makeFile('label.bin', bytes)]);
  await expect(page.getByText('Waiting to be sent, safe on this computer').first()).toBeVisible();
  await expect(rows(page).filter({ hasText: 'label printer' })).toContainText('Waiting to be sent');
  await expect(page.getByText('You are offline').first()).toBeVisible();
  await says(page, 'It has been like this since Monday.');
  await rows(page).filter({ hasText: 'scanner' }).click();
  await page.getByRole('button', { name: 'It works, thank you' }).click();
  await expect(page.getByText('You said: it works')).toBeVisible();
  await keepScreenshot(page, 'offline-waiting');

  const tray = await trayOf(deskbell);
  await expect.poll(() => trayTooltip(tray)).toContain('3 things waiting to be sent');
  expect(trayTooltip(tray)).toContain('You are offline');
  expect(trayMenuLabels(tray).join('\n')).toMatch(/label printer.*Waiting to be sent/);
  await answerDialogs(deskbell);
  const ended = deskbell.app.waitForEvent('close');
  // A menu that is just being drawn anew has other numbers: the panel would ask again, too.
  await expect(() => clickTrayMenu(tray, 'Quit')).toPass();
  await expect
    .poll(() => asked(deskbell))
    .toEqual([expect.stringMatching(/3 things have not been sent yet.*stays safe/)]);
  await ended;

  deskbell = await launchDeskbell({ env: desk.env, userDataDir: deskbell.userDataDir });
  page = await deskbell.firstWindow();
  await expect(rows(page)).toHaveCount(2);
  await rows(page).filter({ hasText: 'label printer' }).click();
  await expect(conversation(page).getByText('It has been like this since Monday.')).toBeVisible();
  await expect(conversation(page).getByText('label.bin')).toBeVisible();
  await expect(page.getByRole('button', { name: '3 waiting to be sent' })).toBeVisible();

  await desk.start();
  await expect(page.getByRole('button', { name: '3 waiting to be sent' })).toBeHidden(BY_ITSELF);
  await expect(page.getByText(/^Ticket \d+/).first()).toBeVisible();
  const tickets = await desk.tickets();
  expect(tickets.map(({ summary }) => summary).sort()).toEqual([
    'The label printer prints blanks',
    'The scanner on floor 2 jams',
  ]);
  const labels = tickets.find(({ summary }) => summary.includes('label'));
  expect(labels?.messages.map(({ text }) => text)).toEqual([
    'The label printer prints blanks',
    'It has been like this since Monday.',
  ]);
  const [file, ...others] = labels?.messages.flatMap(({ attachments }) => attachments) ?? [];
  expect(others).toEqual([]);
  expect(file).toMatchObject({ name: 'label.bin', size: bytes.length });
  expect(digest(await desk.download(file?.id ?? ''))).toBe(digest(bytes));
  expect(tickets.find(({ id }) => id === scanner)?.closed).toBe(true);
  await expectEachOnce(desk);
  await deskbell.quit();
});

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('killed right after Send, the ticket is filed once', async () => {
  const desk = await startDesk();
  let deskbell = await launchDeskbell({ env: desk.env });
  let page = await deskbell.firstWindow();
  await enterPractice(page);
  // The board takes its time, so that the kill comes while the request is under way.
  await desk.fault({ method: 'POST', path: '/v1/tickets', times: 1, fault: { kind: 'delay', ms: 1_500 } });
  await openForm(page);
  await problemField(page).fill('My second screen stays black');
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'My second screen stays black' })).toBeVisible();
  await deskbell.kill9();

  deskbell = await launchDeskbell({ env: desk.env, userDataDir: deskbell.userDataDir });
  page = await deskbell.firstWindow();
  await expect(rows(page).filter({ hasText: 'My second screen stays black' })).toHaveCount(1);
  await expect.poll(async () => (await desk.tickets()).length, BY_ITSELF).toBe(1);
  await expect(rows(page).filter({ hasText: /Waiting|Checking|Being sent/ })).toHaveCount(0, BY_ITSELF);
  expect((await desk.onlyTicket()).summary).toBe('My second screen stays black');
  await expectEachOnce(desk);
});

const BROKEN_LINES = [
  ['breaks after the board has taken the ticket', { kind: 'dropAfter' }],
  ['breaks before the board has taken the ticket', { kind: 'dropBefore' }],
  ['cuts the answer in half', { kind: 'cutBody' }],
  ['leads to the sign-in page of a network', { kind: 'html' }],
  ['leads to a board in trouble', { kind: 'status', status: 503 }],
] as const;

test('whatever the line does to the answer, there is one ticket', async () => {
  test.setTimeout(120_000);
  const desk = await startDesk();
  const page = await (await launchDeskbell({ env: desk.env })).firstWindow();
  await enterPractice(page);
  for (const [index, [what, fault]] of BROKEN_LINES.entries()) {
    await test.step(`the line ${what}`, async () => {
      const problem = `Problem number ${index + 1}`;
      await desk.fault({ method: 'POST', path: '/v1/tickets', times: 1, fault });
      await fileTicket(page, problem);
      await expect(rows(page).filter({ hasText: problem })).toContainText(/New|Created|Received/, BY_ITSELF);
      const filed = (await desk.tickets()).filter(({ summary }) => summary === problem);
      expect(filed).toHaveLength(1);
      await expectEachOnce(desk);
    });
  }
});

test('a busy board is left in peace until it said, unless the user insists', async () => {
  const desk = await startDesk();
  const page = await (await launchDeskbell({ env: desk.env })).firstWindow();
  await enterPractice(page);
  await desk.fault({
    method: 'POST',
    path: '/v1/tickets',
    times: 1,
    fault: { kind: 'status', status: 429, retryAfterSeconds: 180 },
  });
  await fileTicket(page, 'The VPN drops every hour');
  await expect(page.getByText('Waiting to be sent, the service desk is busy').first()).toBeVisible();
  await expect(page.getByText('in about 3 minutes').first()).toBeVisible();
  expect(await desk.tickets()).toEqual([]);

  await openOutbox(page);
  await page.getByRole('button', { name: 'Send now: The VPN drops every hour' }).click();
  await expect(page.getByRole('region', { name: 'Sent recently' })).toContainText('The VPN drops every hour');
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  await expectEachOnce(desk);
});

test('a board that asks for a moment gets it, and then the ticket', async () => {
  const desk = await startDesk();
  const page = await (await launchDeskbell({ env: desk.env })).firstWindow();
  await enterPractice(page);
  await desk.fault({
    method: 'POST',
    path: '/v1/tickets',
    times: 1,
    fault: { kind: 'status', status: 429, retryAfterSeconds: 3 },
  });
  const before = Date.now();
  await fileTicket(page, 'The VPN drops every hour');
  await expect.poll(async () => (await desk.tickets()).length, BY_ITSELF).toBe(1);
  expect(Date.now() - before).toBeGreaterThanOrEqual(3_000);
  await expectEachOnce(desk);
});

test('a session that ends is renewed, and what waits goes out', async () => {
  const desk = await startDesk();
  const page = await (await launchDeskbell({ env: desk.env })).firstWindow();
  await enterPractice(page);
  await desk.fault({ method: '*', path: '/v1', times: null, fault: { kind: 'status', status: 401 } });
  await fileTicket(page, 'The door badge is not read');
  await expect(page.getByText('You are signed out').first()).toBeVisible();
  await expect(page.getByRole('button', { name: '1 waiting to be sent' })).toBeVisible();
  await keepScreenshot(page, 'signed-out');

  await desk.clearFaults();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('You are signed out')).toHaveCount(0);
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  await expectEachOnce(desk);
});

test('what waits can be copied, changed and discarded', async () => {
  const desk = await startDesk();
  const deskbell = await launchDeskbell({ env: desk.env });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  await desk.stop();
  await fileTicket(page, 'The coffee machine is offline');
  await fileTicket(page, 'The plotter needs paper');
  await openOutbox(page);
  await expect(outboxItem(page, /coffee machine/)).toContainText('Waiting to be sent');

  await page.getByRole('button', { name: 'Copy text: The coffee machine is offline' }).click();
  await expect
    .poll(() => deskbell.app.evaluate(({ clipboard }) => clipboard.readText()))
    .toContain('The coffee machine is offline');

  await page.getByRole('button', { name: 'Discard: The coffee machine is offline' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(outboxItem(page, /coffee machine/)).toBeVisible();
  await page.getByRole('button', { name: 'Discard: The coffee machine is offline' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  await expect(outboxItem(page, /coffee machine/)).toHaveCount(0);
  await expect(rows(page).filter({ hasText: 'coffee machine' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Edit: The plotter needs paper' }).click();
  await expect(problemField(page)).toHaveValue('The plotter needs paper');
  await problemField(page).fill('The plotter needs ink');
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'The plotter needs ink' })).toBeVisible();
  await expect(rows(page)).toHaveCount(1);

  await desk.start();
  await expect
    .poll(async () => (await desk.tickets()).map(({ summary }) => summary), BY_ITSELF)
    .toEqual(['The plotter needs ink']);
  await expectEachOnce(desk);
});

test('what the board refuses needs the user, who mends it', async () => {
  const desk = await startDesk();
  const page = await (await launchDeskbell({ env: desk.env })).firstWindow();
  await enterPractice(page);
  await desk.fault({ method: 'POST', path: '/v1/tickets', times: 1, fault: { kind: 'status', status: 422 } });
  await openForm(page);
  await problemField(page).fill('It is broken');
  const file = makeFile('what-i-see.txt', 'a window');
  await attach(page, [file]);
  await expect(page.getByRole('button', { name: 'Remove what-i-see.txt' })).toBeVisible();
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect(page.getByText('Not accepted, needs your attention').first()).toBeVisible();
  await expect(page.getByRole('button', { name: '1 could not be sent, please look' })).toBeVisible();
  await openOutbox(page);
  await expect(page.getByRole('region', { name: 'Needs you' })).toContainText('It is broken');
  await keepScreenshot(page, 'outbox-needs-attention');

  await page.getByRole('button', { name: 'Edit: It is broken' }).click();
  await expect(problemField(page)).toHaveValue('It is broken');
  await expect(page.getByRole('button', { name: 'Remove what-i-see.txt' })).toBeVisible();
  await problemField(page).fill('The payroll program shows an empty window');
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect
    .poll(async () => (await desk.tickets()).map(({ summary }) => summary))
    .toEqual(['The payroll program shows an empty window']);
  const ticket = await desk.onlyTicket();
  expect(ticket.messages.flatMap(({ attachments }) => attachments.map(({ name }) => name))).toEqual([
    'what-i-see.txt',
  ]);
  await expect(page.getByRole('button', { name: /could not be sent|waiting to be sent/ })).toHaveCount(0);
  await expectEachOnce(desk);
});
