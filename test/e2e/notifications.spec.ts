import { expect, test, type Page } from '@playwright/test';
import { cleanUp, launchDeskbell, type Deskbell } from '../support/app';
import {
  clickNewestNotification,
  closeWindowsOf,
  forgetNotifications,
  notifications,
  trayItemOf,
  trayTooltip,
  visibleWindowsOf,
} from '../support/desktop';
import { startDesk, stopDesks, type RunningDesk } from '../support/practice-desk';

test.beforeEach(() => forgetNotifications());
test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

const PROBLEM = 'The scanner says <b>no</b> & stops.';

/** A Deskbell with one ticket at the desk. */
async function withTicket(): Promise<{ desk: RunningDesk; deskbell: Deskbell; page: Page; id: string }> {
  const desk = await startDesk();
  const deskbell = await launchDeskbell({ env: desk.env });
  const page = await deskbell.firstWindow();
  await page.getByRole('button', { name: 'Try it on the practice desk' }).click();
  await expect(page.getByRole('button', { name: 'New ticket' }).first()).toBeVisible();
  await page.evaluate(async (problem) => {
    const draft = await window.deskbell.call('drafts.create', { kind: 'ticket' });
    if (!draft.ok || draft.value.kind !== 'ticket') return;
    const { value } = draft;
    await window.deskbell.call('drafts.save', { draft: { ...value, intake: { ...value.intake, problem } } });
    await window.deskbell.call('drafts.send', { id: value.id });
  }, PROBLEM);
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  return { desk, deskbell, page, id: (await desk.onlyTicket()).id };
}

/** Files tickets from the page, and gives the board's ids in this order. */
async function fileThem(page: Page, desk: RunningDesk, problems: readonly string[]): Promise<string[]> {
  await page.evaluate(async (texts) => {
    for (const problem of texts) {
      const draft = await window.deskbell.call('drafts.create', { kind: 'ticket', fresh: true });
      if (!draft.ok || draft.value.kind !== 'ticket') throw new Error('no draft');
      const { value } = draft;
      await window.deskbell.call('drafts.save', {
        draft: { ...value, intake: { ...value.intake, problem } },
      });
      await window.deskbell.call('drafts.send', { id: value.id });
    }
  }, problems);
  const idOf = async (problem: string) =>
    (await desk.tickets()).find(({ summary }) => summary === problem)?.id ?? '';
  await expect.poll(async () => (await desk.tickets()).length).toBeGreaterThan(problems.length);
  return Promise.all(problems.map(idOf));
}

/** Changes the notification settings through the window. */
const setNotifications = (page: Page, change: object): Promise<void> =>
  page.evaluate(async (over) => {
    const answer = await window.deskbell.call('settings.get', undefined);
    if (!answer.ok) throw new Error('no settings');
    const settings = { ...answer.value, notifications: { ...answer.value.notifications, ...over } };
    await window.deskbell.call('settings.set', { settings });
  }, change);

test('the daemon shows a question with its summary, and a click opens the ticket in a hidden window', async () => {
  const { desk, deskbell, page, id } = await withTicket();
  await desk.advance(id, 'assigned');
  await expect.poll(() => notifications().length).toBeGreaterThan(0);
  closeWindowsOf(deskbell.pid);
  await expect.poll(() => visibleWindowsOf(deskbell.pid)).toEqual([]);
  await expect.poll(() => notifications().at(-1)?.summary).toBe('Deskbell is still here');

  await desk.advance(id, 'question');
  await expect.poll(() => notifications().at(-1)?.body).toContain('has a question');
  const shown = notifications().at(-1)!;
  expect(shown.summary).toContain('The scanner says');
  expect(shown.urgency).toBe('CRITICAL');
  clickNewestNotification();
  await expect.poll(() => visibleWindowsOf(deskbell.pid)).toHaveLength(1);
  await expect(page.getByText(/has a question for you/).first()).toBeVisible();
});

test('nothing is told twice, after a restart neither', async () => {
  const { desk, deskbell, id } = await withTicket();
  await desk.advance(id, 'question');
  await expect.poll(() => notifications().some(({ body }) => body.includes('has a question'))).toBe(true);
  const before = notifications().length;
  const again = await deskbell.restart();
  await (
    await again.firstWindow()
  )
    .getByText(/The scanner says/)
    .first()
    .waitFor();
  await again.app.evaluate(() => new Promise((resolve) => setTimeout(resolve, 3_000)));
  expect(notifications()).toHaveLength(before);
});

test('hidden details stay hidden, and switched-off notifications stay away', async () => {
  const { desk, page, id } = await withTicket();
  await setNotifications(page, { hideDetails: true });
  forgetNotifications();
  await desk.advance(id, 'assigned');
  await expect.poll(() => notifications().map(({ summary }) => summary)).toContain('Deskbell');
  expect(JSON.stringify(notifications())).not.toContain('scanner');

  await setNotifications(page, { enabled: false });
  forgetNotifications();
  await desk.advance(id, 'question');
  await expect(page.getByText('Your answer is needed').first()).toBeVisible();
  await page.waitForTimeout(3_000);
  expect(notifications()).toEqual([]);
});

test('a burst is one notification; quiet hours leave it to tray and list', async () => {
  const { desk, deskbell, page, id } = await withTicket();
  const ids = await fileThem(page, desk, [
    'The phone rings',
    'The door jams',
    'The lamp hums',
    'The mouse sticks',
  ]);
  await expect(page.getByRole('option')).toHaveCount(5);
  forgetNotifications();
  await Promise.all(ids.map((id) => desk.advance(id, 'question')));
  await expect.poll(() => notifications().map(({ summary }) => summary)).toEqual(['News about 4 tickets']);
  for (const word of ['phone', 'door', 'lamp', 'mouse'])
    expect(notifications()[0]?.body.toLowerCase()).toContain(word);

  const quietHours = { enabled: true, from: '00:00', to: '00:00' };
  await setNotifications(page, { quietHours });
  forgetNotifications();
  await desk.advance(id, 'question');
  await expect.poll(() => trayTooltip(trayItemOf(deskbell.pid)!)).toContain('5 tickets with news');
  await page.waitForTimeout(3_000);
  expect(notifications()).toEqual([]);
});
