import * as z from 'zod';
import { InstantSchema } from '@shared/domain/primitives';
import type { JsonFile } from '../platform/json-file';
import type { Clock, Log } from '../platform/types';

const AwaySchema = z.object({ since: InstantSchema.nullable() });

/** Since when a board is out of reach. */
export interface Away {
  /** `null`: it is not. */
  since(): Date | null;
  /** What is known of its reach now. Returns whether something has changed. */
  note(reach: 'checking' | 'online' | 'offline' | 'signedOut'): boolean;
  /** Resolves when what is known is on disk. */
  settled(): Promise<void>;
}

/**
 * Remembers it across restarts: a board that was away when Deskbell ended and is away when it looks again counts as away all
 * the time.
 */
export function createAway(file: JsonFile, clock: Pick<Clock, 'now'>, log: Log): Away {
  const stored = AwaySchema.safeParse(file.readNow());
  let since = stored.success ? stored.data.since : null;
  let isSeen = false;

  const become = (next: string | null): boolean => {
    isSeen ||= next !== null;
    if (next === since) return false;
    since = next;
    file.write({ since }).catch((error: unknown) => log.error('fallback.awayNotKept', error));
    return true;
  };
  return {
    settled: () => file.settled(),
    // A time ahead of now comes from a clock that was wrong.
    since: () =>
      since === null || !isSeen ? null : new Date(Math.min(Date.parse(since), clock.now().getTime())),
    note(reach) {
      switch (reach) {
        case 'checking':
          return false;
        case 'offline': {
          const wasSeen = isSeen;
          return become(since ?? clock.now().toISOString()) || !wasSeen;
        }
        case 'online':
        case 'signedOut':
          isSeen = false;
          return become(null);
      }
    },
  };
}
