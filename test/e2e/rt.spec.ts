import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { startRtServer, type RtServer } from '../live/rt/rt-server';
import { cleanUp, keepScreenshot, launchDeskbell, type Deskbell } from '../support/app';
import { forgetNotifications, notifications } from '../support/desktop';
import { attach, conversation, makeFile, messageField, openForm, problemField, rows } from '../support/steps';

let rt: RtServer;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  rt = await startRtServer();
});
test.afterAll(() => rt.close());
test.beforeEach(() => forgetNotifications());
test.afterEach(() => cleanUp());

const PROBLEM = 'The label printer prints every label twice';

/** From the welcome screen to the list, with a person's own account at the board. */
async function connect(
  page: Page,
  person: { readonly name: string; readonly password: string },
): Promise<void> {
  await page.getByRole('button', { name: 'Connect to your service desk' }).click();
  await page.getByLabel('Your work e-mail, or the address of the desk').fill(new URL(rt.url).host);
  await page.getByRole('button', { name: 'Find my desk' }).click();
  await expect(page.getByText('Request Tracker')).toBeVisible();
  await page.getByLabel('User name').fill(person.name);
  await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('button', { name: 'New ticket' }).first()).toBeVisible();
}

interface RtTicket {
  readonly id: string | number;
  readonly Subject: string;
  readonly Status: string;
  readonly CustomFields: readonly { readonly name: string; readonly values: readonly string[] }[];
}

const engineer = () => rt.as('erin');

const setPassword = (name: string, password: string): Promise<string> =>
  rt.perl(`my $u = RT::User->new(RT->SystemUser); $u->Load('${name}'); $u->SetPassword('${password}');`);

async function ticketOf(subject: string): Promise<RtTicket> {
  const query = `Subject = '${subject}'`;
  const { items } = await engineer().get<{ items: readonly { id: string }[] }>('/tickets', { query });
  expect(items).toHaveLength(1);
  return engineer().get<RtTicket>(`/ticket/${items[0]?.id}`);
}

/** How many tickets have this subject. */
async function countOf(subject: string): Promise<number> {
  const query = `Subject = '${subject}'`;
  const { items } = await engineer().get<{ items: readonly unknown[] }>('/tickets', { query });
  return items.length;
}

const field = async (subject: string, name: string): Promise<readonly string[]> =>
  (await ticketOf(subject)).CustomFields.find((one) => one.name === name)?.values ?? [];

/** Whether a text stands in clear in any file below a folder. */
const keptAnywhere = (folder: string, text: string): boolean =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => readFileSync(path.join(entry.parentPath, entry.name)).includes(text));

/** Asks the board now, as bringing the window to the front does. */
const refresh = (page: Page): Promise<unknown> =>
  page.evaluate(() => window.deskbell.call('tickets.refresh', undefined));

/** Takes a screenshot of the whole screen from the form. */
async function addScreenshot(deskbell: Deskbell, page: Page): Promise<void> {
  const choosing = deskbell.app.waitForEvent('window', {
    predicate: async (one) => (await one.title()) === 'What would you like to show?',
  });
  await page.getByRole('button', { name: 'Screenshot' }).click();
  const choice = await choosing;
  await choice.getByRole('link', { name: 'Whole screen' }).click();
  await page.getByRole('dialog', { name: 'Screenshot' }).getByRole('button', { name: 'Attach' }).click();
  await expect(page.getByRole('list', { name: 'Attached files' }).getByRole('listitem')).toHaveCount(1);
}

