import { STEPS, type Step, type Ticket } from '@shared/domain/ticket';

/** One of the six steps as the timeline shows it. */
export interface TimelineStep {
  readonly step: Step;
  readonly state: 'done' | 'current' | 'ahead';
  /** When it was reached last; `null`: not reached, or the board does not say. */
  readonly at: string | null;
  readonly by: string | null;
}

/**
 * The six steps of a ticket. A step counts as done when a later one was reached, also where the board has no time for
 * it. After *Still broken* the ticket is at an earlier step again: what lies ahead of it shows no old time.
 * Where the board's status maps to no step, what was reached so far is done and none is current.
 */
export function timelineOf(ticket: Pick<Ticket, 'step' | 'steps' | 'closed'>): readonly TimelineStep[] {
  const reached = ticket.step === null ? lastReached(ticket.steps) : STEPS.indexOf(ticket.step);
  return STEPS.map((step, index) => {
    const entry = index <= reached ? ticket.steps.findLast((one) => one.step === step) : undefined;
    return { step, state: stateOf(index, reached, ticket), at: entry?.at ?? null, by: entry?.by ?? null };
  });
}

/** The timeline of a ticket that has not left this computer: written, and nothing else yet. */
export const pendingTimeline = (writtenAt: string | null): readonly TimelineStep[] =>
  timelineOf({
    step: 'created',
    closed: false,
    steps: writtenAt === null ? [] : [{ step: 'created', at: writtenAt, by: null }],
  });

const lastReached = (steps: Ticket['steps']): number =>
  Math.max(-1, ...steps.map((entry) => STEPS.indexOf(entry.step)));

function stateOf(
  index: number,
  reached: number,
  ticket: Pick<Ticket, 'step' | 'closed'>,
): TimelineStep['state'] {
  if (index > reached) return 'ahead';
  return index === reached && ticket.step !== null && !ticket.closed ? 'current' : 'done';
}
