import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { cleanUp, keepScreenshot, launchDeskbell, temporaryFolder, type Deskbell } from '../support/app';
import { startDesk, stopDesks, type RunningDesk } from '../support/practice-desk';
import { enterPractice, openForm, problemField } from '../support/steps';

test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

const VPN = 'The VPN drops every ten minutes since Monday, I have to sign in again each time.';
const OUTLOOK = 'Outlook freezes whenever I open the calendar.';

/** A run of a computer of its own: id and start, and the folder where programs enter themselves to start at login. */
interface Computer {
  readonly config: string;
  readonly desk: RunningDesk;
}

const run = ({ config, desk }: Computer, id: string, bootedAt: string) => ({
  ...desk.env,
  XDG_CONFIG_HOME: config,
  DESKBELL_TEST_BOOT_ID: id,
  DESKBELL_TEST_BOOTED_AT: bootedAt,
});

const startsAtLogin = ({ config }: Computer) =>
  existsSync(path.join(config, 'autostart', 'deskbell.desktop'));

async function setUp(problem: string, bootedAt = '2026-02-07T08:00:00.000Z') {
  const computer = { desk: await startDesk(), config: temporaryFolder() };
  const deskbell = await launchDeskbell({
    env: run(computer, 'one', bootedAt),
    clock: '2026-03-02T09:00:00.000Z',
  });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  await openForm(page);
  await problemField(page).fill(problem);
  return { computer, deskbell, page };
}

const aside = (page: Page) => page.getByRole('complementary', { name: 'What Deskbell noticed' });
const button = (page: Page, name: string) => page.getByRole('button', { name });
const question = (page: Page) => page.getByRole('alertdialog', { name: 'Did that fix it?' });

/** Another start of the computer: Deskbell ends with it and starts at login, in the tray. */
async function reboot(
  deskbell: Deskbell,
  computer: Computer,
  bootedAt: string,
): Promise<readonly [Deskbell, Page]> {
  const next = await deskbell.restart({
    env: run(computer, 'two', bootedAt),
    args: ['--hidden'],
    clock: bootedAt,
  });
  return [next, await next.firstWindow()];
}

test('after a restart Deskbell opens by itself and asks; yes closes the draft and is counted', async () => {
  const start = await setUp(VPN);
  const { computer } = start;
  let { deskbell, page } = start;
  await expect(aside(page)).toContainText('On for 23 days');
  await keepScreenshot(page, 'restart-suggested');
  await button(page, 'Restart, then ask me').click();
  await expect(aside(page)).toContainText('Restart when it suits you');
  await keepScreenshot(page, 'restart-planned');
  await expect.poll(() => startsAtLogin(computer)).toBe(true);

  [deskbell, page] = await reboot(deskbell, computer, '2026-03-02T09:20:00.000Z');
  await expect(question(page)).toContainText('The VPN drops every ten minutes');
  await expect(problemField(page)).toHaveValue(VPN);
  await keepScreenshot(page, 'restart-asked');
  await expect.poll(() => startsAtLogin(computer)).toBe(false);
  await question(page).getByRole('button', { name: 'Yes, it works' }).click();
  await expect(page.getByText('Glad it works. 1 solved by a restart.')).toBeVisible();
  await keepScreenshot(page, 'restart-solved');

  deskbell = await deskbell.restart({ env: run(computer, 'two', '2026-03-02T09:20:00.000Z'), args: [] });
  page = await deskbell.firstWindow();
  await openForm(page);
  await expect(question(page)).toHaveCount(0);
  await expect(problemField(page)).toHaveValue('');
  await deskbell.advanceClock(30 * 24 * 60 * 60_000);
  await problemField(page).fill(VPN);
  await expect(aside(page)).toContainText('A restart has solved 1 problem here so far.', { timeout: 15_000 });
  expect(await computer.desk.tickets()).toEqual([]);
});

