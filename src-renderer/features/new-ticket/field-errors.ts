import type { Intake } from '@shared/domain/intake';

/** The words under a field that cannot go as it is; `null` where all is well. */
export type FieldErrors = { readonly [Field in keyof Intake]?: string | null };
