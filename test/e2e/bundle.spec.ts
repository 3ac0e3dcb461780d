/** What Deskbell does without: it starts fast and stays small because it carries no more than it uses. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { cleanUp, launchDeskbell } from '../support/app';
import { enterPractice } from '../support/steps';

test.afterEach(() => cleanUp());

const OUT = path.resolve(import.meta.dirname, '../../out');
/** A word that every copy of the schema library has in its errors. */
const SCHEMA_LIBRARY = 'invalid_union';

const scriptsWith = (folder: string, word: string): string[] =>
  readdirSync(path.join(OUT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.c?js$/.test(file))
    .filter((file) => readFileSync(path.join(OUT, folder, file), 'utf8').includes(word));

test('the window has no schema library: main checks what goes in and out', () => {
  expect(scriptsWith('renderer', 'createElement')).not.toEqual([]);
  expect(scriptsWith('main', SCHEMA_LIBRARY)).not.toEqual([]);
  expect(scriptsWith('renderer', SCHEMA_LIBRARY)).toEqual([]);
});

test('the first screen is made of no more than 600 kB', () => {
  const page = readFileSync(path.join(OUT, 'renderer/index.html'), 'utf8');
  const files = [...page.matchAll(/"\.\/(assets\/[^"]+)"/g)].map(([, file = '']) => file);
  expect(files.length).toBeGreaterThan(0);
  const sizes = files.map((file) => statSync(path.join(OUT, 'renderer', file)).size);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(600_000);
});

test('the network code of Chromium, which no page may use, has no process of its own', async () => {
  const deskbell = await launchDeskbell();
  await enterPractice(await deskbell.firstWindow());
  const services = await deskbell.app.evaluate(({ app }) =>
    app.getAppMetrics().map(({ type, serviceName }) => serviceName ?? type),
  );
  expect(services).toContain('Browser');
  expect(services).not.toContain('network.mojom.NetworkService');
});
