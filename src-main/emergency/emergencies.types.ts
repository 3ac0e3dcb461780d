import type { EmergencyWatch } from '@shared/domain/emergency-watch';
import type { Ref } from '@shared/domain/primitives';

/** The clocks of the emergencies filed on this machine (DOMAIN: emergencies; guide, chapter 6). */
export interface Emergencies {
  /** Reads the clocks back; then looks at once what has become of them. */
  load(): Promise<{ readonly quarantined: number }>;
  /** Starts looking: at tickets, at the outbox, and at the time. What was missed while Deskbell was off is told now. */
  start(): void;
  /** Latest first. */
  list(): readonly EmergencyWatch[];
  /** The user reached somebody, or wants no more reminders. An unknown ref changes nothing. */
  end(ref: Ref, because: 'reached' | 'stopped'): Promise<void>;
  onChange(listener: () => void): () => void;
  /** Looks once more; after the machine woke up. */
  look(): void;
  /** Looks no more; resolves when what is being stored is on disk. */
  close(): Promise<void>;
}
