import * as z from 'zod';
import { BoardKindSchema, LogoSchema } from './board';
import { FEATURES, POLICY_SECTIONS, READ_FAULTS, SETTING_KEYS, VALUE_REASONS } from './policy-keys';

/** One wrong value of a policy; the rest applies. */
export const PolicyProblemSchema = z.object({
  /** Where it is, e.g. `hours.holidays[2]`. */
  path: z.string().max(200),
  reason: z.enum(VALUE_REASONS),
  /** What belongs there: a kind of value (`type`), the choices, a range, or an example; empty where nothing can be said. */
  expected: z.string().max(300),
});
/** One wrong value of a policy. */
export type PolicyProblem = Readonly<z.infer<typeof PolicyProblemSchema>>;

/** What the window shows of the managed settings. */
export const PolicyViewSchema = z.object({
  /** `kept`: the source cannot be read; what it said last applies. */
  state: z.enum(['none', 'inForce', 'kept']),
  /** Who manages, where the policy says so. */
  organisation: z.string().nullable(),
  branding: z.object({
    name: z.string().nullable(),
    accentLight: z.string().nullable(),
    accentDark: z.string().nullable(),
    logo: LogoSchema.nullable(),
  }),
  /** What is offered. */
  features: z.record(z.enum(FEATURES), z.boolean()),
  /** The settings that are locked. */
  settings: z.array(z.enum(SETTING_KEYS)),
  /** What else is managed. */
  sections: z.array(z.enum(POLICY_SECTIONS)),
  /** The service desk that was chosen; `null`: the user chooses. */
  desk: z.object({ kind: BoardKindSchema, place: z.string().max(300) }).nullable(),
  /** Whether the account that is connected is at another desk than the one that was chosen. */
  isOtherDesk: z.boolean(),
  problems: z.array(PolicyProblemSchema),
  /** Why the source could not be read the last time; `null`: it could. */
  unread: z.enum(READ_FAULTS).nullable(),
});
/** What the window shows of the managed settings. */
export type PolicyView = z.infer<typeof PolicyViewSchema>;
