import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTranslator } from '@shared/locales';
import {
  CANCEL,
  CAPTURE_POLICY,
  choiceMark,
  choiceOf,
  choicePage,
  countdownPage,
} from '../../../src-main/shell/screenshot/capture-page';
import { sizeToRestore } from '../../../src-main/shell/screenshot/true-size';
import { hasPortal, isWayland } from '../../../src-main/shell/screenshot/wayland';

const { t } = createTranslator('en');

describe('the page on which the user chooses', () => {
  it('names every choice and makes each a place to go to', () => {
    const html = choicePage(
      [
        { kind: 'display', name: 'Whole screen' },
        { kind: 'window', name: 'Budget' },
      ],
      t,
      'en',
    );
    expect(html).toContain('>Whole screen<');
    expect(html).toContain('>Budget<');
    expect([...html.matchAll(/href="#([^"]+)"/g)].map(([, mark]) => mark)).toEqual([
      CANCEL,
      choiceMark(0),
      choiceMark(1),
    ]);
  });

  it('keeps titles of windows from becoming markup', () => {
    const html = choicePage(
      [{ kind: 'window', name: `"><script>alert(1)</script><a href='#choice-0'>` }],
      t,
      'en',
    );
    expect(html).not.toContain('<script');
    expect(html.match(/<a /g)).toHaveLength(2);
  });

  it('runs no script and loads nothing from elsewhere', () => {
    expect(CAPTURE_POLICY).toContain("default-src 'none'");
    expect(CAPTURE_POLICY).not.toContain('script-src');
    expect(countdownPage(3, t, 'en')).not.toMatch(/<script|https?:/);
  });

  it('reads back only its own places', () => {
    expect(choiceOf(choiceMark(12))).toBe(12);
    for (const mark of [CANCEL, '', 'choice-', 'choice--1', 'choice-1x', 'choice-99999'])
      expect(choiceOf(mark)).toBeNull();
  });
});

describe('the desktop’s own dialog', () => {
  const wayland = { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0' };
  it.each([
    ['linux', wayland, true],
    ['linux', { XDG_SESSION_TYPE: 'x11' }, false],
    ['linux', { XDG_SESSION_TYPE: 'wayland' }, false],
    ['darwin', wayland, false],
  ] as const)('stands in for ours on %s with %o: %s', (platform, env, expected) => {
    expect(isWayland(platform, env)).toBe(expected);
  });

  it('is there when its service is, or when a box keeps us from seeing it', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'deskbell-portal-'));
    const env = { XDG_DATA_DIRS: folder, XDG_DATA_HOME: folder };
    expect(await hasPortal(env)).toBe(false);
    expect(await hasPortal({ ...env, FLATPAK_ID: 'org.deskbell.Deskbell' })).toBe(true);
    mkdirSync(path.join(folder, 'dbus-1/services'), { recursive: true });
    writeFileSync(path.join(folder, 'dbus-1/services/org.freedesktop.portal.Desktop.service'), '');
    expect(await hasPortal(env)).toBe(true);
    rmSync(folder, { recursive: true });
  });
});

describe('a window’s picture, which comes enlarged', () => {
  const picture = { width: 1280, height: 640 };
  it.each([
    ['comes back to its true size', { width: 400, height: 200 }, { width: 400, height: 200 }],
    ['stays when the true size is not known', null, null],
    ['is never enlarged further', { width: 2560, height: 1280 }, null],
    ['stays when the window has changed its shape since', { width: 400, height: 300 }, null],
    ['may differ by the rounding of a side', { width: 401, height: 200 }, { width: 401, height: 200 }],
  ])('%s', (_what, trueSize, expected) => {
    expect(sizeToRestore(picture, trueSize)).toEqual(expected);
  });
});
