import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { cleanUp, launchDeskbell } from '../support/app';
import { createAuthority } from '../support/certificates';
import { startCompanyProxy } from '../support/company-proxy';
import { startDesk, stopDesks } from '../support/practice-desk';
import { enterPractice, fileTicket, makeFile, rows } from '../support/steps';

/** What Chromium does by itself it does within seconds of its start. In milliseconds. */
const WHILE_MS = 5_000;

const stops: (() => void)[] = [];
test.afterEach(async () => {
  await cleanUp();
  await stopDesks();
  stops.splice(0).forEach((stop) => stop());
});

/** A desk's own address with TLS, before the practice desk. Resolves to its port. */
async function startEntrance(
  certificate: { readonly cert: string; readonly key: string },
  target: URL,
): Promise<number> {
  const server = https.createServer(certificate, (request, response) => {
    const { hostname, port } = target;
    const headers = { ...request.headers, host: target.host };
    const onward = http.request({ hostname, port, method: request.method, path: request.url, headers });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      response.on('close', () => answer.destroy());
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

test('Deskbell speaks to the desk and to nobody else', async () => {
  const proxy = await startCompanyProxy({});
  stops.push(() => void proxy.close());
  const deskbell = await launchDeskbell({ args: [`--proxy-server=${proxy.url.host}`] });
  const page = await deskbell.firstWindow();
  await enterPractice(page);
  await fileTicket(page, 'The label printer prints blanks');
  await expect(page.getByText(/^Ticket \d+/).first()).toBeVisible();
  await page.waitForTimeout(WHILE_MS);
  expect(proxy.asked).toEqual([]);
});

test('a company that lets nobody out but through its proxy: the desk is found, and a ticket is filed', async () => {
  const desk = await startDesk();
  const authority = createAuthority();
  const port = await startEntrance(authority.issue(['help.company.test']), new URL(desk.url));
  const proxy = await startCompanyProxy({ 'help.company.test:443': port });
  stops.push(() => void proxy.close());
  const deskbell = await launchDeskbell({
    args: [`--proxy-server=${proxy.url.host}`],
    env: { NODE_EXTRA_CA_CERTS: makeFile('ca.pem', authority.ca) },
  });
  const page = await deskbell.firstWindow();
  await page.getByRole('button', { name: 'Connect to your service desk' }).click();
  const address = page.getByLabel('Your work e-mail, or the address of the desk');

  // A name that nobody knows beyond the proxy.
  proxy.be(407);
  await address.fill('help.company.test');
  await page.getByRole('button', { name: 'Find my desk' }).click();
  await expect(page.getByText('This network wants you to sign in first')).toBeVisible();

  proxy.be('tunnel');
  await page.getByRole('button', { name: 'Find my desk' }).click();
  await page.getByLabel('Your name').fill('Ada Ellis');
  await page.getByLabel('Your e-mail address').fill('ada@harbour-tea.example');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await fileTicket(page, 'The label printer prints blanks');
  await expect(page.getByText(/^Ticket \d+/).first()).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  expect([...new Set(proxy.asked)]).toEqual(['help.company.test:443']);
  expect(proxy.seen().includes('label printer')).toBe(false);
});
