import * as z from 'zod';
import { AgreementSchema, type Agreement } from '@shared/domain/agreement';
import { BoardKindSchema } from '@shared/domain/board';
import type { JsonFile } from '../platform/json-file';
import type { Log } from '../platform/types';

const LastSchema = z.object({ agreement: AgreementSchema, from: BoardKindSchema });
/** The last agreement this machine has known, and from which kind of board. */
export type LastKnown = z.infer<typeof LastSchema>;

/** Keeps the numbers to call at hand for this machine: signed out, offline, and on the welcome screen. */
export interface LastAgreement {
  get(): LastKnown | null;
  /** Notes what is known now; nothing is written where that is no news. */
  keep(agreement: Agreement, from: LastKnown['from']): void;
}

/** Reads the last agreement; a damaged file counts as none. */
export function createLastAgreement(file: JsonFile, log: Log): LastAgreement {
  const stored = LastSchema.safeParse(file.readNow());
  let last = stored.success ? stored.data : null;
  return {
    get: () => last,
    keep(agreement, from) {
      const next = { agreement, from };
      if (JSON.stringify(next) === JSON.stringify(last)) return;
      last = next;
      file.write(next).catch((error: unknown) => log.error('agreement.notKept', error));
    },
  };
}