test('on Request Tracker: file with a screenshot, be answered, reply, resolve, rate', async () => {
  test.setTimeout(180_000);
  const deskbell = await launchDeskbell();
  const page = await deskbell.firstWindow();
  await connect(page, rt.people.alice);

  await openForm(page);
  await problemField(page).fill(PROBLEM);
  await page.getByRole('radio', { name: 'A few of us' }).click();
  await page.getByRole('radio', { name: 'Work is slower' }).click();
  await addScreenshot(deskbell, page);
  await page.getByRole('button', { name: 'Send ticket' }).dblclick();
  await expect(page.getByText(/^Ticket \d+/)).toBeVisible({ timeout: 30_000 });
  const { id } = await ticketOf(PROBLEM);
  expect(await field(PROBLEM, 'Impact')).toEqual(['Work is slowed']);
  expect((await field(PROBLEM, 'ClientRequestId'))[0]).toMatch(/^[0-9a-f-]{36}$/);
  const { items: files } = await engineer().get<{ items: readonly { Filename: string }[] }>(
    `/ticket/${id}/attachments`,
    { fields: 'Filename,ContentType' },
  );
  expect(files.map(({ Filename }) => Filename).join(' ')).toMatch(/\.(png|jpe?g)/i);

  await engineer().put(`/ticket/${id}`, { Owner: 'erin' });
  await engineer().post(`/ticket/${id}/correspond`, {
    Content: '<p>Is it the printer at the <b>front desk</b>?</p><script>alert(1)</script>',
    ContentType: 'text/html',
  });
  await refresh(page);
  await expect(conversation(page).getByText('Is it the printer at the front desk?')).toBeVisible();
  await expect(page.getByText(/Erin Engineer/).first()).toBeVisible();
  await expect.poll(() => notifications().length).toBeGreaterThan(0);
  expect(notifications().some(({ summary, body }) => (summary + body).includes('label printer'))).toBe(true);
  await keepScreenshot(page, 'rt-answer');

  await messageField(page).fill('Yes, the one at the front desk. Ünïcödé, too.');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect
    .poll(async () => {
      const { items } = await engineer().get<{ items: readonly { Type: string; id: string }[] }>(
        `/ticket/${id}/history`,
        { fields: 'Type', per_page: '100' },
      );
      return items.filter(({ Type }) => Type === 'Correspond').length;
    })
    .toBe(2);

  await engineer().put(`/ticket/${id}`, { Status: 'resolved' });
  await refresh(page);
  await expect(page.getByRole('button', { name: 'It works, thank you' })).toBeVisible();
  await keepScreenshot(page, 'rt-resolved');
  await page.getByRole('button', { name: 'It works, thank you' }).click();
  await expect.poll(() => field(PROBLEM, 'RequesterConfirmed')).toEqual(['yes']);

  await page.getByRole('button', { name: 'Rate now' }).first().click();
  for (const key of ['5', '4', '5', '3', '5']) await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Send ratings' }).click();
  await expect(page.getByText('Thank you', { exact: true })).toBeVisible();
  await expect.poll(() => field(PROBLEM, 'SurveyQ4')).toEqual(['3']);
  const ratings = ['SurveyQ1', 'SurveyQ2', 'SurveyQ3', 'SurveyQ4', 'SurveyQ5'];
  expect(await Promise.all(ratings.map(async (name) => (await field(PROBLEM, name))[0]))).toEqual([
    '5',
    '4',
    '5',
    '3',
    '5',
  ]);
});

