import type { ReadFault } from '@shared/domain/policy-keys';
import type { PolicyProblem } from '@shared/domain/policy-view';

/** Where managed settings come from. */
export type SourceName = 'registry' | 'managedPreferences' | 'file' | 'commandLine';

/** What looking at a source gave. The content is not checked yet. */
export type SourceReading =
  | { readonly kind: 'found'; readonly content: unknown; readonly problems: readonly PolicyProblem[] }
  /** There are no managed settings: the administrator has taken them away, or never made any. */
  | { readonly kind: 'absent' }
  /** Nobody knows whether there are any. */
  | { readonly kind: 'failed'; readonly fault: ReadFault };

/** A place that only an administrator can write to. */
export interface PolicySource {
  readonly name: SourceName;
  /** Looks now. Never rejects and always ends. */
  read(): Promise<SourceReading>;
}

/** Managed settings that were found, all of them right as far as the source can tell. */
export const found = (content: unknown): SourceReading => ({ kind: 'found', content, problems: [] });
/** There are none. */
export const ABSENT: SourceReading = { kind: 'absent' };
/** The source could not be read. */
export const failed = (fault: ReadFault): SourceReading => ({ kind: 'failed', fault });