test('no goes on in the draft, with the restart written into it', async () => {
  const start = await setUp(VPN);
  const { computer } = start;
  let { deskbell, page } = start;
  await button(page, 'Restart, then ask me').click();
  await expect(aside(page)).toContainText('Restart when it suits you');
  [deskbell, page] = await reboot(deskbell, computer, '2026-03-02T09:20:00.000Z');
  await question(page).getByRole('button', { name: 'No, still broken' }).click();
  await expect(question(page)).toHaveCount(0);
  await expect(problemField(page)).toHaveValue(VPN);
  await expect(aside(page)).not.toContainText('On for');
  await button(page, 'More that helps').click();
  await expect(page.getByRole('radio', { name: 'The computer' })).toBeChecked();
  await button(page, 'Send ticket').click();
  await expect.poll(async () => (await computer.desk.tickets()).length).toBe(1);
  const { details } = await computer.desk.onlyTicket();
  expect(details).toContainEqual({ label: 'Restarted', value: 'The computer' });
  expect(details.find(({ label }) => label === 'Restarted at')?.value).toContain('2 Mar 2026');
});

test('whoever comes back the next day without a restart is told so, and may put it off or go on without', async () => {
  const start = await setUp(VPN);
  const { computer } = start;
  let { deskbell, page } = start;
  await button(page, 'Restart, then ask me').click();
  await expect(aside(page)).toContainText('Restart when it suits you');
  const again = { env: run(computer, 'one', '2026-02-07T08:00:00.000Z'), clock: '2026-03-03T08:30:00.000Z' };
  deskbell = await deskbell.restart(again);
  page = await deskbell.firstWindow();
  const notYet = () => page.getByRole('alertdialog', { name: 'Not restarted yet' });
  await expect(notYet()).toContainText('On for 24 days');
  await keepScreenshot(page, 'restart-not-yet');
  await notYet().getByRole('button', { name: 'I will do it later' }).click();
  await expect(notYet()).toHaveCount(0);

  deskbell = await deskbell.restart({ ...again, clock: '2026-03-04T08:30:00.000Z' });
  page = await deskbell.firstWindow();
  await notYet().getByRole('button', { name: 'Go on without it' }).click();
  await expect(problemField(page)).toHaveValue(VPN);
  await expect(aside(page)).toContainText('On for 25 days');
  await expect.poll(() => startsAtLogin(computer)).toBe(false);
});

test('whoever restarts overnight and comes back the next day is asked then, also after putting it off', async () => {
  const start = await setUp(VPN);
  const { computer } = start;
  let { deskbell, page } = start;
  await button(page, 'Restart, then ask me').click();
  await expect(aside(page)).toContainText('Restart when it suits you');
  const next = { env: run(computer, 'two', '2026-03-02T18:00:00.000Z'), clock: '2026-03-03T08:30:00.000Z' };
  deskbell = await deskbell.restart(next);
  page = await deskbell.firstWindow();
  await expect(question(page)).toContainText('yesterday 18:00');
  await question(page).getByRole('button', { name: 'Later' }).click();
  await expect(aside(page)).toContainText('Did that fix it?');
  deskbell = await deskbell.restart(next);
  page = await deskbell.firstWindow();
  await expect(question(page)).toBeVisible();
});

test('a program is restarted first where that may do, and the user says so in the form', async () => {
  const { computer, page } = await setUp(OUTLOOK, '2026-03-02T05:00:00.000Z');
  await expect(aside(page)).toContainText('Restart the program first?');
  await button(page, 'Restart it, then ask me').click();
  await expect(aside(page)).toContainText('Close the program and open it again');
  await keepScreenshot(page, 'restart-program');
  expect(startsAtLogin(computer)).toBe(false);
  await aside(page).getByRole('button', { name: 'No, still broken' }).click();
  await expect(aside(page)).not.toContainText('Close the program');
  await expect(problemField(page)).toHaveValue(OUTLOOK);
  await button(page, 'More that helps').click();
  await expect(page.getByRole('radio', { name: 'The program' })).toBeChecked();
});

test('what a restart cannot mend, or would make worse, brings no suggestion', async () => {
  const { page } = await setUp(VPN);
  await expect(aside(page)).toContainText('On for 23 days');
  for (const problem of [
    'Your invoice from February is wrong, the printer error was charged twice.',
    'I forgot my password and cannot sign in on my computer.',
    'My laptop says that all files are encrypted and I cannot open them, ransomware?',
    'Excel hangs and my work of this morning is not saved, on this slow computer.',
  ]) {
    await problemField(page).fill(problem);
    await expect(aside(page)).not.toContainText('On for 23 days');
  }
});
