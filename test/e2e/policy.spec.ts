import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { brandColours, contrast, GROUNDS } from '@shared/domain/brand-colours';
import { cleanUp, keepScreenshot, launchDeskbell, temporaryFolder, type Deskbell } from '../support/app';
import { clickTrayMenu, trayItemOf, trayMenuLabels, trayTooltip } from '../support/desktop';
import { startMailServer } from '../live/email/mail-server';
import { startDesk, stopDesks } from '../support/practice-desk';
import { enterPractice } from '../support/steps';

test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

/** Managed settings are read again after an hour. */
const HOUR = 60 * 60_000 + 1_000;
/** Monday, 10:00 in Detroit; the computer of the test is in UTC. */
const MONDAY = '2026-03-02T15:00:00.000Z';
/** Far too light to be read on a light window. */
const YELLOW = '#ffd400';
const LOGO = `data:image/svg+xml;base64,${Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 56"><rect width="160" height="56" rx="10" fill="#7a3cc4"/><circle cx="30" cy="28" r="14" fill="#fff"/><rect x="56" y="22" width="86" height="12" rx="6" fill="#fff"/></svg>',
).toString('base64')}`;

const LOOKS = [
  { name: 'light', theme: 'light', width: 1040, height: 720 },
  { name: 'dark', theme: 'dark', width: 1040, height: 720 },
  { name: 'narrow', theme: 'light', width: 360, height: 720 },
] as const;

/** Keeps pictures of what is on screen in every look. */
async function picture({ app }: Deskbell, page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: null, reducedMotion: 'reduce' });
  for (const look of [...LOOKS, LOOKS[0]]) {
    await app.evaluate(({ BrowserWindow, nativeTheme }, { theme, width, height }) => {
      nativeTheme.themeSource = theme;
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
    }, look);
    await page.waitForFunction(
      ({ width, theme }) =>
        innerWidth === width && matchMedia('(prefers-color-scheme: dark)').matches === (theme === 'dark'),
      look,
    );
    await page.evaluate(() => document.fonts.ready);
    await keepScreenshot(page, `policy-${name}-${look.name}`);
    expect
      .soft(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        `${name} ${look.name}`,
      )
      .toBe(true);
  }
}

/** A policy in a file, and Deskbell's switch for it. */
function aPolicy(policy: unknown) {
  const file = path.join(temporaryFolder(), 'policy.json');
  const write = (content: unknown): void =>
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  write(policy);
  return { args: [`--policy=${file}`], write, remove: () => rmSync(file) };
}

const BRANDING = { name: 'Lindner Helpdesk', accentLight: YELLOW, logo: LOGO };
const NUMBERS = {
  contacts: {
    serviceDesk: { phone: '616 555 0140' },
    emergency: { name: 'On-call engineer', phone: '616 555 0199' },
  },
  hours: { timeZone: 'America/Detroit', monday: '08:00-17:00', tuesday: '08:00-17:00' },
  agreement: { provider: 'Northside IT' },
};

const accentOf = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent'));
const openSettings = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
};
const region = (page: Page, name: string | RegExp) => page.getByRole('region', { name });

