import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { createJsonFile } from './json-file';
import type { Log } from './types';

/** The part of Electron's safeStorage that is used. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
  /** Linux only. */
  getSelectedStorageBackend?(): string;
}

/** Secrets of an account. Plain text never reaches the disk: without a real keyring a secret lives until Deskbell ends. */
export interface Secrets {
  /** `unknown` until a secret was first read or kept: asking a locked keyring stops the whole process. */
  persistence(): 'kept' | 'memoryOnly' | 'unknown';
  /** The secret, or `null` when there is none or it cannot be read any more. */
  read(name: string): Promise<string | null>;
  /** Resolves when it is kept as well as this machine can. */
  keep(name: string, secret: string): Promise<void>;
  forget(name: string): Promise<void>;
}

/** What the secrets need. */
export interface SecretsDeps {
  readonly folder: string;
  readonly safeStorage: SafeStorage;
  readonly platform: NodeJS.Platform;
  readonly log: Log;
}

/** Which program's key protects a secret; a secret of another one is not tried. */
interface SecretFile {
  readonly backend: string;
  readonly encrypted: string;
}

/**
 * Secrets behind the system's keyring. Never used before the tray stands: a locked keyring blocks the main process until
 * the user has answered its prompt.
 */
export function createSecrets({ folder, safeStorage, platform, log }: SecretsDeps): Secrets {
  const inMemory = new Map<string, string>();
  let backend: string | null | undefined;
  const fileOf = (name: string): string => path.join(folder, `${name}.json`);

  const askBackend = (): string | null => {
    if (backend === undefined) {
      backend = keyringOf(safeStorage, platform);
      log.info('secrets.backend', { backend: backend ?? 'none' });
    }
    return backend;
  };

  const readKept = async (name: string): Promise<string | null> => {
    const file = parseSecret(await readFile(fileOf(name), 'utf8').catch(() => null));
    if (!file || file.backend !== askBackend()) return null;
    try {
      return safeStorage.decryptString(Buffer.from(file.encrypted, 'base64'));
    } catch (error) {
      log.error('secrets.unreadable', error);
      return null;
    }
  };

  return {
    persistence: () => (backend === undefined ? 'unknown' : backend === null ? 'memoryOnly' : 'kept'),
    read: async (name) => inMemory.get(name) ?? (await readKept(name)),
    async keep(name, secret) {
      inMemory.set(name, secret);
      const keyring = askBackend();
      if (keyring === null) return;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file: SecretFile = {
        backend: keyring,
        encrypted: safeStorage.encryptString(secret).toString('base64'),
      };
      await createJsonFile(fileOf(name)).write(file);
    },
    async forget(name) {
      inMemory.delete(name);
      await rm(fileOf(name), { force: true });
    },
  };
}

/** The name of the real keyring, or `null`: `basic_text` is a fixed key in the program, which protects nothing. */
function keyringOf(safeStorage: SafeStorage, platform: NodeJS.Platform): string | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (platform !== 'linux') return platform === 'darwin' ? 'keychain' : 'dpapi';
  const name = safeStorage.getSelectedStorageBackend?.() ?? 'unknown';
  return name === 'basic_text' || name === 'unknown' ? null : name;
}

function parseSecret(text: string | null): SecretFile | null {
  if (text === null) return null;
  try {
    const { backend, encrypted } = JSON.parse(text) as Record<string, unknown>;
    return typeof backend === 'string' && typeof encrypted === 'string' ? { backend, encrypted } : null;
  } catch {
    return null;
  }
}
