import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeskFault } from '@shared/domain/fault';
import { err, ok, type Result } from '@shared/domain/result';
import type { Account } from '../../../src-main/auth/accounts';
import { createConnection } from '../../../src-main/auth/connection';
import { createSelfSession } from '../../../src-main/auth/session';
import { createSecrets, type SafeStorage } from '../../../src-main/platform/secrets';
import { quietLog } from '../../support/quiet-log';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskbell-session-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const keyring = (backend: string, works = true): SafeStorage & { asked: number } => {
  const storage = {
    asked: 0,
    isEncryptionAvailable: () => {
      storage.asked += 1;
      return works;
    },
    encryptString: (text: string) => Buffer.from([...Buffer.from(text)].map((byte) => byte ^ 0x5a)),
    decryptString: (bytes: Buffer) => Buffer.from([...bytes].map((byte) => byte ^ 0x5a)).toString(),
    getSelectedStorageBackend: () => backend,
  };
  return storage;
};
const secretsOf = (safeStorage: SafeStorage, platform: NodeJS.Platform = 'linux') =>
  createSecrets({ folder, safeStorage, platform, log: quietLog() });

describe('secrets', () => {
  it('ask nothing of the keyring until one is wanted', () => {
    const safeStorage = keyring('gnome_libsecret');
    expect(secretsOf(safeStorage).persistence()).toBe('unknown');
    expect(safeStorage.asked).toBe(0);
  });

  it('survive a restart, never in clear', async () => {
    const first = secretsOf(keyring('gnome_libsecret'));
    await first.keep('practice', 'a-very-secret-token');
    expect(first.persistence()).toBe('kept');
    for (const name of readdirSync(folder))
      expect(readFileSync(path.join(folder, name), 'utf8')).not.toContain('secret-token');
    expect(await secretsOf(keyring('gnome_libsecret')).read('practice')).toBe('a-very-secret-token');
  });

  it.each([
    ['a keyring that is none', keyring('basic_text')],
    ['no encryption', keyring('gnome_libsecret', false)],
  ])('stay in memory with %s', async (_what, safeStorage) => {
    const secrets = secretsOf(safeStorage);
    await secrets.keep('practice', 'token');
    expect(secrets.persistence()).toBe('memoryOnly');
    expect(await secrets.read('practice')).toBe('token');
    expect(readdirSync(folder)).toEqual([]);
    expect(await secretsOf(safeStorage).read('practice')).toBeNull();
  });

  it('of another keyring are not tried', async () => {
    await secretsOf(keyring('gnome_libsecret')).keep('practice', 'token');
    expect(await secretsOf(keyring('kwallet5')).read('practice')).toBeNull();
  });

  it('are gone when forgotten', async () => {
    const secrets = secretsOf(keyring('gnome_libsecret'));
    await secrets.keep('practice', 'token');
    await secrets.forget('practice');
    expect(await secrets.read('practice')).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a session', () => {
  const bearer = (token: string) => ({ kind: 'bearer', token });
  const setUp = (...answers: Result<string, DeskFault>[]) => {
    const secrets = secretsOf(keyring('gnome_libsecret'));
    let signIns = 0;
    const signIn = async () => answers[Math.min(signIns++, answers.length - 1)]!;
    const session = createSelfSession({ name: 'practice', secrets, signIn, log: quietLog() });
    return { session, secrets, signIns: () => signIns };
  };
  const offline = err<DeskFault>({ kind: 'offline', cause: 'unreachable' });

  it('signs in once, however many ask', async () => {
    const { session, signIns } = setUp(ok('token-1'));
    expect(await Promise.all([session.credential(), session.credential()])).toEqual([
      bearer('token-1'),
      bearer('token-1'),
    ]);
    expect(await session.credential()).toEqual(bearer('token-1'));
    expect(signIns()).toBe(1);
  });

  it('goes on with the token of the last time', async () => {
    const { session, secrets, signIns } = setUp(ok('new'));
    await secrets.keep('practice', 'kept');
    expect(await session.credential()).toEqual(bearer('kept'));
    expect(signIns()).toBe(0);
  });

  it('is not signed out just because the board is away', async () => {
    const { session } = setUp(offline, ok('token-1'));
    expect(await session.credential()).not.toBeNull();
    expect(await session.credential()).toEqual(bearer('token-1'));
  });

  it('gets a new token when the old one was refused', async () => {
    const { session } = setUp(ok('old'), offline, ok('new'));
    await session.credential();
    expect(await session.renew()).toBe(false);
    expect(await session.renew()).toBe(true);
    expect(await session.credential()).toEqual(bearer('new'));
  });

  it('has none where the board lets nobody in', async () => {
    const { session } = setUp(err<DeskFault>({ kind: 'rejected', message: '', fields: [] }));
    expect(await session.credential()).toBeNull();
  });

  it('leaves nothing behind when it ends', async () => {
    const { session, secrets } = setUp(ok('token'));
    await session.credential();
    await session.end();
    expect(await secrets.read('practice')).toBeNull();
  });
});

describe('the connection', () => {
  const account: Account = {
    id: 'practice',
    target: { kind: 'practice' },
    signIn: { kind: 'nothing' },
    login: '',
    deskName: 'Practice desk',
    person: { name: 'Ada', email: '', phone: '' },
  };
  const setUp = (stored: Account | null = null, failing = false) => {
    const did: string[] = [];
    let current = stored;
    const connection = createConnection({
      accounts: {
        current: () => current,
        setCurrent: async (next) => {
          current = next;
          did.push(`stored ${next?.id ?? 'nobody'}`);
        },
      },
      open: async (opening) => {
        if (failing) throw new Error('port');
        did.push(`opened ${opening.id}`);
        return {
          account: opening,
          resume: async () => void did.push('resumed'),
          signOut: async () => void did.push('signed out'),
          close: async () => void did.push('closed'),
        };
      },
      log: quietLog(),
    });
    connection.onChange((opened) => did.push(`told ${opened?.account.id ?? 'nobody'}`));
    return { connection, did };
  };

  it('goes on where it was', async () => {
    const { connection, did } = setUp(account);
    await connection.restore();
    expect(did).toEqual(['opened practice', 'told practice']);
    expect(connection.current()?.account).toEqual(account);
  });

  it('opens the practice desk once, however often it is asked', async () => {
    const { connection, did } = setUp();
    const answers = await Promise.all([connection.connect(account), connection.connect(account)]);
    expect(answers.every(({ ok: good }) => good)).toBe(true);
    expect(did.filter((one) => one !== 'resumed')).toEqual([
      'opened practice',
      'stored practice',
      'told practice',
    ]);
  });

  it('gets a new session where the desk is open already', async () => {
    const { connection, did } = setUp();
    await connection.connect(account);
    expect(did).not.toContain('resumed');
    await connection.connect(account);
    expect(did.at(-1)).toBe('resumed');
  });

  it('opens it anew where the board is spoken to in another way', async () => {
    const { connection, did } = setUp(account);
    await connection.restore();
    await connection.connect({ ...account, deskName: 'Another name' });
    expect(did.slice(2)).toEqual([
      'told nobody',
      'closed',
      'opened practice',
      'stored practice',
      'told practice',
    ]);
  });

  it('says so when it cannot be opened, and remembers nothing', async () => {
    const { connection, did } = setUp(null, true);
    expect(await connection.connect(account)).toEqual({
      ok: false,
      fault: { kind: 'desk', fault: 'failed' },
    });
    expect(did).toEqual([]);
  });

  it('ends the session when signing out, and can begin again', async () => {
    const { connection, did } = setUp(account);
    await connection.restore();
    await connection.signOut();
    expect(did.slice(2)).toEqual(['stored nobody', 'told nobody', 'closed', 'signed out']);
    expect(connection.current()).toBeNull();
    expect((await connection.connect(account)).ok).toBe(true);
  });
});
