import type { Instant } from '@shared/domain/primitives';
import { STEPS, type Step, type StepEntry, type Visit } from '@shared/domain/ticket';
import { fieldNamed, fieldOf } from './fields';
import { isReply, nameOf, type People } from './people';
import type { RtTicket, RtTransaction } from './shapes';

/** RT's default words for the state of a ticket (lifecycle `default`); a provider may have others. */
export type Known = 'new' | 'open' | 'stalled' | 'resolved' | 'rejected' | 'deleted';
const KNOWN: readonly string[] = [
  'new',
  'open',
  'stalled',
  'resolved',
  'rejected',
  'deleted',
] satisfies readonly Known[];

/** Whether a status is one that Deskbell knows; another keeps its own word. */
export const isKnown = (status: string): status is Known => KNOWN.includes(status);

/** Where a ticket stands. */
export interface Timeline {
  /** `null`: the status belongs to none of the six steps. */
  readonly step: Step | null;
  readonly steps: readonly StepEntry[];
  /** When it was resolved last, while it still is. */
  readonly resolvedAt: Instant | null;
  /** Whether the requester said that it works after it was resolved last. */
  readonly isConfirmed: boolean;
  /** Whether the requester ended it. */
  readonly isWithdrawn: boolean;
}

/** What the timeline is read from. `history`: what happened, oldest first. */
export interface TimelineFacts {
  readonly ticket: RtTicket;
  readonly history: readonly RtTransaction[];
  readonly people: People;
  readonly fields: { readonly visit: string | null; readonly confirmed: string | null };
}

/**
 * The six steps from what RT tells (DOMAIN: A ticket). RT has no steps, so each is taken from what shows that it was done:
 * - created: filed;
 * - received: somebody of the desk did anything with it. RT's own receipt by mail is a machine's and does not count;
 * - reviewed: the visit was decided;
 * - assigned: it has an owner;
 * - working: the desk answered or opened it, or it is open again after it was resolved. That the requester's own reply opens a
 *   new ticket does not count;
 * - resolved: resolved, while it still is (RT keeps the date after a ticket was opened again).
 */
export function timelineOf(facts: TimelineFacts): Timeline {
  const { ticket, history, people } = facts;
  const { Status: status } = ticket;
  const steps = reached(facts);
  const ended = history.findLast((one) => setsStatus(one, status));
  const resolution = status === 'resolved' ? ended : undefined;
  return {
    step: isKnown(status) ? stepOf(status, steps) : null,
    steps,
    resolvedAt: status === 'resolved' ? (resolution?.Created ?? ticket.Resolved) : null,
    isConfirmed: status === 'resolved' && isConfirmed(facts, resolution),
    isWithdrawn:
      (status === 'rejected' || status === 'deleted') &&
      ended !== undefined &&
      people.isRequester(ended.Creator),
  };
}

/** How the engineer will work, as the field says once the dispatcher has decided. */
export function visitOf(ticket: RtTicket, field: string | null): Visit | null {
  const value = fieldOf(ticket, field)?.trim() ?? '';
  if (/^remote/i.test(value)) return 'remote';
  return /^on[\s-]?site/i.test(value) ? 'onSite' : null;
}

function reached({ ticket, history, people, fields }: TimelineFacts): readonly StepEntry[] {
  const first = (fits: (one: RtTransaction) => boolean): RtTransaction | undefined => history.find(fits);
  const byStaff = (one: RtTransaction): boolean => people.isStaff(one.Creator);
  const touched = first((one) => byStaff(one) && one.Type !== 'Create');
  const decided = fieldOf(ticket, fields.visit)
    ? history.findLast((one) => setsField(one, ticket, fields.visit) && one.NewValue !== '')
    : undefined;
  const owned = people.owner === null ? undefined : history.findLast(setsOwner);
  const isOpenAgain = (one: RtTransaction): boolean =>
    ticket.Status !== 'resolved' && setsStatus(one, 'resolved');
  const worked = first((one) => byStaff(one) && (isReply(one) || isOpened(one) || isOpenAgain(one)));
  const resolved =
    ticket.Status === 'resolved' ? history.findLast((one) => setsStatus(one, 'resolved')) : undefined;
  const filed = first((one) => one.Type === 'Create');
  return [
    ...entry('created', ticket.Created ?? filed?.Created ?? null, nameOf(filed?.Creator)),
    ...entry('received', touched?.Created ?? null, nameOf(touched?.Creator)),
    ...entry('reviewed', decided?.Created ?? null, nameOf(decided?.Creator)),
    ...entry('assigned', owned?.Created ?? null, people.owner?.name ?? null),
    ...entry('working', worked?.Created ?? null, nameOf(worked?.Creator)),
    ...entry('resolved', resolved?.Created ?? null, nameOf(resolved?.Creator)),
  ];
}

const entry = (step: Step, at: Instant | null, by: string | null): readonly StepEntry[] =>
  at === null ? [] : [{ step, at, by }];

/** The last step reached; a ticket that is open again stands at an earlier one than `resolved`. */
function stepOf(status: Known, steps: readonly StepEntry[]): Step | null {
  if (status === 'rejected' || status === 'deleted') return null;
  if (status === 'resolved') return 'resolved';
  const last = Math.max(0, ...steps.map(({ step }) => STEPS.indexOf(step)));
  return STEPS[last] ?? 'created';
}

/** The field alone is not enough: it may be left from before the ticket was opened again. */
function isConfirmed(
  { ticket, history, fields }: TimelineFacts,
  resolution: RtTransaction | undefined,
): boolean {
  if (fieldOf(ticket, fields.confirmed)?.toLowerCase() !== 'yes') return false;
  const said = history.findLast((one) => setsField(one, ticket, fields.confirmed));
  // Filled in while filing, or the board hides such changes: nothing says that it is old.
  if (!said || !resolution) return true;
  return Number(said.id) > Number(resolution.id);
}

const setsStatus = (one: RtTransaction, status: string): boolean =>
  one.Type === 'Status' && one.NewValue === status;
const isOpened = (one: RtTransaction): boolean => setsStatus(one, 'open');
const setsOwner = (one: RtTransaction): boolean =>
  ((one.Type === 'Set' || one.Type === 'SetWatcher') && one.Field === 'Owner') ||
  ['Give', 'Take', 'Steal', 'Force'].includes(one.Type);
const setsField = (one: RtTransaction, ticket: RtTicket, name: string | null): boolean =>
  one.Type === 'CustomField' && name !== null && fieldNamed(ticket, one.Field) === name;
