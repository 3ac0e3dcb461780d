import { expect, test, type Page } from '@playwright/test';
import { cleanUp, keepScreenshot, launchDeskbell, type Deskbell, type LaunchOptions } from '../support/app';
import { startDesk, stopDesks, type RunningDesk } from '../support/practice-desk';
import { enterPractice, openForm, problemField } from '../support/steps';

test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

const NEW_YORK = {
  timeZone: 'America/New_York',
  week: [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '17:00' })),
  holidays: [{ day: '2026-11-26', name: 'Thanksgiving' }],
};

async function start(
  desk: RunningDesk,
  clock: string,
  env: LaunchOptions['env'] = {},
): Promise<{ deskbell: Deskbell; page: Page }> {
  const deskbell = await launchDeskbell({ env: { ...desk.env, ...env }, clock });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  return { deskbell, page };
}

/** Opens the form and looks like an emergency, so that both the hours and the terms of a call are said. */
async function lookLikeEmergency(page: Page): Promise<void> {
  await openForm(page);
  await problemField(page).fill('Nobody can sign in.');
  await page.getByRole('radio', { name: 'Everyone' }).click();
  await page.getByRole('radio', { name: 'Nothing works' }).click();
}

test('through the night on which the clocks go forward, and the one on which they go back', async () => {
  const desk = await startDesk();
  await desk.changeAgreement({ hours: NEW_YORK });
  // Saturday 7 March 2026, 22:00 in New York; the night has 23 hours.
  const { deskbell, page } = await start(desk, '2026-03-08T03:00:00.000Z', { TZ: 'America/New_York' });
  const foot = page.getByRole('button', { name: /Closed, opens Monday 8:00/ });
  await expect(foot).toBeVisible();
  expect((await foot.boundingBox())?.height, 'the hours at the foot take one line').toBeLessThan(25);
  await openForm(page);
  const line = (text: string) => expect(page.getByText(text)).toBeVisible();
  await line('looked at on the next business day, Monday 8:00');
  await deskbell.setClock('2026-03-08T07:30:00.000Z'); // 3:30, half an hour after the jump
  await line('looked at on the next business day, Monday 8:00');
  await deskbell.setClock('2026-03-09T11:59:00.000Z'); // Monday 7:59
  await line('closed now, looked at today 8:00');
  await deskbell.setClock('2026-03-09T12:00:30.000Z');
  await line('open until 17:00, looked at today');

  await deskbell.setClock('2026-11-01T05:30:00.000Z'); // 1:30, the first time
  await line('looked at on the next business day, Monday 8:00');
  await deskbell.setClock('2026-11-01T06:30:00.000Z'); // 1:30, the second time
  await line('looked at on the next business day, Monday 8:00');
  await deskbell.setClock('2026-11-02T12:30:00.000Z'); // Monday 7:30: 8:00 is 13:00 UTC again
  await line('closed now, looked at today 8:00');
  await deskbell.setClock('2026-11-25T23:00:00.000Z'); // the evening before a holiday
  await line('looked at on the next business day, Friday 8:00');
  await deskbell.setClock('2026-11-26T15:00:00.000Z');
  await line('closed for Thanksgiving, looked at on the next business day, Friday 8:00');
});

test('on a machine in another zone than the service desk, both clocks are told', async () => {
  const desk = await startDesk();
  await desk.changeAgreement({ hours: NEW_YORK });
  // Friday 6 March 2026, 23:30 in Berlin, 17:30 in New York.
  const { deskbell, page } = await start(desk, '2026-03-06T22:30:00.000Z', { TZ: 'Europe/Berlin' });
  await openForm(page);
  await expect(
    // New York has gone to summer time by then and Berlin has not: five hours, not six.
    page.getByText('looked at on the next business day, Monday 13:00 (8:00 at the service desk)'),
  ).toBeVisible();
  await deskbell.setClock('2026-03-12T13:00:00.000Z');
  await expect(page.getByText('open until 22:00, looked at today')).toBeVisible();
});

