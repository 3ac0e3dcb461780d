import { readFileSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { cleanUp, keepScreenshot, launchDeskbell, type Deskbell } from '../support/app';
import { startDesk, stopDesks } from '../support/practice-desk';
import { enterPractice, openForm, problemField } from '../support/steps';

test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
});

/** A busy machine may take its time; the probes' own limits are far below. In milliseconds. */
const SOON = { timeout: 15_000 };

const card = (page: Page) => page.getByRole('region', { name: 'What goes along' });
const allow = (page: Page) => card(page).getByRole('button', { name: 'Yes, send them along' }).click();
const lines = (page: Page) => page.getByRole('list', { name: 'Lines about this computer' });

async function openLines(page: Page): Promise<void> {
  await card(page)
    .getByRole('button', { name: /^See and change/ })
    .click();
  await expect(lines(page).getByRole('listitem').first()).toBeVisible(SOON);
}

/** What the dialog shows: label and value of each line that goes along. */
async function shown(page: Page): Promise<{ label: string; value: string }[]> {
  return lines(page)
    .getByRole('listitem')
    .evaluateAll((items) =>
      items
        .filter((item) => !('left' in (item as HTMLElement).dataset))
        .map((item) => ({
          label: item.querySelector('.this-computer__label')?.textContent ?? '',
          value: item.querySelector('.this-computer__value')?.textContent ?? '',
        })),
    );
}

const done = (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
const send = async (page: Page, problem: string) => {
  await problemField(page).fill(problem);
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect(page.getByRole('heading', { level: 1, name: problem })).toBeVisible();
};

/** Everything the logs of this Deskbell say. */
const logged = ({ userDataDir }: Deskbell): string => {
  const folder = path.join(userDataDir, 'logs');
  return readdirSync(folder)
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');
};

test('nothing about the computer goes along until the user allows it', async () => {
  const desk = await startDesk();
  const deskbell = await launchDeskbell({ env: desk.env });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  await openForm(page);
  await expect(card(page)).toContainText('May they go along?');
  await keepScreenshot(page, 'device-ask');
  await send(page, 'The screen is upside down');
  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  const labels = (await desk.onlyTicket()).details.map(({ label }) => label);
  expect(labels).not.toContain('Computer');
  expect(labels).not.toContain('System');
});

test('exactly the lines that were shown reach the desk; the ones left out stay here, now and next time', async () => {
  const desk = await startDesk();
  let deskbell = await launchDeskbell({ env: desk.env });
  let page = await deskbell.firstWindow();
  await enterPractice(page);
  await openForm(page);
  await allow(page);
  await expect(card(page)).toContainText(os.hostname(), SOON);
  await keepScreenshot(page, 'device-card');
  await openLines(page);
  await keepScreenshot(page, 'device-lines');
  await lines(page).getByRole('button', { name: 'Leave out: Signed in as' }).click();
  await lines(page).getByRole('button', { name: 'Leave out: Computer' }).click();
  await lines(page).getByRole('button', { name: 'Put in: Computer' }).click();
  await lines(page).getByRole('button', { name: 'Leave out: Gateway' }).click();
  await keepScreenshot(page, 'device-left-out');
  const going = await shown(page);
  expect(going.map(({ label }) => label)).toEqual(
    expect.arrayContaining([
      'Computer',
      'System',
      'On for',
      'Memory',
      'Disk',
      'Network',
      'Time zone',
      'Clock',
    ]),
  );
  expect(going.find(({ label }) => label === 'Computer')?.value).toBe(os.hostname());
  expect(going.map(({ label }) => label)).not.toContain('Signed in as');
  await done(page);
  await send(page, 'The fan is louder than my radio');

  await expect.poll(async () => (await desk.tickets()).length).toBe(1);
  const names = new Set([...going.map(({ label }) => label), 'Signed in as', 'Gateway']);
  const { details } = await desk.onlyTicket();
  expect(details.filter(({ label }) => names.has(label))).toEqual(going);

  const log = logged(deskbell);
  for (const { label, value } of going)
    if (['Computer', 'Name servers', 'Network'].includes(label)) expect(log).not.toContain(`"${value}"`);

  deskbell = await deskbell.restart();
  page = await deskbell.firstWindow();
  await openForm(page);
  await expect(card(page)).toContainText(os.hostname(), SOON);
  await openLines(page);
  expect((await shown(page)).map(({ label }) => label)).toEqual(going.map(({ label }) => label));
  await page.getByRole('switch', { name: 'Send facts about this computer' }).click();
  await done(page);
  await expect(card(page)).toContainText('Nothing about this computer');
  await send(page, 'The fan is still louder than my radio');
  await expect.poll(async () => (await desk.tickets()).length).toBe(2);
  const second = (await desk.tickets()).find(({ summary }) => summary.includes('still'));
  expect(second?.details.map(({ label }) => label).filter((label) => names.has(label))).toEqual([]);
});

test('looking takes less than two seconds and works without the desk, which is said', async () => {
  const desk = await startDesk();
  const deskbell = await launchDeskbell({ env: desk.env });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  await desk.stop();
  await openForm(page);
  await allow(page);
  const took = await page.evaluate(async () => {
    const bridge = (globalThis as unknown as { deskbell: { call(name: string): Promise<{ ok: boolean }> } })
      .deskbell;
    const from = performance.now();
    const answer = await bridge.call('device.collect');
    return answer.ok ? performance.now() - from : Infinity;
  });
  expect(took).toBeLessThan(2_000);
  await openLines(page);
  await expect(lines(page).getByRole('listitem', { name: 'Clock' })).toContainText('Did not answer in time');
  await expect(lines(page).getByRole('listitem', { name: 'Computer' })).toContainText(os.hostname());
  await page.setViewportSize({ width: 360, height: 640 }).catch(() => undefined);
  await keepScreenshot(page, 'device-lines-narrow');
});
