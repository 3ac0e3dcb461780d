/** What a user does in the window, by role and accessible name only. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { temporaryFolder } from './app';

/** The field for the problem of a new ticket. */
export const problemField = (page: Page): Locator =>
  page.getByRole('textbox', { name: 'In your own words', exact: true });
/** The field for a message in a ticket. */
export const messageField = (page: Page): Locator => page.getByRole('textbox', { name: 'Your message' });
/** The rows of the list. */
export const rows = (page: Page): Locator =>
  page.getByRole('listbox', { name: 'My tickets' }).getByRole('option');
/** What was said in the open ticket. */
export const conversation = (page: Page): Locator => page.getByRole('region', { name: 'Conversation' });

/** From the welcome screen to the list of the practice desk. */
export async function enterPractice(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try it on the practice desk' }).click();
  await expect(page.getByRole('button', { name: 'New ticket' }).first()).toBeVisible();
}

/** Opens the form of a new ticket. */
export async function openForm(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New ticket' }).first().click();
  await expect(problemField(page)).toBeVisible();
}

/** Chooses files in the system's dialog behind the button `name`. */
export async function attach(page: Page, files: readonly string[], name = 'Attach'): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name, exact: true }).click();
  await (await chooser).setFiles([...files]);
}

/** Drops files of this computer, or a folder, on the middle of the window, as a file manager does. */
export async function drop(page: Page, files: readonly string[]): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await client.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
  }
  await client.detach();
}

/** Writes a file into a new folder; gives its path. */
export function makeFile(name: string, content: string | Uint8Array): string {
  const file = path.join(temporaryFolder(), name);
  writeFileSync(file, content);
  return file;
}

/** Files a ticket from anywhere in the list and waits for its screen. */
export async function fileTicket(page: Page, problem: string, files: readonly string[] = []): Promise<void> {
  await openForm(page);
  await problemField(page).fill(problem);
  if (files.length > 0) {
    await attach(page, files);
    await expect(page.getByRole('list', { name: 'Attached files' }).getByRole('button')).toHaveCount(
      files.length,
    );
  }
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect(page.getByRole('heading', { level: 1, name: problem })).toBeVisible();
}

/** Goes to the list of what waits to be sent. */
export async function openOutbox(page: Page): Promise<void> {
  await page.getByRole('button', { name: /waiting to be sent|could not be sent/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Waiting to be sent' })).toBeVisible();
}

/** An item in the list of what waits to be sent. */
export const outboxItem = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('main').getByRole('listitem', { name });

/** Signs out in the settings; `name` is what the button says at this desk. */
export async function signOut(page: Page, name = 'Leave the practice desk'): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).first().click();
  await page.getByRole('button', { name }).click();
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name }).click();
  await expect(page.getByRole('button', { name: 'Try it on the practice desk' })).toBeVisible();
}
