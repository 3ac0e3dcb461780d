import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ManagedSettings } from '@shared/domain/policy';
import { defaultSettings } from '@shared/domain/settings';
import { createAccountStore } from '../../../src-main/auth/accounts';
import { readConnection } from '../../../src-main/auth/early-account';
import { createJsonFile } from '../../../src-main/platform/json-file';
import { readTheme } from '../../../src-main/settings/early-settings';
import { createKeptWork } from '../../../src-main/settings/kept-work';
import { createManagedSettings } from '../../../src-main/settings/managed-settings';
import { createSettings } from '../../../src-main/settings/settings';
import { quietLog } from '../../support/quiet-log';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskbell-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const file = (name = 'settings.json') => createJsonFile(path.join(folder, name));
const holding = (content: unknown) => ({
  readNow: () => content,
  write: async () => undefined,
  settled: async () => undefined,
});

describe('what an account left here', () => {
  it('is known again after a restart', async () => {
    const stored = file('kept.json');
    const kept = createKeptWork(stored, quietLog());
    expect(kept.get()).toBeNull();
    kept.note({ items: 2, drafts: 1 });
    expect(kept.get()).toEqual({ items: 2, drafts: 1 });
    await stored.settled();
    expect(createKeptWork(file('kept.json'), quietLog()).get()).toEqual({ items: 2, drafts: 1 });
  });

  it('is not known where the file is damaged', () =>
    expect(createKeptWork(holding({ items: -1 }), quietLog()).get()).toBeNull());
});

describe('settings', () => {
  it('are the defaults at first', () => {
    expect(createSettings(file()).get()).toEqual(defaultSettings());
  });

  it('come back after a restart, the theme before everything else', async () => {
    const settings = createSettings(file());
    await settings.set({ ...settings.get(), theme: 'dark', shortcut: null });
    expect(createSettings(file()).get()).toMatchObject({ theme: 'dark', shortcut: null });
    expect(readTheme(file())).toBe('dark');
  });

  it('count from the moment they are set', () => {
    const settings = createSettings(holding(undefined));
    const heard: string[] = [];
    settings.onChange((now, before) => heard.push(`${before.theme} -> ${now.theme}`));
    void settings.set({ ...settings.get(), theme: 'light' });
    expect(heard).toEqual(['system -> light']);
  });

  it('keep what is good of a damaged file', () => {
    const settings = createSettings(
      holding({ theme: 'pink', startAtLogin: true, notifications: { enabled: 'no' } }),
    );
    expect(settings.get()).toMatchObject({
      theme: 'system',
      startAtLogin: true,
      notifications: { enabled: true },
    });
  });

  it('load from whatever the file holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (content) => {
        createSettings(holding(content));
        expect(['system', 'light', 'dark']).toContain(readTheme(holding(content)));
      }),
    );
  });
});

describe('settings under a policy', () => {
  function managed(first: ManagedSettings) {
    let now = first;
    const listeners = new Set<() => void>();
    return {
      policy: {
        settings: () => now,
        onChange(listener: () => void) {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      },
      say(next: ManagedSettings) {
        now = next;
        listeners.forEach((listener) => listener());
      },
    };
  }

  it('are those of the organisation where it says so, and the user’s own again when it no longer does', async () => {
    const own = createSettings(file());
    await own.set({ ...own.get(), theme: 'light', startAtLogin: false });
    const { policy, say } = managed({ theme: 'dark' });
    const settings = createManagedSettings(own, policy);
    const heard: string[] = [];
    settings.onChange((now, before) => heard.push(`${before.theme} -> ${now.theme}`));
    expect(settings.get().theme).toBe('dark');
    await settings.set({ ...settings.get(), theme: 'system', startAtLogin: true });
    expect(settings.get()).toMatchObject({ theme: 'dark', startAtLogin: true });
    expect(createSettings(file()).get()).toMatchObject({ theme: 'light', startAtLogin: true });
    say({});
    expect(settings.get()).toMatchObject({ theme: 'light', startAtLogin: true });
    expect(heard).toEqual(['dark -> dark', 'dark -> light']);
  });
});

describe('a small file', () => {
  it('has the last of several writes', async () => {
    const one = file('a.json');
    await Promise.all([1, 2, 3].map((value) => one.write({ value })));
    expect(file('a.json').readNow()).toEqual({ value: 3 });
  });

  it('that is no JSON counts as none', () => {
    writeFileSync(path.join(folder, 'b.json'), '{');
    expect(file('b.json').readNow()).toBeUndefined();
  });

  it('that cannot be written says why', async () => {
    writeFileSync(path.join(folder, 'c'), '');
    await expect(file('c/d.json').write({})).rejects.toMatchObject({ name: 'StorageError' });
  });
});

describe('the account', () => {
  const account = {
    id: 'practice',
    target: { kind: 'practice' as const },
    signIn: { kind: 'nothing' as const },
    login: '',
    deskName: 'Practice desk',
    person: { name: 'Ada', email: 'ada@practice.example', phone: '' },
  };

  it('comes back after a restart, for the first screen too', async () => {
    await createAccountStore(file('account.json')).setCurrent(account);
    expect(createAccountStore(file('account.json')).current()).toEqual(account);
    expect(readConnection(file('account.json'))).toMatchObject({
      kind: 'connected',
      deskName: 'Practice desk',
      reach: 'checking',
    });
  });

  it('is nobody after leaving', async () => {
    const store = createAccountStore(file('account.json'));
    await store.setCurrent(account);
    await store.setCurrent(null);
    expect(createAccountStore(file('account.json')).current()).toBeNull();
    expect(readConnection(file('account.json'))).toEqual({ kind: 'none' });
  });

  it('whose folder would be elsewhere is none', () => {
    const hostile = { current: { ...account, id: '../../etc' } };
    expect(createAccountStore(holding(hostile)).current()).toBeNull();
  });

  it('is read from whatever the file holds', () => {
    fc.assert(fc.property(fc.jsonValue(), (content) => void readConnection(holding({ current: content }))));
  });
});
