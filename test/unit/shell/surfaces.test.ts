import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createTranslator } from '@shared/locales';
import { createAttachmentFiles } from '../../../src-main/shell/attachment-files';
import { firstLocale } from '../../../src-main/shell/locale';
import { autostartEntry, createLoginItem } from '../../../src-main/shell/login-item';
import { escapeMarkup } from '../../../src-main/shell/markup';
import { menuTemplate } from '../../../src-main/shell/menu';
import { createQuit } from '../../../src-main/shell/quit';
import { createShortcut } from '../../../src-main/shell/shortcut';
import { createNodeNotifierToaster } from '../../../src-main/shell/toaster-node-notifier';
import { quietLog } from '../../support/quiet-log';

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(path.join(os.tmpdir(), 'deskbell-shell-'));
  folders.push(made);
  return made;
};
afterEach(() => folders.splice(0).forEach((one) => rmSync(one, { recursive: true, force: true })));

describe('the global shortcut', () => {
  const registry = (taken: readonly string[] = []) => {
    const active = new Set<string>();
    return {
      active,
      register: (accelerator: string) => {
        if (accelerator === 'nonsense') throw new TypeError('conversion failure');
        if (taken.includes(accelerator)) return false;
        active.add(accelerator);
        return true;
      },
      unregister: (accelerator: string) => void active.delete(accelerator),
    };
  };

  it('is one at a time', () => {
    const keys = registry();
    const set = createShortcut(keys, () => undefined);
    expect([set('A'), set('B'), [...keys.active]]).toEqual(['active', 'active', ['B']]);
    expect([set(null), keys.active.size]).toEqual(['off', 0]);
  });

  it.each(['B', 'nonsense'])('that cannot be had (%s) says so', (accelerator) => {
    const keys = registry(['B']);
    const set = createShortcut(keys, () => undefined);
    set('A');
    expect(set(accelerator)).toBe('taken');
    expect(keys.active.size).toBe(0);
  });
});

describe('starting at login', () => {
  it('is an autostart file on Linux, and its absence', async () => {
    const configFolder = folder();
    const set = createLoginItem({
      platform: 'linux',
      command: ['/opt/My Deskbell/deskbell', '/a$b'],
      configFolder,
      setLoginItemSettings: () => undefined,
    });
    const file = path.join(configFolder, 'autostart/deskbell.desktop');
    await set(true);
    expect(readFileSync(file, 'utf8')).toContain(
      String.raw`Exec="/opt/My Deskbell/deskbell" "/a\\$b" --hidden`,
    );
    await set(false);
    expect(() => statSync(file)).toThrow();
    await set(false);
  });

  it('is a setting of the system elsewhere', async () => {
    const asked: object[] = [];
    const set = createLoginItem({
      platform: 'win32',
      command: [],
      configFolder: '',
      setLoginItemSettings: (settings) => void asked.push(settings),
    });
    await set(true);
    expect(asked).toEqual([{ openAtLogin: true, args: ['--hidden'] }]);
  });

  it('does not let a percent sign become a field code', () => {
    expect(autostartEntry(['/opt/50%/deskbell'])).toContain('Exec=/opt/50%%/deskbell --hidden');
  });
});

describe('an attachment', () => {
  const program = new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0]);
  const text = new TextEncoder().encode('hello');
  const setUp = (where: string | null = null) => {
    const base = folder();
    const opened: string[] = [];
    const files = createAttachmentFiles({
      folder: path.join(base, 'opened'),
      openPath: async (file) => {
        opened.push(file);
        return '';
      },
      askWhere: async () => where,
      log: quietLog(),
    });
    return { base, opened, files };
  };

  it('is opened from a private, read-only copy under its own name', async () => {
    const { opened, files } = setUp();
    expect(await files.open('notes.txt', text)).toBe(true);
    expect(path.basename(opened[0]!)).toBe('notes.txt');
    expect(readFileSync(opened[0]!, 'utf8')).toBe('hello');
    if (process.platform !== 'win32') {
      expect(statSync(opened[0]!).mode & 0o777).toBe(0o400);
      expect(statSync(path.dirname(opened[0]!)).mode & 0o077).toBe(0);
    }
  });

  it('of the same name does not replace another', async () => {
    const { opened, files } = setUp();
    await files.open('a.txt', text);
    await files.open('a.txt', text);
    expect(new Set(opened).size).toBe(2);
  });

  it('stays in its folder, whatever it is called', async () => {
    const { base, opened, files } = setUp();
    for (const name of ['../../up.txt', '/etc/passwd.txt', 'C:\\boot.txt', '..', 'con.txt'])
      await files.open(name, text);
    for (const file of opened) expect(path.relative(path.join(base, 'opened'), file)).not.toMatch(/^\.\./);
  });

  it.each([
    ['setup.exe', text],
    ['holiday.jpg', program],
  ])('that is a program (%s) is never run, only saved', async (name, bytes) => {
    const target = path.join(folder(), 'saved');
    const { opened, files } = setUp(target);
    expect(await files.open(name, bytes)).toBe(true);
    expect(opened).toEqual([]);
    expect(readFileSync(target)).toEqual(Buffer.from(bytes));
  });

  it('is saved where the user says, or not at all', async () => {
    expect(await setUp(null).files.save('a.txt', text)).toBe(false);
    const target = path.join(folder(), 'b.txt');
    expect(await setUp(target).files.save('a.txt', text)).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('hello');
  });

  it('is gone after tidying', async () => {
    const { opened, files } = setUp();
    await files.open('a.txt', text);
    await files.tidy();
    expect(() => statSync(opened[0]!)).toThrow();
  });
});