test('the organisation’s name, colours, logo, numbers and desk are there from the first screen on', async () => {
  const desk = await startDesk();
  const policy = aPolicy({
    organisation: 'Lindner & Co',
    branding: BRANDING,
    ...NUMBERS,
    board: { kind: 'boardApi', url: desk.url },
    features: { practiceDesk: false, screenshots: false, deviceFacts: false },
  });
  const deskbell = await launchDeskbell({ args: policy.args, clock: MONDAY, env: { TZ: 'UTC' } });
  const page = await deskbell.firstWindow();
  await expect(page.getByText('Lindner Helpdesk takes your problem to your IT service desk')).toBeVisible();
  await expect(page).toHaveTitle(/Lindner Helpdesk/);
  await expect(page.locator('header img')).toHaveAttribute('src', LOGO);
  await expect(page.getByRole('button', { name: 'Try it on the practice desk' })).toBeHidden();
  await expect(page.getByText('Numbers of Northside IT')).toBeVisible();
  await expect(page.getByRole('button', { name: '616 555 0199' })).toBeVisible();

  const light = await accentOf(page);
  expect(light).toBe(brandColours(YELLOW, 'light').accent);
  expect(contrast(light, GROUNDS.light.background)).toBeGreaterThanOrEqual(4.5);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await accentOf(page)).toBe(YELLOW);
  await picture(deskbell, page, 'welcome');

  await page.getByRole('button', { name: 'Who to reach, and what is agreed' }).click();
  await expect(page.getByText('As Lindner & Co tells it.')).toBeVisible();
  await expect(region(page, 'Hours')).toContainText('Open until 22:00');
  await expect(region(page, 'What is agreed')).toContainText('Not named');
  await picture(deskbell, page, 'call-sheet');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Sign in to your service desk' }).click();
  await expect(page.getByText('Chosen by your organisation')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Not this one' })).toBeHidden();
  await expect(page.getByLabel('Your work e-mail, or the address of the desk')).toBeHidden();
  await picture(deskbell, page, 'connect');
  await page.getByLabel('Your name').fill('Ada Ellis');
  await page.getByLabel('Your e-mail address').fill('ada@example.com');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();

  await page.getByRole('button', { name: 'New ticket' }).first().click();
  await expect(page.getByLabel('In your own words')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Attach' })).toBeVisible();
  await expect(page.getByRole('button', { name: /[Ss]creenshot/ })).toBeHidden();
  await expect(page.getByText('facts about this computer', { exact: false })).toBeHidden();
  await expect.poll(() => trayItemOf(deskbell.pid)).toBeTruthy();
  const tray = trayItemOf(deskbell.pid)!;
  await expect.poll(() => trayTooltip(tray)).toMatch(/^Lindner Helpdesk · /);
  expect(trayMenuLabels(tray)).toContain('Open Lindner Helpdesk');
  expect(trayMenuLabels(tray)).not.toContain('New ticket with a screenshot…');
});

test('a page cannot do what is not allowed, whatever it asks for', async () => {
  const desk = await startDesk();
  const policy = aPolicy({
    board: { kind: 'boardApi', url: desk.url },
    features: { practiceDesk: false, attachments: false, deviceFacts: false },
    settings: { theme: 'dark' },
  });
  const page = await (await launchDeskbell({ args: policy.args })).firstWindow();
  await expect(page.getByRole('button', { name: 'Sign in to your service desk' })).toBeVisible();
  const refused = { ok: false, fault: { kind: 'refused' } };
  expect(await page.evaluate(() => window.deskbell.call('connection.connectPractice', undefined))).toEqual(
    refused,
  );
  expect(await page.evaluate(() => window.deskbell.call('screenshot.capture', undefined))).toEqual(refused);
  expect(await page.evaluate(() => window.deskbell.call('device.collect', undefined))).toEqual(refused);
  const file = () =>
    window.deskbell.call('drafts.addFile', {
      draftId: '0195a000-0000-7000-8000-000000000001',
      name: 'a.txt',
      type: '',
      bytes: new Uint8Array([1]),
    });
  expect(await page.evaluate(file)).toEqual(refused);
  expect(
    await page.evaluate(() => window.deskbell.call('connection.find', { address: 'desk.example.com' })),
  ).toMatchObject({ ok: true, value: { kind: 'nothing', problem: 'notAllowed' } });
  const set = () =>
    window.deskbell.call('settings.get', undefined).then((now) => {
      if (!now.ok) throw new Error('no settings');
      return window.deskbell.call('settings.set', { settings: { ...now.value, theme: 'light' } });
    });
  expect(await page.evaluate(set)).toMatchObject({ ok: true, value: { theme: 'dark' } });
});

test('what is managed is locked and can be read; wrong values are named; all of it changes and goes while Deskbell runs', async () => {
  const policy = aPolicy({});
  const deskbell = await launchDeskbell({ args: policy.args, clock: true });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  await openSettings(page);
  await page.getByRole('switch', { name: 'Start when I sign in to this computer' }).click();
  await page.getByRole('radio', { name: 'Light' }).click();
  const autostart = path.join(process.env['XDG_CONFIG_HOME'] ?? '', 'autostart', 'deskbell.desktop');
  await expect.poll(() => existsSync(autostart)).toBe(true);

  policy.write({
    organisation: 'Lindner & Co',
    branding: { name: 'Lindner Helpdesk' },
    settings: {
      theme: 'dark',
      startAtLogin: false,
      shortcut: '',
      notifications: { hideDetails: true, quietHours: { from: '20:00', to: '06:00' } },
    },
    features: { attachments: false, screenshots: 'never' },
    updates: { channel: 'stable' },
    colour: 'red',
    hours: { timeZone: 'Mars/Olympus', holidays: ['2026-12-25 Christmas Day', 'soon'] },
  });
  await deskbell.advanceClock(HOUR);
  const lock = 'Managed by Lindner & Co';
  const managed = region(page, lock);
  await expect(managed).toBeVisible();
  await expect(managed.getByRole('listitem').filter({ hasText: 'Opening hours' })).toBeVisible();
  await expect(managed).toContainText('Screenshots, Attachments');
  const notices = managed.getByRole('group', { name: '4 values are wrong and do not apply' });
  for (const words of [
    'colour No such setting is known.',
    'features.screenshots Another kind of value belongs here: true or false.',
    'hours.timeZone Not written as it should be. Example: America/Detroit',
    'hours.holidays[1] Not written as it should be. Example: 2026-12-25 Christmas Day',
  ])
    await expect(notices).toContainText(words);

  const startAtLogin = page.getByRole('switch', { name: 'Start when I sign in to this computer' });
  await expect(startAtLogin).toBeDisabled();
  await expect(startAtLogin).not.toBeChecked();
  await expect(startAtLogin).toHaveAccessibleDescription(new RegExp(lock));
  await expect.poll(() => existsSync(autostart)).toBe(false);
  await expect(page.getByRole('switch', { name: 'Hide details' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Light' })).toBeDisabled();
  await expect(page.getByRole('group', { name: 'Shortcut for a new ticket' })).toContainText(lock);
  await expect(
    page.getByRole('group', { name: 'Shortcut for a new ticket' }).getByRole('button'),
  ).toHaveCount(0);
  await expect(page.getByRole('switch', { name: 'Tell me when something happens' })).toBeEnabled();
  await expect(page).toHaveTitle('Settings · Lindner Helpdesk');
  await expect(region(page, 'About')).toContainText('Deskbell');
  await picture(deskbell, page, 'settings');
  await managed.scrollIntoViewIfNeeded();
  await picture(deskbell, page, 'settings-managed');

  policy.remove();
  await deskbell.advanceClock(HOUR);
  await expect(managed).toBeHidden();
  await expect(startAtLogin).toBeEnabled();
  await expect(startAtLogin).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Light' })).toBeChecked();
  await expect.poll(() => existsSync(autostart)).toBe(true);
  await expect(page).toHaveTitle('Settings · Deskbell');
});

test('a source that cannot be read leaves what it said last, across a restart too; one that is gone clears it', async () => {
  const policy = aPolicy({ branding: BRANDING, ...NUMBERS });
  let deskbell = await launchDeskbell({ args: policy.args });
  let page = await deskbell.firstWindow();
  await expect(page.getByRole('button', { name: '616 555 0199' })).toBeVisible();
  policy.write('{"branding": {"na');
  deskbell = await deskbell.restart();
  page = await deskbell.firstWindow();
  await expect(page.getByText('Lindner Helpdesk takes your problem')).toBeVisible();
  await expect(page.getByRole('button', { name: '616 555 0199' })).toBeVisible();
  await expect.poll(() => trayItemOf(deskbell.pid)).toBeTruthy();
  clickTrayMenu(trayItemOf(deskbell.pid)!, 'Settings');
  await expect(page.getByText('The managed settings could not be read just now.')).toBeVisible();
  await expect(page.getByText('It is damaged or not written as it should be.')).toBeVisible();
  policy.remove();
  deskbell = await deskbell.restart();
  page = await deskbell.firstWindow();
  await expect(page.getByRole('button', { name: 'Try it on the practice desk' })).toBeVisible();
  await expect(page.getByText('Deskbell takes your problem')).toBeVisible();
  await expect(page.getByRole('button', { name: '616 555 0199' })).toBeHidden();
  expect(JSON.parse(readFileSync(path.join(deskbell.userDataDir, 'policy.json'), 'utf8'))).toMatchObject({
    policy: null,
  });
});

test('another desk is chosen: the old account is told of it, keeps its place, and is left by signing in', async () => {
  const [old, next] = [await startDesk(), await startDesk()];
  const policy = aPolicy({ board: { kind: 'boardApi', url: old.url } });
  const deskbell = await launchDeskbell({ args: policy.args, clock: true });
  const page = await deskbell.firstWindow();
  const signIn = async () => {
    await page.getByLabel('Your name').fill('Ada Ellis');
    await page.getByLabel('Your e-mail address').fill('ada@example.com');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(page.getByRole('button', { name: 'New ticket' }).first()).toBeVisible();
  };
  await page.getByRole('button', { name: 'Sign in to your service desk' }).click();
  await signIn();
  await page.getByRole('button', { name: 'New ticket' }).first().click();
  await page.getByLabel('In your own words').fill('The old desk knows this');
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect(page.getByRole('heading', { name: 'The old desk knows this' })).toBeVisible();

  policy.write({ board: { kind: 'boardApi', url: next.url } });
  await deskbell.advanceClock(HOUR);
  const banner = page
    .getByRole('status')
    .filter({ hasText: 'Your organisation uses another service desk now' });
  await expect(banner).toContainText(new URL(next.url).host);
  await expect(page.getByText('The old desk knows this').first()).toBeVisible();
  await picture(deskbell, page, 'other-desk');
  await banner.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('main').getByText(new URL(next.url).host)).toBeVisible();
  await signIn();
  await expect(banner).toBeHidden();
  await expect(page.getByText('The old desk knows this')).toHaveCount(0);
  expect(readdirSync(path.join(deskbell.userDataDir, 'accounts'))).toHaveLength(2);
});

test('a desk that tells no agreement has the numbers and hours of the organisation, once connected too', async () => {
  const mail = await startMailServer();
  const { contacts, hours } = NUMBERS;
  const policy = aPolicy({ board: { kind: 'email', ...mail.route }, contacts, hours });
  const deskbell = await launchDeskbell({ args: policy.args, clock: MONDAY, env: { TZ: 'UTC' } });
  const page = await deskbell.firstWindow();
  await page.getByRole('button', { name: 'Sign in to your service desk' }).click();
  await page.getByLabel('Your name').fill('Ada Ellis');
  await page.getByLabel('Your e-mail address').fill('ada@example.com');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Call 616 555 0140' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Open until 22:00/ })).toBeVisible();
  await page.getByRole('button', { name: 'Emergency: the number to call' }).click();
  await expect(page.getByText('616 555 0199').first()).toBeVisible();
  await picture(deskbell, page, 'emergency');

  policy.write({
    board: { kind: 'email', ...mail.route },
    contacts: { serviceDesk: { phone: '616 555 0111' } },
  });
  await deskbell.advanceClock(HOUR);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Call 616 555 0111' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Opening hours not known/ })).toBeVisible();
  await mail.close();
});

test('the practice desk is left when it is not allowed any more, and what was tried there stays', async () => {
  const policy = aPolicy({});
  const deskbell = await launchDeskbell({ args: policy.args, clock: true });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  policy.write({ features: { practiceDesk: false } });
  await deskbell.advanceClock(HOUR);
  await expect(page.getByRole('button', { name: 'Connect to your service desk' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try it on the practice desk' })).toBeHidden();
  policy.write({});
  // A computer that wakes up looks at once.
  await deskbell.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'));
  await enterPractice(page);
});
