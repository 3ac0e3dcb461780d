import type { DeviceFact, DeviceKey, DeviceReading, DeviceReport } from '@shared/domain/device';
import type { Log } from '../../platform/types';

/** Finds out one thing; `null` where this computer has no such thing. May reject or never answer. */
export interface Probe {
  readonly key: DeviceKey;
  readonly run: () => Promise<DeviceFact | null>;
}

/** What looking at the computer needs. */
export interface CollectDeps {
  /** In the order in which they are shown. */
  readonly probes: readonly Probe[];
  /** How long each may take, in ms of real time: a look is over after that. */
  readonly patience: number;
  readonly log: Log;
}

/**
 * Looks at this computer: all probes at once, each with its own time limit, so that none holds up another. What did
 * not answer is said so. Looks under way are shared. Nothing that was found is kept or logged.
 */
export function createDeviceFacts({ probes, patience, log }: CollectDeps): () => Promise<DeviceReport> {
  let looking: Promise<DeviceReport> | null = null;

  const read = async ({ key, run }: Probe): Promise<DeviceReading | null> => {
    try {
      const fact = await within(patience, run);
      return fact === null ? null : { state: 'known', fact };
    } catch {
      // Which one, never what it said: that could name the user.
      log.warn('device.silent', { kind: key });
      return { state: 'silent', key };
    }
  };
  const look = async (): Promise<DeviceReport> => {
    const readings = await Promise.all(probes.map(read));
    return { readings: readings.filter((reading) => reading !== null) };
  };

  return () => {
    looking ??= look().finally(() => (looking = null));
    return looking;
  };
}

/** Rejects when there is no answer after `ms`. */
export async function within<T>(ms: number, run: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('No answer in time')), ms);
  });
  try {
    return await Promise.race([run(), late]);
  } finally {
    clearTimeout(timer);
  }
}
