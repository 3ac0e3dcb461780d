import * as z from 'zod';
import type { DeskFault } from '@shared/domain/fault';
import type { Result } from '@shared/domain/result';
import type { JsonFile } from '../platform/json-file';
import type { Clock, Log } from '../platform/types';

/** What knowing it needs. */
export interface LackingDeps {
  /** Keeps it for starts without a network. */
  readonly file: JsonFile;
  /** Asks the board (`BoardType.lacking`). */
  readonly ask: () => Promise<Result<readonly string[], DeskFault>>;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long an account's first opening waits for the board, in ms: somebody has just signed in to it. */
const FIRST_WAIT_MS = 5_000;

const StoredSchema = z.object({ lacking: z.array(z.string().max(200)).max(100) });

/**
 * What the account's board does not have. The answer of the last time, while the board is asked again for the next time: a
 * start waits for nobody. Only where nothing is known yet, right after the first sign-in, the board is waited for.
 */
export async function readLacking(deps: LackingDeps): Promise<readonly string[]> {
  const { file, clock } = deps;
  const stored = StoredSchema.safeParse(file.readNow());
  const asked = askAndKeep(deps, stored.success ? stored.data.lacking : null);
  if (stored.success) return stored.data.lacking;
  let stop = (): void => undefined;
  const patience = new Promise<null>((resolve) => (stop = clock.after(FIRST_WAIT_MS, () => resolve(null))));
  const lacking = await Promise.race([asked, patience]);
  stop();
  return lacking ?? [];
}

/** Never rejects; `null`: the board did not say. */
async function askAndKeep(
  { file, ask, log }: LackingDeps,
  known: readonly string[] | null,
): Promise<readonly string[] | null> {
  try {
    const found = await ask();
    if (!found.ok) return null;
    if (JSON.stringify(found.value) !== JSON.stringify(known)) await file.write({ lacking: found.value });
    return found.value;
  } catch (error) {
    log.error('board.lacking', error);
    return null;
  }
}
