/** The application as electron-builder packs it: complete, hardened, and it opens. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { cleanUp, keepScreenshot, temporaryFolder } from '../support/app';
import { trayItemOf, visibleWindowsOf } from '../support/desktop';
import { launchPackaged, PACKAGED_FOLDER } from '../support/packaged';

/** How a fuse that is on reads in the executable: the character 1. */
const ON = '1'.charCodeAt(0);

const ROOT = path.resolve(import.meta.dirname, '../..');

test.afterEach(cleanUp);

test('the packaged app opens its window and its tray icon, with everything it needs inside', async () => {
  const deskbell = await launchPackaged();
  try {
    const page = await deskbell.firstWindow();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(page.url()).toMatch(/^app:\/\//);
    await expect.poll(() => visibleWindowsOf(deskbell.pid)).toHaveLength(1);
    await expect.poll(() => trayItemOf(deskbell.pid)).toBeTruthy();
    await keepScreenshot(page, 'packaged');
  } finally {
    await deskbell.stop();
  }
});

test('the packaged app takes no managed settings from whoever starts it', async () => {
  const file = path.join(temporaryFolder(), 'policy.json');
  writeFileSync(file, JSON.stringify({ branding: { name: 'Not from here' } }));
  const deskbell = await launchPackaged({ args: [`--policy=${file}`] });
  try {
    const page = await deskbell.firstWindow();
    await expect(page.getByRole('button', { name: 'Try it on the practice desk' })).toBeVisible();
    await expect(page.getByText('Not from here')).toHaveCount(0);
    await expect(page).toHaveTitle(/Deskbell/);
  } finally {
    await deskbell.stop();
  }
});

test('the package holds the bundles and icons, and neither sources nor node_modules', () => {
  const archive = path.join(PACKAGED_FOLDER, 'resources/app.asar');
  const top = new Set(listPackage(archive, { isPack: false }).map((file) => file.split(/[\\/]/)[1]));
  expect([...top].sort()).toEqual(['assets', 'out', 'package.json']);
  expect(readdirSync(path.join(PACKAGED_FOLDER, 'resources')).sort()).toEqual([
    'LICENSE.txt',
    'THIRD-PARTY-NOTICES.txt',
    'app.asar',
    'policy',
  ]);
  const files = (folder: string) => readdirSync(folder, { recursive: true }).map(String).sort();
  expect(files(path.join(PACKAGED_FOLDER, 'resources/policy'))).toEqual(
    files(path.join(ROOT, 'assets/policy')),
  );
  expect(existsSync(path.join(PACKAGED_FOLDER, 'deskbell'))).toBe(true);
});

test('the package passes on the licences: its own, and those of what it is made of', () => {
  const text = (file: string) => readFileSync(path.join(PACKAGED_FOLDER, 'resources', file), 'utf8');
  expect(text('LICENSE.txt')).toContain('MIT License');
  const notices = text('THIRD-PARTY-NOTICES.txt');
  const { dependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) expect(notices).toContain(`\n${name} `);
  for (const words of ['Permission is hereby granted, free of charge', 'SIL OPEN FONT LICENSE'])
    expect(notices).toContain(words);
});

test('the fuses keep the packaged app from being used as Node, inspected or changed', async () => {
  const fuses = await getCurrentFuseWire(path.join(PACKAGED_FOLDER, 'deskbell'));
  expect(fuses.version).toBe(FuseVersion.V1);
  const isOn = (fuse: FuseV1Options): boolean => Number(fuses[fuse]) === ON;
  expect({
    runAsNode: isOn(FuseV1Options.RunAsNode),
    nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
    fileProtocol: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
    cookies: isOn(FuseV1Options.EnableCookieEncryption),
    integrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
  }).toEqual({
    runAsNode: false,
    nodeOptions: false,
    inspect: false,
    fileProtocol: false,
    cookies: true,
    integrity: true,
    onlyAsar: true,
  });
});
