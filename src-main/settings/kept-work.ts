import * as z from 'zod';
import type { JsonFile } from '../platform/json-file';
import type { Log } from '../platform/types';

const KeptSchema = z.object({
  items: z.number().int().nonnegative(),
  drafts: z.number().int().nonnegative(),
});
/** How many writes have not left and how many drafts are begun. */
export type Kept = z.infer<typeof KeptSchema>;

/** Remembers what an account left on this computer, for the time in which nobody is connected. */
export interface KeptWork {
  /** What the last account left; `null`: there was none. */
  get(): Kept | null;
  /** Notes it when an account is left. */
  note(kept: Kept): void;
}

/** Reads what was left; a damaged file counts as nothing known. */
export function createKeptWork(file: JsonFile, log: Log): KeptWork {
  const stored = KeptSchema.safeParse(file.readNow());
  let last = stored.success ? stored.data : null;
  return {
    get: () => last,
    note(kept) {
      last = kept;
      file.write(kept).catch((error: unknown) => log.error('keptWork.notKept', error));
    },
  };
}
