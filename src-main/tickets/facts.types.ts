import type { Agreement, Announcement } from '@shared/domain/agreement';

/** What the provider tells everybody of the account: kept on disk, so that the number to call is there offline too. */
export interface Facts {
  /** Reads everything back; what cannot be read is moved aside and fetched again. */
  load(): Promise<{ readonly quarantined: number }>;
  /** `null`: not known (yet), or the board has none. */
  agreement(): Agreement | null;
  announcements(): readonly Announcement[];
  setAgreement(agreement: Agreement | null): Promise<void>;
  setAnnouncements(announcements: readonly Announcement[]): Promise<void>;
  /** Forgets everything, on disk too (another account). */
  clear(): Promise<void>;
  /** Called after a real change. */
  onChange(listener: () => void): () => void;
}
