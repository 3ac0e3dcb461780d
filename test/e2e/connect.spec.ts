import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type Page } from '@playwright/test';
import { cleanUp, keepScreenshot, launchDeskbell } from '../support/app';
import { startDesk, stopDesks } from '../support/practice-desk';

const servers = new Set<Server>();

test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
  servers.forEach((server) => server.close());
  servers.clear();
});

/** A web server on this computer that answers everything alike. */
async function serve(status: number, body: string, type = 'text/html'): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'Content-Type': type }).end(body);
  });
  servers.add(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A domain that names its desks in `/.well-known/deskbell`. */
const wellKnown = (boards: readonly unknown[], name: string): string =>
  JSON.stringify({ version: 1, name, logo: null, boards });

async function find(page: Page, address: string): Promise<void> {
  await page.getByLabel('Your work e-mail, or the address of the desk').fill(address);
  await page.getByRole('button', { name: 'Find my desk' }).click();
}

async function fileTicket(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'New ticket' }).first().click();
  await page.getByLabel('In your own words').fill(text);
  await page.getByRole('button', { name: 'Send ticket' }).click();
  await expect(page.getByRole('heading', { name: text })).toBeVisible();
}

async function introduce(page: Page, name: string, email: string): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Your e-mail address').fill(email);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByRole('button', { name: 'New ticket' }).first()).toBeVisible();
}

test('a desk is found by its address, says what it is, and is worked with', async () => {
  const desk = await startDesk();
  const deskbell = await launchDeskbell();
  const page = await deskbell.firstWindow();
  await page.getByRole('button', { name: 'Connect to your service desk' }).click();
  await keepScreenshot(page, 'connect-search');
  await page.getByRole('button', { name: 'Find my desk' }).click();
  await expect(page.getByText('Write an e-mail address or a web address first.')).toBeVisible();

  await find(page, new URL(desk.url).host);
  await expect(page.getByText('Practice desk').first()).toBeVisible();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByText('This is needed to sign in.').first()).toBeVisible();
  await keepScreenshot(page, 'connect-sign-in');
  await introduce(page, 'Ada Ellis', 'ada@example.com');
  await fileTicket(page, 'The scanner feeds two pages at once');
  await expect(page.getByText(/^Ticket \d+/)).toBeVisible();

  const again = await deskbell.restart();
  const next = await again.firstWindow();
  await expect(next.getByText('The scanner feeds two pages at once').first()).toBeVisible();
});

test('what is in the way is said in plain words', async () => {
  const other = await serve(404, '<h1>Nothing here</h1>');
  const broken = await serve(503, 'down', 'text/plain');
  const deskbell = await launchDeskbell();
  const page = await deskbell.firstWindow();
  await page.getByRole('button', { name: 'Connect to your service desk' }).click();
  const cases: readonly (readonly [string, string])[] = [
    ['my desk', 'That is no address'],
    ['http://help.example.com', 'That address is not protected'],
    [other, `No service desk was found at ${other}`],
    [broken, `${broken} is busy`],
    ['127.0.0.1:9', 'Nobody answers at 127.0.0.1:9'],
  ];
  for (const [address, words] of cases) {
    await find(page, address);
    await expect(page.getByText(words)).toBeVisible();
  }
  await keepScreenshot(page, 'connect-problem');
  // What was typed stays.
  await expect(page.getByLabel('Your work e-mail, or the address of the desk')).toHaveValue('127.0.0.1:9');
});

test('a domain names its desks, and the user chooses', async () => {
  const [one, two] = [await startDesk(), await startDesk()];
  const boards = [one, two].map(({ url }) => ({ kind: 'boardApi', url }));
  const domain = await serve(200, wellKnown(boards, 'Northside IT'), 'application/json');
  const deskbell = await launchDeskbell();
  const page = await deskbell.firstWindow();
  await page.getByRole('button', { name: 'Connect to your service desk' }).click();
  await find(page, domain);
  await expect(page.getByRole('heading', { name: 'Which one is yours?' })).toBeVisible();
  await keepScreenshot(page, 'connect-choice');
  await page.getByRole('button', { name: new RegExp(`Northside IT.*${new URL(two.url).host}`) }).click();
  await introduce(page, 'Ada Ellis', 'ada@example.com');
  await fileTicket(page, 'Badge does not open the door');
  await expect(page.getByText(/^Ticket \d+/)).toBeVisible();
});

test('two accounts never mix: tickets, drafts and what waits belong to one', async () => {
  const [first, second] = [await startDesk(), await startDesk()];
  const deskbell = await launchDeskbell();
  const page = await deskbell.firstWindow();
  await page.getByRole('button', { name: 'Connect to your service desk' }).click();
  await find(page, new URL(first.url).host);
  await introduce(page, 'Ada Ellis', 'ada@example.com');
  await fileTicket(page, 'Ticket of the first desk');
  await expect(page.getByText(/^Ticket \d+/)).toBeVisible();
  await first.stop();
  await fileTicket(page, 'Waits for the first desk');

  await page.getByRole('button', { name: 'Settings' }).first().click();
  await page.getByRole('button', { name: 'Connect to another desk' }).click();
  await expect(page.getByText(/You are connected to .* now/)).toBeVisible();
  await find(page, new URL(second.url).host);
  await introduce(page, 'Ada Ellis', 'ada@example.com');
  await expect(page.getByText('Ticket of the first desk')).toHaveCount(0);
  await expect(page.getByText('Waits for the first desk')).toHaveCount(0);
  await fileTicket(page, 'Ticket of the second desk');
  await expect(page.getByText(/^Ticket \d+/)).toBeVisible();

  await first.start();
  await page.getByRole('button', { name: 'Settings' }).first().click();
  await page.getByRole('button', { name: 'Connect to another desk' }).click();
  await find(page, new URL(first.url).host);
  await introduce(page, 'Ada Ellis', 'ada@example.com');
  await expect(page.getByText('Ticket of the first desk').first()).toBeVisible();
  await expect(page.getByText('Ticket of the second desk')).toHaveCount(0);
  await expect(page.getByText('Waits for the first desk').first()).toBeVisible();
  await page.getByRole('option', { name: /Waits for the first desk/ }).click();
  await expect(page.getByText(/^Ticket \d+/)).toBeVisible();
});

test('the board is checked with the user who is signed in', async () => {
  const desk = await startDesk();
  const deskbell = await launchDeskbell();
  const page = await deskbell.firstWindow();
  await page.getByRole('button', { name: 'Connect to your service desk' }).click();
  await find(page, new URL(desk.url).host);
  await introduce(page, 'Ada Ellis', 'ada@example.com');
  await page.getByRole('button', { name: 'Settings' }).first().click();
  await page.getByRole('button', { name: 'Check this board' }).click();
  const dialog = page.getByRole('dialog', { name: 'Check this board' });
  await expect(dialog.getByText('Everything Deskbell needs is there.')).toBeVisible();
  await expect(
    dialog.getByRole('listitem').filter({ hasText: 'You are signed in (Ada Ellis)' }),
  ).toBeVisible();
  await keepScreenshot(page, 'connect-check');
});