test('a wrong password is said in words, a right one is remembered, and the board can be checked', async () => {
  test.setTimeout(120_000);
  const deskbell = await launchDeskbell();
  const page = await deskbell.firstWindow();
  await page.getByRole('button', { name: 'Connect to your service desk' }).click();
  await page.getByLabel('Your work e-mail, or the address of the desk').fill(new URL(rt.url).host);
  await page.getByRole('button', { name: 'Find my desk' }).click();
  await page.getByLabel('User name').fill(rt.people.bob.name);
  await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('The desk did not let you in')).toBeVisible({ timeout: 30_000 });
  await keepScreenshot(page, 'rt-wrong-password');
  await page.getByRole('textbox', { name: 'Password' }).fill(rt.people.bob.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('button', { name: 'New ticket' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).first().click();
  await page.getByRole('button', { name: 'Check this board' }).click();
  await expect(page.getByText('Nothing is missing.')).toBeVisible({ timeout: 30_000 });
  await keepScreenshot(page, 'rt-check');

  const again = await deskbell.restart();
  const next = await again.firstWindow();
  await openForm(next);
  await problemField(next).fill('After the restart I am still signed in');
  await attach(next, [makeFile('Übersicht – 見積.txt', 'content')]);
  await next.getByRole('button', { name: 'Send ticket' }).click();
  await expect(next.getByText(/^Ticket \d+/)).toBeVisible({ timeout: 30_000 });
});

test('a password that changes at the board holds everything, says so once, and goes on after signing in', async () => {
  test.setTimeout(120_000);
  const deskbell = await launchDeskbell();
  const page = await deskbell.firstWindow();
  await setPassword('bob', rt.people.bob.password);
  await connect(page, rt.people.bob);
  const changed = 'a-new-password-2';
  await setPassword('bob', changed);
  await openForm(page);
  await problemField(page).fill('Filed with the old password');
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect(page.getByText('You are signed out', { exact: true })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Sign in' }).first().click();
  await expect(page.getByRole('heading', { name: 'Sign in again' })).toBeVisible();
  await keepScreenshot(page, 'rt-sign-in-again');
  await expect(page.getByLabel('User name')).toHaveValue('bob');
  await page.getByRole('textbox', { name: 'Password' }).fill(changed);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(rows(page).filter({ hasText: 'Filed with the old password' })).toBeVisible();
  await expect.poll(() => countOf('Filed with the old password'), { timeout: 60_000 }).toBe(1);
  await setPassword('bob', rt.people.bob.password);
});

test('without a keyring the sign-in lives until Deskbell ends, the user knows it, and nothing else is lost', async () => {
  test.setTimeout(120_000);
  let deskbell = await launchDeskbell({ keyring: false });
  let page = await deskbell.firstWindow();
  await connect(page, rt.people.dora);
  await expect(page.getByText('You will have to sign in again after a restart')).toBeVisible();
  await keepScreenshot(page, 'rt-no-keyring');
  await openForm(page);
  await problemField(page).fill('Half a sentence about the');
  await expect.poll(() => keptAnywhere(deskbell.userDataDir, 'Half a sentence')).toBe(true);
  deskbell = await deskbell.restart();
  page = await deskbell.firstWindow();
  await expect(page.getByText('You are signed out', { exact: true })).toBeVisible({ timeout: 30_000 });
  expect(keptAnywhere(deskbell.userDataDir, rt.people.dora.password)).toBe(false);
  await page.getByRole('button', { name: 'Sign in' }).first().click();
  await page.getByRole('textbox', { name: 'Password' }).fill(rt.people.dora.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('You will have to sign in again after a restart')).toBeVisible();
  await openForm(page);
  await expect(problemField(page)).toHaveValue('Half a sentence about the');
});

test('a board without the fields for it asks neither whether it works nor for ratings', async () => {
  test.setTimeout(120_000);
  const taken = "Name IN ('RequesterConfirmed', 'SurveyComment')";
  await rt.sql(`UPDATE CustomFields SET Disabled = 1 WHERE ${taken}`);
  const deskbell = await launchDeskbell();
  const page = await deskbell.firstWindow();
  await connect(page, rt.people.dora);
  await openForm(page);
  const problem = 'The badge reader beeps without end';
  await problemField(page).fill(problem);
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect(page.getByText(/^Ticket \d+/)).toBeVisible({ timeout: 30_000 });
  const { id } = await ticketOf(problem);
  await engineer().put(`/ticket/${id}`, { Status: 'resolved' });
  await refresh(page);
  await expect(page.getByText('This ticket is closed', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'It works, thank you' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Rate now' })).toBeHidden();
  await keepScreenshot(page, 'rt-without-fields');
  await page.getByRole('button', { name: 'Settings' }).first().click();
  await page.getByRole('button', { name: 'Check this board' }).click();
  await expect(page.getByText('RequesterConfirmed').first()).toBeVisible({ timeout: 30_000 });
  await keepScreenshot(page, 'rt-check-missing');
  await rt.sql(`UPDATE CustomFields SET Disabled = 0 WHERE ${taken}`);
});
