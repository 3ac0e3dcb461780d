import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { promisify } from 'node:util';
import type { Boot } from '@shared/domain/restart';
import type { Clock } from '../platform/types';

/** Tells the runs of this computer apart. */
export interface BootReader {
  /** Never rejects; the id is `null` where the system tells none. */
  read(): Promise<Boot>;
  /** Since the start, in seconds. */
  uptime(): number;
}

/** What reading needs. */
export interface BootDeps {
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  /** In place of the real start: what tests set (unpackaged runs only). */
  readonly pretend: { readonly id: string; readonly bootedAt: Date } | null;
}

const PATIENCE_MS = 1_500;

/**
 * Reads the id that the system gives every start: Linux and macOS make a random one, Windows counts. Unlike a start
 * time reckoned from the clock it does not move when the clock is set.
 */
export function createBootReader({ platform, clock, pretend }: BootDeps): BootReader {
  // An id cannot change while this program runs.
  let id: Promise<string | null> | null = null;
  const uptime = (): number =>
    pretend ? Math.max((clock.now().getTime() - pretend.bootedAt.getTime()) / 1000, 0) : os.uptime();
  return {
    uptime,
    async read() {
      id ??= pretend ? Promise.resolve(pretend.id) : readId(platform).catch(() => null);
      const bootedAt = new Date(clock.now().getTime() - uptime() * 1000);
      return { id: await id, bootedAt: bootedAt.toISOString(), uptime: uptime() };
    },
  };
}

/** The start that tests pretend: an id, and since when (ISO text). */
export function pretendedBoot(env: Readonly<Record<string, string | undefined>>): BootDeps['pretend'] {
  const id = env['DESKBELL_TEST_BOOT_ID'];
  const bootedAt = new Date(env['DESKBELL_TEST_BOOTED_AT'] ?? '');
  return id === undefined || Number.isNaN(bootedAt.getTime()) ? null : { id, bootedAt };
}

async function readId(platform: NodeJS.Platform): Promise<string | null> {
  switch (platform) {
    case 'linux':
      return clean(await readFile('/proc/sys/kernel/random/boot_id', 'utf8'));
    case 'darwin':
      return clean(await output('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid']));
    case 'win32': {
      // The prefetcher counts the starts.
      const key =
        'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management\\PrefetchParameters';
      const said = await output('reg.exe', ['query', key, '/v', 'BootId']);
      return /BootId\s+REG_DWORD\s+(0x[0-9a-f]+)/i.exec(said)?.[1] ?? null;
    }
    default:
      return null;
  }
}

async function output(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, [...args], {
    timeout: PATIENCE_MS,
    windowsHide: true,
  });
  return stdout;
}

const clean = (text: string): string | null => text.trim().slice(0, 200) || null;
