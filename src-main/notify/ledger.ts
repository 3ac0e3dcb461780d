import * as z from 'zod';
import type { JsonFile } from '../platform/json-file';

/** What has been told, so that nothing is told twice, after a restart neither. */
export interface Ledger {
  has(key: string): boolean;
  /** Resolves when the keys are on disk; they count from the moment of the call. @throws StorageError */
  add(keys: readonly string[]): Promise<void>;
  /** What they stand for can happen anew. Resolves as `add` does. @throws StorageError */
  forget(keys: readonly string[]): Promise<void>;
  settled(): Promise<void>;
}

/** So many keys are remembered; a ticket has about ten in its life. */
export const LEDGER_SIZE = 2_000;

const LedgerSchema = z.object({ told: z.array(z.string()) });

/** Reads the ledger; a damaged one begins anew. */
export function createLedger(file: JsonFile): Ledger {
  const stored = LedgerSchema.safeParse(file.readNow());
  const told = new Set(stored.success ? stored.data.told : []);
  return {
    has: (key) => told.has(key),
    async add(keys) {
      for (const key of keys) {
        told.delete(key);
        told.add(key);
      }
      const tooMany = told.size - LEDGER_SIZE;
      if (tooMany > 0) for (const key of [...told].slice(0, tooMany)) told.delete(key);
      await file.write({ told: [...told] });
    },
    async forget(keys) {
      for (const key of keys) told.delete(key);
      await file.write({ told: [...told] });
    },
    settled: () => file.settled(),
  };
}
