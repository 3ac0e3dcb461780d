import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { AgreementSchema, AnnouncementSchema } from '@shared/domain/agreement';
import type { OpenDocuments } from '../platform/documents.types';
import type { Log } from '../platform/types';
import type { Facts } from './facts.types';

/** What the facts need. */
export interface FactsDeps {
  /** Opened in the folder of the account. */
  readonly documents: OpenDocuments;
  readonly log: Log;
}

const FACTS = 'facts';
const FactsSchema = z.object({
  agreement: AgreementSchema.nullable().catch(null),
  announcements: z.array(AnnouncementSchema).catch([]),
});
type Known = z.infer<typeof FactsSchema>;

/** Opens what is known of an account's agreement and announcements; `load` comes first. */
export function createFacts({ documents, log }: FactsDeps): Facts {
  const folder = documents('facts', FactsSchema);
  const listeners = new Set<() => void>();
  let known: Known = { agreement: null, announcements: [] };

  async function change(part: Partial<Known>): Promise<void> {
    const next = { ...known, ...part };
    if (isDeepStrictEqual(next, known)) return;
    known = next;
    try {
      await folder.write(FACTS, next);
    } catch (error) {
      // Still known until Deskbell ends, and asked for again with the next start.
      log.error('facts.notStored', error);
    }
    listeners.forEach((listener) => listener());
  }

  return {
    async load() {
      const { documents: loaded, quarantined } = await folder.loadAll();
      known = loaded.get(FACTS) ?? known;
      return { quarantined };
    },
    agreement: () => known.agreement,
    announcements: () => known.announcements,
    setAgreement: (agreement) => change({ agreement }),
    setAnnouncements: (announcements) => change({ announcements: [...announcements] }),
    clear: () => change({ agreement: null, announcements: [] }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
