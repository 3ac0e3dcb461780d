import { expect, test, type Page } from '@playwright/test';
import { cleanUp, keepScreenshot, launchDeskbell, type Deskbell } from '../support/app';
import { startDesk, stopDesks } from '../support/practice-desk';
import { enterPractice } from '../support/steps';

test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

/** Christmas Eve, a Thursday, 15:00 in Detroit and 21:00 in Berlin. */
const CHRISTMAS_EVE = '2026-12-24T20:00:00.000Z';
const HOUR = 60 * 60_000;
const hours = {
  timeZone: 'America/Detroit',
  week: [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '17:00' })),
  holidays: [{ day: '2026-12-25', name: 'Christmas Day' }],
};

const openSheet = async (page: Page) => {
  await page
    .getByRole('button', { name: /Who to reach, and what is agreed/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Who to reach' })).toBeVisible();
};

/** Notes what would be opened outside. */
const watchOutside = (deskbell: Deskbell) =>
  deskbell.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (url) => {
      opened.push(url);
      return Promise.resolve();
    };
  });
const opened = (deskbell: Deskbell) =>
  deskbell.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);

test('says who to reach for what, when somebody is there and what is agreed; offline and after a restart, too', async () => {
  const desk = await startDesk();
  await desk.setClock(CHRISTMAS_EVE);
  await desk.changeAgreement({
    hours,
    afterHours: 'charged',
    kind: 'remoteOnly',
    notCovered: [],
    term: { from: '2026-01-01', to: '2027-12-31' },
  });
  let deskbell = await launchDeskbell({ env: { ...desk.env, TZ: 'Europe/Berlin' }, clock: CHRISTMAS_EVE });
  let page = await deskbell.firstWindow();
  await enterPractice(page);
  await openSheet(page);
  const people = page.getByRole('region', { name: 'For what' });
  await expect(people.getByRole('listitem')).toHaveCount(4);
  await watchOutside(deskbell);
  await people.getByRole('button', { name: 'Call +1 202 555 0199' }).click();
  await people.getByRole('button', { name: 'Write to billing@northside-it.example' }).click();
  await expect
    .poll(() => opened(deskbell))
    .toEqual(['tel:+12025550199', 'mailto:billing@northside-it.example']);
  await people.getByRole('button', { name: 'Copy +1 202 555 0121' }).click();
  await expect
    .poll(() => deskbell.app.evaluate(({ clipboard }) => clipboard.readText()))
    .toBe('+1 202 555 0121');

  const when = page.getByRole('region', { name: 'Hours' });
  await expect(when).toContainText('Open until 23:00');
  await expect(when).toContainText('Monday to Friday');
  await expect(when).toContainText('8:00 to 17:00');
  await expect(when).toContainText('Times of America/Detroit, where it is 15:00 now.');
  await expect(when).toContainText(/Friday,? 25 December 2026/);
  const agreed = page.getByRole('region', { name: 'What is agreed' });
  await expect(agreed).toContainText('From afar only');
  await expect(agreed).toContainText('charged separately');
  await expect(agreed).toContainText('Confirmed within 30 minutes');
  await expect(agreed).toContainText('1 January 2026 to 31 December 2027');
  await expect(agreed.getByRole('region', { name: 'Not covered' })).toContainText('Not listed');
  await keepScreenshot(page, 'call-sheet');

  await deskbell.advanceClock(4 * HOUR);
  await expect(when).toContainText('Closed, opens Monday 14:00');
  await deskbell.advanceClock(20 * HOUR);
  await expect(when).toContainText('Closed for Christmas Day, opens Monday 14:00');

  await desk.changeAgreement({ standing: 'creditHold' });
  await expect(page.getByText('Purchases are on hold')).toBeVisible();
  await desk.stop();
  deskbell = await deskbell.restart();
  page = await deskbell.firstWindow();
  await openSheet(page);
  await expect(page.getByText(/You are offline. This is what .* told/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Call +1 202 555 0140' }).first()).toBeVisible();
});

test('what is not known is said', async () => {
  const desk = await startDesk();
  await desk.changeAgreement({
    callSheet: [{ purpose: 'serviceDesk', name: 'Service desk', phone: '616 555 0140', email: '' }],
    hours: { timeZone: 'UTC', week: [], holidays: [] },
    covered: [],
    notCovered: [],
    term: null,
  });
  const page = await (await launchDeskbell({ env: desk.env })).firstWindow();
  await enterPractice(page);
  await openSheet(page);
  await expect(page.getByText('Nobody is named for this.')).toHaveCount(3);
  await expect(page.getByText('The hours are not known. Call if it cannot wait.')).toBeVisible();
  await expect(page.getByText('No holidays are named.')).toBeVisible();
  await expect(page.getByText('Not named')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'Who to reach' })).toBeHidden();
});
