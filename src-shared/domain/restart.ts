import * as z from 'zod';
import type { IntakeDraft } from './draft';
import type { Intake } from './intake';
import { InstantSchema, RefSchema, type Instant } from './primitives';
import { says } from './restart-words';

/** What is to be restarted. */
export const RestartTargetSchema = z.enum(['app', 'computer']);
/** What is to be restarted. */
export type RestartTarget = z.infer<typeof RestartTargetSchema>;

/** A run of the computer: what tells one from another. */
export const BootSchema = z.object({
  /** New with every start, where the system has such a thing. */
  id: z.string().max(200).nullable(),
  /** By the clock of the time of asking. */
  bootedAt: InstantSchema,
  /** For how long it had been running then, in seconds; time asleep may be missing. */
  uptime: z.number().nonnegative(),
});
/** A run of the computer. */
export type Boot = z.infer<typeof BootSchema>;

/** The user wants to restart something and be asked afterwards. Outlives the restart. */
export const RestartPlanSchema = z.object({
  draftId: RefSchema,
  what: RestartTargetSchema,
  askedAt: InstantSchema,
  boot: BootSchema,
});
/** The user wants to restart something and be asked afterwards. */
export type RestartPlan = z.infer<typeof RestartPlanSchema>;

/**
 * A plan as the window shows it. `waiting`: not yet. `ask`: it is time to ask whether it helped. `notYet`: the user
 * came back, and the computer was not restarted.
 */
export const RestartStageSchema = z.enum(['waiting', 'ask', 'notYet']);
/** Where a plan stands. */
export type RestartStage = z.infer<typeof RestartStageSchema>;

/** What the window knows of restarts. */
export const RestartViewSchema = z.object({
  /** When this computer was started. */
  bootedAt: InstantSchema,
  plan: RestartPlanSchema.omit({ boot: true })
    .extend({
      stage: RestartStageSchema,
      /** The computer was started anew since. */
      done: z.boolean(),
      /** The draft's summary. */
      summary: z.string(),
    })
    .nullable(),
  /** How many problems a restart has solved, on this account. */
  solved: z.number().int().nonnegative(),
});
/** What the window knows of restarts. */
export type RestartView = z.infer<typeof RestartViewSchema>;

/** What the user says: it helped, it did not, it has to wait, or it is off. */
export const RestartAnswerSchema = z.enum(['fixed', 'notFixed', 'later', 'cancel']);
/** What the user says. */
export type RestartAnswer = z.infer<typeof RestartAnswerSchema>;

/** Without an id of its own a start is told by the clock: corrections of the clock are smaller than this, in ms. */
const CLOCK_SLACK_MS = 10 * 60_000;

/**
 * Whether the computer was started anew between two looks. The system's own id decides; without one a shorter uptime
 * proves it, and a start that is later by more than a correction of the clock shows it. Sleep is no restart: systems
 * count it as uptime.
 */
export function hasRestarted(before: Boot, now: Boot): boolean {
  if (before.id !== null && now.id !== null) return before.id !== now.id;
  return (
    now.uptime < before.uptime || Date.parse(now.bootedAt) - Date.parse(before.bootedAt) > CLOCK_SLACK_MS
  );
}

/** How many seconds the computer must have been on before restarting it is worth the trouble. */
export const WORTH_AFTER_S = 4 * 60 * 60;
/** After this long the computer itself is the better thing to restart, whatever is affected, in seconds. */
export const LONG_ON_S = 7 * 24 * 60 * 60;

/** What the rule reads; a draft will do. */
export type RestartFacts = Pick<
  Intake | IntakeDraft,
  'problem' | 'affected' | 'impact' | 'workaround' | 'restarted'
>;

/**
 * Whether to suggest a restart before the ticket goes, and of what; `null`: no. It is the engineer's first question
 * (guide, chapter 5, step 5), so it is asked for what a restart often mends: a connection, a device or a program that
 * fails, on the user's own computer. Never where it cannot help (a bill, a colleague who joins, a lost password, a
 * failure of the whole office) and never where it may do harm (guide, chapter 6: a security incident is phoned in and
 * nothing is touched; unsaved or lost data; a disk or battery about to fail; an update under way).
 */
export function suggestRestart(intake: RestartFacts, uptime: number | null): RestartTarget | null {
  const { problem, affected, restarted } = intake;
  if (restarted === 'computer' || restarted === 'both' || restarted === 'notApplicable') return null;
  if (affected !== null && affected !== 'me') return null;
  const said = says(problem);
  if (said.harm || said.noUse || !said.fault) return null;
  const worthIt = uptime !== null && uptime >= WORTH_AFTER_S;
  const longOn = uptime !== null && uptime >= LONG_ON_S;
  if (said.computer || (said.app && (longOn || restarted === 'app'))) return worthIt ? 'computer' : null;
  return said.app && restarted !== 'app' ? 'app' : null;
}

/** What the answers about restarting become after this one. */
export function restartedAnswer(
  before: Intake['restarted'],
  what: RestartTarget,
): NonNullable<Intake['restarted']> {
  const other = what === 'app' ? 'computer' : 'app';
  return before === 'both' || before === other ? 'both' : what;
}

/** How long nobody is asked again while the restart has not happened, in ms. */
export const PATIENCE_MS = 20 * 60_000;

/** What is known when the user comes back. */
export interface Return {
  readonly boot: Boot;
  readonly now: Instant;
  /** The window opens, or Deskbell starts; not: the form is still open. */
  readonly isVisit: boolean;
}

/** Where a plan stands when the user comes back to the window, or while it is open. */
export function stageOf(plan: RestartPlan, { boot, now, isVisit }: Return): RestartStage {
  if (plan.what === 'computer' && hasRestarted(plan.boot, boot)) return 'ask';
  if (!isVisit) return 'waiting';
  if (plan.what === 'app') return 'ask';
  const waited = Date.parse(now) - Date.parse(plan.askedAt);
  return waited >= PATIENCE_MS || waited < 0 ? 'notYet' : 'waiting';
}

/** When the restart was: the start of the computer, or for a program the time the user says so. */
export const restartedAt = (plan: RestartPlan, boot: Boot, now: Instant): Instant =>
  plan.what === 'computer' && hasRestarted(plan.boot, boot) ? boot.bootedAt : now;
