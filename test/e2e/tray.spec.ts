import { expect, test } from '@playwright/test';
import { cleanUp, launchDeskbell, type Deskbell } from '../support/app';
import {
  activateTray,
  clickTrayMenu,
  closeWindowsOf,
  forgetNotifications,
  notifications,
  trayIcon,
  trayItemOf,
  trayMenuLabels,
  trayTooltip,
  visibleWindowsOf,
  type TrayItem,
} from '../support/desktop';
import { startDesk, stopDesks } from '../support/practice-desk';

test.beforeEach(() => forgetNotifications());
test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

const SUMMARY = 'The label printer prints half a label.';

/** The tray icon of a running Deskbell, as soon as it is there. */
async function trayOf(deskbell: Deskbell): Promise<TrayItem> {
  await expect.poll(() => trayItemOf(deskbell.pid)).toBeTruthy();
  return trayItemOf(deskbell.pid)!;
}

/** Files a ticket over the window's own bridge. */
async function fileTicket(deskbell: Deskbell): Promise<void> {
  const page = await deskbell.firstWindow();
  await page.getByRole('button', { name: 'Try it on the practice desk' }).click();
  await expect(page.getByRole('button', { name: 'New ticket' }).first()).toBeVisible();
  const sent = await page.evaluate(async (problem) => {
    const draft = await window.deskbell.call('drafts.create', { kind: 'ticket' });
    if (!draft.ok || draft.value.kind !== 'ticket') return false;
    const { value } = draft;
    await window.deskbell.call('drafts.save', { draft: { ...value, intake: { ...value.intake, problem } } });
    return (await window.deskbell.call('drafts.send', { id: value.id })).ok;
  }, SUMMARY);
  expect(sent).toBe(true);
}

test('the tray shows what there is and does it', async () => {
  const desk = await startDesk();
  const deskbell = await launchDeskbell({ env: desk.env });
  const tray = await trayOf(deskbell);
  await fileTicket(deskbell);
  await expect
    .poll(() => trayMenuLabels(tray).some((label) => label.startsWith(SUMMARY.slice(0, -1))))
    .toBe(true);
  await expect.poll(() => trayMenuLabels(tray)).toContain('Call the service desk: +1 202 555 0140');
  expect(trayTooltip(tray)).toBe('Deskbell · Practice desk');
  const calm = trayIcon(tray).argb;

  const { id } = await desk.onlyTicket();
  await desk.advance(id, 'question');
  await expect.poll(() => trayTooltip(tray)).toContain('1 ticket with news');
  expect(trayIcon(tray).argb.equals(calm)).toBe(false);

  const page = await deskbell.firstWindow();
  clickTrayMenu(tray, /^The label printer/);
  await expect(page.getByRole('heading', { name: /^The label printer/ })).toBeVisible();
  clickTrayMenu(tray, 'New ticket…');
  await expect(page.getByLabel('In your own words')).toBeVisible();
  clickTrayMenu(tray, 'Settings');
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});

test('what waits to be sent shows in the tray while the desk is away', async () => {
  const desk = await startDesk();
  const deskbell = await launchDeskbell({ env: desk.env });
  const tray = await trayOf(deskbell);
  const page = await deskbell.firstWindow();
  await page.getByRole('button', { name: 'Try it on the practice desk' }).click();
  await expect(page.getByRole('button', { name: 'New ticket' }).first()).toBeVisible();
  await desk.stop();
  await page.evaluate(async (problem) => {
    const draft = await window.deskbell.call('drafts.create', { kind: 'ticket' });
    if (!draft.ok || draft.value.kind !== 'ticket') return;
    const { value } = draft;
    await window.deskbell.call('drafts.save', { draft: { ...value, intake: { ...value.intake, problem } } });
    await window.deskbell.call('drafts.send', { id: value.id });
  }, SUMMARY);
  await expect.poll(() => trayTooltip(tray)).toContain('1 thing waiting to be sent');
  await expect.poll(() => trayTooltip(tray)).toContain('You are offline');
  await desk.start();
  await expect.poll(() => trayTooltip(tray), { timeout: 30_000 }).not.toContain('waiting');
  expect(await desk.tickets()).toHaveLength(1);
});

test('closing the window leaves the tray, says so once, and Quit ends it', async () => {
  const deskbell = await launchDeskbell();
  const tray = await trayOf(deskbell);
  const page = await deskbell.firstWindow();
  await expect(page.getByRole('button', { name: 'Try it on the practice desk' })).toBeVisible();

  closeWindowsOf(deskbell.pid);
  await expect.poll(() => visibleWindowsOf(deskbell.pid)).toEqual([]);
  await expect.poll(() => notifications().map(({ summary }) => summary)).toEqual(['Deskbell is still here']);
  activateTray(tray);
  await expect.poll(() => visibleWindowsOf(deskbell.pid)).toHaveLength(1);
  closeWindowsOf(deskbell.pid);
  await expect.poll(() => visibleWindowsOf(deskbell.pid)).toEqual([]);
  clickTrayMenu(tray, 'Open Deskbell');
  await expect.poll(() => visibleWindowsOf(deskbell.pid)).toHaveLength(1);
  expect(notifications()).toHaveLength(1);

  const ended = new Promise((resolve) => deskbell.app.process().once('exit', resolve));
  clickTrayMenu(tray, 'Quit');
  expect(await ended).toBe(0);
  expect(trayItemOf(deskbell.pid)).toBeUndefined();
});

test('started with the session, it is in the tray alone', async () => {
  const deskbell = await launchDeskbell({ args: ['--hidden'] });
  const tray = await trayOf(deskbell);
  expect(trayMenuLabels(tray)).toEqual(['Open Deskbell', 'Settings', 'Quit']);
  await deskbell.app.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_000)));
  expect(visibleWindowsOf(deskbell.pid)).toEqual([]);
  clickTrayMenu(tray, 'Open Deskbell');
  await expect.poll(() => visibleWindowsOf(deskbell.pid)).toHaveLength(1);
});
