import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { cleanUp, launchDeskbell, type Deskbell } from '../support/app';
import { openForm, problemField } from '../support/steps';

test.afterEach(() => cleanUp());

const log = (deskbell: Deskbell): string =>
  readFileSync(path.join(deskbell.userDataDir, 'logs/deskbell.log'), 'utf8');

/** Starts on the welcome screen, with notifications and everything else as on a first start. */
async function start(): Promise<{ deskbell: Deskbell; page: Page }> {
  const deskbell = await launchDeskbell();
  const page = await deskbell.firstWindow();
  await expect(page.getByRole('button', { name: 'Try it on the practice desk' })).toBeVisible();
  return { deskbell, page };
}

/** Sends a raw call from a frame that main opens beside or inside the window. */
const CALL_CONNECT = `window.deskbell ? window.deskbell.call('connection.connectPractice').then((answer) => JSON.stringify(answer)) : 'no bridge'`;

test('a page of another window is refused, also on our own origin', async () => {
  const { deskbell, page } = await start();
  const answer = await deskbell.app.evaluate(
    async ({ app, BrowserWindow }, [code]) => {
      const other = new BrowserWindow({
        show: false,
        webPreferences: { preload: `${app.getAppPath()}/out/preload/preload.cjs`, sandbox: true },
      });
      await other.loadURL('app://deskbell/index.html');
      return other.webContents.executeJavaScript(code!) as Promise<string>;
    },
    [CALL_CONNECT],
  );
  expect(JSON.parse(answer)).toEqual({ ok: false, fault: { kind: 'refused' } });
  await expect
    .poll(() => log(deskbell))
    .toContain('"event":"ipc.refused","call":"connection.connectPractice","reason":"sender"');
  await expect(page.getByRole('button', { name: 'Try it on the practice desk' })).toBeVisible();
  expect(await page.evaluate(() => window.deskbell.call('app.state', undefined))).toMatchObject({
    value: { connection: { kind: 'none' } },
  });
});

test('the stores that run in main answer no window', async () => {
  const { deskbell, page } = await start();
  await page.getByRole('button', { name: 'Try it on the practice desk' }).click();
  await openForm(page);
  await problemField(page).fill('The badge reader blinks red');
  await expect(page.getByText('Draft saved')).toBeVisible();
  const listeners = await deskbell.app.evaluate(({ ipcMain }) => ({
    store: ipcMain.listenerCount('electron-store-get-data'),
    // Electron's own, and Deskbell's watch for new ones; neither is a channel.
    others: ipcMain
      .eventNames()
      .map(String)
      .filter((name) => !['error', 'newListener'].includes(name)),
  }));
  expect(listeners).toEqual({ store: 0, others: [] });
});

test('a frame inside the window stays empty and gets no bridge', async () => {
  const { deskbell } = await start();
  const answers = await deskbell.app.evaluate(
    async ({ BrowserWindow }, [code]) => {
      const contents = BrowserWindow.getAllWindows()[0]!.webContents;
      await contents.executeJavaScript(`new Promise((resolve) => {
        const frame = document.createElement('iframe');
        frame.src = 'app://deskbell/index.html';
        frame.onload = resolve;
        document.body.append(frame);
        setTimeout(resolve, 2000);
      })`);
      const inside = contents.mainFrame.frames;
      return Promise.all(inside.map((frame) => frame.executeJavaScript(code!).catch(() => 'blocked')));
    },
    [CALL_CONNECT],
  );
  expect(answers).toEqual(['no bridge']);
});

test('a page of another origin is refused, even in our window', async () => {
  const { deskbell } = await start();
  const answer = await deskbell.app.evaluate(
    async ({ app, BrowserWindow }, [code]) => {
      const other = new BrowserWindow({
        show: false,
        webPreferences: { preload: `${app.getAppPath()}/out/preload/preload.cjs`, sandbox: true },
      });
      await other.loadURL('data:text/html,<p>hello</p>');
      return other.webContents.executeJavaScript(code!) as Promise<string>;
    },
    [CALL_CONNECT],
  );
  expect(JSON.parse(answer)).toEqual({ ok: false, fault: { kind: 'refused' } });
});

test('wrong shapes and unknown names have no effect', async () => {
  const { deskbell, page } = await start();
  const answers = await page.evaluate(async () => {
    const call = window.deskbell.call as (name: string, request?: unknown) => Promise<unknown>;
    return [
      await call('settings.set', { settings: 'all' }),
      await call('tickets.get', { id: { $ne: '' } }),
      await call('fs.readFile', '/etc/passwd'),
      await call('__proto__'),
    ];
  });
  for (const answer of answers) expect(answer).toEqual({ ok: false, fault: { kind: 'refused' } });
  await expect.poll(() => log(deskbell)).toContain('"call":"settings.set","reason":"request"');
  // Nothing of Node or Electron is in the page.
  expect(
    await page.evaluate(() =>
      ['require', 'process', 'electron', 'ipcRenderer', 'Buffer'].filter((name) => name in window),
    ),
  ).toEqual([]);
});

test('the window goes nowhere else, and nothing inline runs in it', async () => {
  const { deskbell, page } = await start();
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "inline ran"';
    document.body.append(script);
    window.open('https://example.com/');
  });
  await page.evaluate(() => void (window.location.href = 'https://example.com/')).catch(() => undefined);
  await page.waitForTimeout(300);
  expect(page.url()).toBe('app://deskbell/index.html');
  expect(await page.title()).not.toContain('inline ran');
  expect(deskbell.app.windows()).toHaveLength(1);
  expect(
    await page.evaluate(() =>
      fetch('https://example.com/').then(
        () => 'fetched',
        () => 'blocked',
      ),
    ),
  ).toBe('blocked');
  expect(
    await page.evaluate(() => window.deskbell.call('app.openExternal', { url: 'file:///etc/passwd' })),
  ).toEqual({ ok: false, fault: { kind: 'refused' } });
  expect(
    await page.evaluate(() =>
      fetch('app://deskbell/%2e%2e/%2e%2e/package.json').then(({ status }) => status),
    ),
  ).toBe(404);
});