describe('quitting', () => {
  const setUp = (unsent: number, stay = false, flush: () => Promise<void> = () => Promise.resolve()) => {
    const did: string[] = [];
    let beforeQuit: (event: { preventDefault(): void }) => void = () => undefined;
    const app = {
      on: (_name: string, listener: typeof beforeQuit) => {
        beforeQuit = listener;
        return app;
      },
      quit: () => beforeQuit({ preventDefault: () => did.push('held') }),
      exit: () => void did.push('exit'),
    };
    const quit = createQuit({
      app: app as never,
      unsent: () => unsent,
      confirm: async (count) => {
        did.push(`asked about ${count}`);
        return !stay;
      },
      flush: async () => {
        did.push('flush');
        await flush();
      },
      log: quietLog(),
    });
    return { app, quit, did };
  };

  it('asks nothing when everything was sent, and stores first', async () => {
    const { quit, did } = setUp(0);
    await quit.ask();
    await expect.poll(() => did).toEqual(['held', 'flush', 'exit']);
  });

  it('says that unsent things stay safe, and stays if the user wants', async () => {
    const { quit, did } = setUp(2, true);
    await quit.ask();
    expect(did).toEqual(['asked about 2']);
  });

  it('of the system is never held up by a question', async () => {
    const { app, did } = setUp(2);
    app.quit();
    await expect.poll(() => did).toEqual(['held', 'flush', 'exit']);
  });

  it('ends also when something cannot be stored', async () => {
    const { app, did } = setUp(0, false, () => Promise.reject(new Error('disk')));
    app.quit();
    app.quit();
    await expect.poll(() => did.filter((what) => what === 'exit')).toEqual(['exit']);
  });
});

describe('words for the system', () => {
  it('escapes what a notification daemon reads as markup', () => {
    expect(escapeMarkup('a <b> & "c"')).toBe('a &lt;b&gt; &amp; "c"');
  });

  it('takes no POSIX locale for a language', () => {
    expect(firstLocale(['C', 'c', '', 'POSIX', 'x_y_z', 'de-AT-', 'de-AT', 'en'])).toBe('de-AT');
    expect(firstLocale(['POSIX-nonsense-'])).toBe('en');
  });

  it('gives every system a menu with its shortcuts', () => {
    const { t } = createTranslator('en');
    const actions = { newTicket() {}, openSettings() {}, closeWindow() {}, quit() {} };
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      const text = JSON.stringify(menuTemplate(platform, t, actions, false));
      for (const key of [
        'CommandOrControl+N',
        'CommandOrControl+,',
        'CommandOrControl+W',
        'CommandOrControl+Q',
      ]) {
        expect(text, platform).toContain(key);
      }
      expect(text).not.toContain('toggleDevTools');
    }
  });
});

describe('node-notifier', () => {
  const toast = { title: 'T', body: 'B <i>', urgent: false, action: 'Open' };
  const using = (answer: (callback: (error: Error | null, response: string) => void) => void) =>
    createNodeNotifierToaster({
      load: async () => ({ notify: (_options, callback) => answer(callback) }),
      platform: 'win32',
      appId: 'x',
      appName: () => 'Deskbell',
      icon: 'y',
    });

  it('comes under the name that an organisation has given', async () => {
    let shown: object = {};
    const toaster = createNodeNotifierToaster({
      load: async () => ({
        notify: (options, callback) => {
          shown = options;
          callback(null, 'dismissed');
        },
      }),
      platform: 'linux',
      appId: '',
      appName: () => 'Helpdesk',
      icon: '',
    });
    await toaster.show(toast, () => undefined);
    expect(shown).toMatchObject({ 'app-name': 'Helpdesk' });
  });

  it('counts as shown when it runs, and clicks once', async () => {
    let clicks = 0;
    const toaster = using((callback) => {
      callback(null, 'activate');
      callback(null, 'activate');
    });
    expect(await toaster.show(toast, () => (clicks += 1))).toEqual({ kind: 'shown' });
    expect(clicks).toBe(1);
  });

  it('takes being dismissed for no click', async () => {
    let clicks = 0;
    await using((callback) => callback(null, 'dismissed')).show(toast, () => (clicks += 1));
    expect(clicks).toBe(0);
  });

  it('reports a failure at once, or when it cannot be loaded', async () => {
    expect(await using((callback) => callback(new Error('none'), '')).show(toast, () => undefined)).toEqual({
      kind: 'failed',
      reason: 'refused',
    });
    const broken = createNodeNotifierToaster({
      load: () => Promise.reject(new Error('gone')),
      platform: 'linux',
      appId: '',
      appName: () => 'Deskbell',
      icon: '',
    });
    expect(await broken.show(toast, () => undefined)).toEqual({ kind: 'failed', reason: 'error' });
  });
});
