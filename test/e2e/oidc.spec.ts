import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { startProvider, type TestProvider } from '../live/oidc/provider';
import { cleanUp, keepScreenshot, launchDeskbell, type Deskbell } from '../support/app';
import { clickNewestNotification, forgetNotifications, notifications } from '../support/desktop';
import { startDesk, stopDesks, type RunningDesk } from '../support/practice-desk';
import { fileTicket, rows, signOut } from '../support/steps';
import { createSystemBrowser, type SystemBrowser } from '../support/system-browser';

let provider: TestProvider;
let desk: RunningDesk;
let browser: SystemBrowser;

test.beforeEach(async () => {
  forgetNotifications();
  // So short that their end is met again and again.
  provider = await startProvider({ accessTokenSeconds: 5 });
  const { issuer, clientId } = provider;
  desk = await startDesk('manual', ['--issuer', issuer, '--client-id', clientId, '--prompt', 'consent']);
  browser = createSystemBrowser({ login: 'ada' });
});
test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
  await provider.stop();
});

/** How long Deskbell may take to notice by itself that its session is over, in milliseconds. */
const BY_ITSELF = { timeout: 40_000 };
const SIGNED_OUT = 'You are signed out';

const launch = (): Promise<Deskbell> => launchDeskbell({ env: browser.env });
const secretsOf = ({ userDataDir }: Deskbell): string[] => readdirSync(path.join(userDataDir, 'secrets'));
const toldOfTheEnd = () => notifications().filter(({ summary }) => summary === SIGNED_OUT);

/** From the first screen to the desk and its way in. */
async function findDesk(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Connect to your service desk' }).click();
  await page.getByLabel('Your work e-mail, or the address of the desk').fill(new URL(desk.url).host);
  await page.getByRole('button', { name: 'Find my desk' }).click();
  await expect(page.getByText(/^Your browser opens at/)).toBeVisible();
}
const signIn = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Sign in in the browser' }).click();
const isIn = async (page: Page): Promise<void> => {
  await expect(page.getByRole('button', { name: 'New ticket' }).first()).toBeVisible();
};
const banner = (page: Page) => page.getByRole('status').filter({ hasText: SIGNED_OUT });

test('a session that the provider ends holds what is filed, says so once, and goes on after signing in', async () => {
  test.setTimeout(150_000);
  let deskbell = await launch();
  let page = await deskbell.firstWindow();
  await findDesk(page);
  await keepScreenshot(page, 'oidc-way-in');
  await signIn(page);
  await isIn(page);
  await fileTicket(page, 'The projector in room 4 hums');
  await expect(page.getByText(/^Ticket \d+/)).toBeVisible();
  await expect
    .poll(() => browser.opened().at(-1)?.text)
    .toContain('You can close this page and go back to Deskbell.');

  // Access tokens end all the time, and nobody notices.
  const asked = provider.asked('/token');
  await expect.poll(() => provider.asked('/token'), BY_ITSELF).toBeGreaterThan(asked + 1);
  await expect(banner(page)).toHaveCount(0);
  expect(toldOfTheEnd()).toEqual([]);

  provider.revokeAll();
  await expect(banner(page)).toBeVisible(BY_ITSELF);
  await fileTicket(page, 'The door of the archive is stuck');
  await expect(page.getByRole('button', { name: '1 waiting to be sent' })).toBeVisible();
  await expect.poll(toldOfTheEnd).toHaveLength(1);
  await keepScreenshot(page, 'oidc-signed-out');
  expect(Object.keys(await desk.writes())).toHaveLength(1);

  // It is not told again, also when Deskbell is started anew.
  deskbell = await deskbell.restart();
  page = await deskbell.firstWindow();
  await expect(banner(page)).toBeVisible(BY_ITSELF);
  await expect(rows(page).filter({ hasText: 'archive' })).toHaveCount(1);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(toldOfTheEnd()).toHaveLength(1);

  clickNewestNotification();
  await banner(page).getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in again' })).toBeVisible();
  await signIn(page);
  await expect(banner(page)).toHaveCount(0, BY_ITSELF);
  await expect(page.getByRole('button', { name: '1 waiting to be sent' })).toHaveCount(0, BY_ITSELF);
  await expect.poll(async () => Object.values(await desk.writes()), BY_ITSELF).toEqual([1, 1]);
  expect(browser.opened().map(({ address }) => new URL(address).pathname)).toEqual(['/auth', '/auth']);
  expect(new URL(browser.opened().at(-1)?.address ?? '').searchParams.get('login_hint')).toBe(
    'ada@example.com',
  );
});

test('a click on the notification leads to the sign-in', async () => {
  test.setTimeout(90_000);
  const deskbell = await launch();
  const page = await deskbell.firstWindow();
  await findDesk(page);
  await signIn(page);
  await isIn(page);
  provider.revokeAll();
  await expect.poll(toldOfTheEnd, BY_ITSELF).toHaveLength(1);
  clickNewestNotification();
  await expect(page.getByRole('heading', { name: 'Sign in again' })).toBeVisible();
  await keepScreenshot(page, 'oidc-sign-in-again');
});

test('signing out ends the session at the provider, and nothing secret is left', async () => {
  const deskbell = await launch();
  const page = await deskbell.firstWindow();
  await findDesk(page);
  await signIn(page);
  await isIn(page);
  expect(secretsOf(deskbell)).toHaveLength(1);
  await signOut(page, 'Sign out');
  await expect.poll(() => browser.opened().at(-1)?.text).toContain('You are signed out.');
  expect(provider.refreshTokens()).toBe(0);
  expect(secretsOf(deskbell)).toEqual([]);
  expect(toldOfTheEnd()).toEqual([]);
});

test('the window waits for the browser, can give up, and comes to the front when the user returns', async () => {
  const deskbell = await launch();
  const page = await deskbell.firstWindow();
  await findDesk(page);
  browser.setHabits({ login: 'ada', answer: 'deny' });
  await signIn(page);
  await expect(page.getByText('The sign-in was not finished')).toBeVisible();

  browser.setHabits({ login: 'ada', answer: 'stop' });
  await signIn(page);
  await expect(page.getByText('Go on in your browser.')).toBeVisible();
  await keepScreenshot(page, 'oidc-waiting');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The sign-in was not finished')).toBeVisible();

  await signIn(page);
  await expect.poll(() => browser.opened()).toHaveLength(3);
  const isVisible = () =>
    deskbell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await deskbell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await expect.poll(isVisible).toBe(false);
  const returned = await browser.goOn({ login: 'ada' });
  expect(returned.status).toBe(200);
  await expect.poll(isVisible).toBe(true);
  await isIn(page);
});

test('without a browser the user is told what is missing', async () => {
  const deskbell = await launchDeskbell({ env: { PATH: '/nowhere' } });
  const page = await deskbell.firstWindow();
  await findDesk(page);
  await signIn(page);
  await expect(page.getByText('No browser could be opened')).toBeVisible();
});