test('after hours the price of an emergency call is said before it', async () => {
  const desk = await startDesk();
  await desk.changeAgreement({ hours: NEW_YORK, afterHours: 'charged' });
  const { deskbell, page } = await start(desk, '2026-03-07T18:00:00.000Z', { TZ: 'America/New_York' });
  await lookLikeEmergency(page);
  await expect(page.getByText(/the call is charged separately/)).toBeVisible();
  await keepScreenshot(page, 'hours-charged');
  await desk.changeAgreement({ afterHours: 'included' });
  await expect(page.getByText(/your agreement includes it/)).toBeVisible();
  await deskbell.setClock('2026-03-09T14:00:00.000Z');
  await expect(page.getByText('Somebody is there now, until 17:00.')).toBeVisible();
});

test('on service hold the draft stays and goes when the hold is lifted; the emergency number stays', async () => {
  const desk = await startDesk();
  await desk.changeAgreement({ standing: 'creditHold' });
  const { page } = await start(desk, '2026-03-04T15:00:00.000Z');
  await openForm(page);
  await expect(page.getByText(/Support goes on as usual/)).toBeVisible();
  await problemField(page).fill('The label printer prints blank labels.');
  const send = page.getByRole('button', { name: 'Send ticket' });
  await expect(send).toBeEnabled();

  await desk.changeAgreement({ standing: 'serviceHold' });
  await expect(page.getByText('Support is paused for your company')).toBeVisible();
  await expect(page.getByText(/Billing, \+1.202.555.0121/)).toBeVisible();
  await expect(page.getByText(/In an emergency you can still call/)).toBeVisible();
  await expect(send).toBeDisabled();
  await keepScreenshot(page, 'service-hold');
  await problemField(page).press('Control+Enter');
  await expect(page.getByText(/Your service desk takes no tickets at the moment/).first()).toBeVisible();
  expect(await desk.tickets()).toHaveLength(0);
  await expect(problemField(page)).toHaveValue('The label printer prints blank labels.');

  await desk.changeAgreement({ standing: 'good' });
  await expect(send).toBeEnabled();
  await send.click();
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
});

test('a ticket that waits in the outbox stays there through a hold, and leaves after it', async () => {
  const desk = await startDesk();
  const { page } = await start(desk, '2026-03-04T15:00:00.000Z');
  await expect(page.getByText('+1 202 555 0140').first()).toBeVisible();
  await desk.fault({
    method: 'POST',
    path: '/v1/tickets',
    times: null,
    fault: { kind: 'status', status: 503 },
  });
  await openForm(page);
  await problemField(page).fill('The scanner is silent.');
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect(page.getByRole('heading', { name: 'The scanner is silent' })).toBeVisible();
  await desk.changeAgreement({ standing: 'serviceHold' });
  await page.getByRole('button', { name: 'New ticket' }).first().click();
  await expect(page.getByText('Support is paused for your company')).toBeVisible();
  await desk.clearFaults();
  await page.waitForTimeout(3_000);
  expect(await desk.tickets()).toHaveLength(0);
  await desk.changeAgreement({ standing: 'good' });
  await expect.poll(async () => (await desk.tickets()).length, { timeout: 30_000 }).toBe(1);
});

test('on the practice desk the tester switches the cases in the settings', async () => {
  const deskbell = await launchDeskbell({
    clock: '2026-03-04T15:00:00.000Z',
    env: { TZ: 'America/New_York' },
  });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  await page.getByRole('button', { name: 'Settings', exact: true }).first().click();
  const hours = page.getByRole('radiogroup', { name: 'Right now the desk is' });
  await hours.getByRole('radio', { name: 'On holiday' }).click();
  await expect(page.getByText(/Closed for a practice holiday/).first()).toBeVisible();
  await hours.getByRole('radio', { name: 'Open' }).click();
  await expect(page.getByText(/Open until 23:59/).first()).toBeVisible();
  await hours.getByRole('radio', { name: 'As agreed' }).click();
  await expect(page.getByText(/Open until 17:00/).first()).toBeVisible();
  await page.getByRole('radio', { name: 'Service hold' }).click();
  await keepScreenshot(page, 'settings-practice');
  await openForm(page);
  await expect(page.getByText('Support is paused for your company')).toBeVisible();
});
