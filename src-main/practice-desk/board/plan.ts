import type { BusinessHours } from '@shared/domain/agreement';
import type { TicketRecord } from '../data/tables';
import { dueAt, type Errand } from '../pace';
import { nextAction } from '../staff/script';
import type { Pace } from '../types';

/** What deciding on times needs. */
export interface PlanDeps {
  readonly pace: Pace;
  readonly random: () => number;
  readonly hours: BusinessHours;
}

/** Sets when the staff do what comes next. What was planned before and still comes next keeps its time. */
export function plan(
  before: TicketRecord | null,
  after: TicketRecord,
  at: Date,
  deps: PlanDeps,
): TicketRecord {
  const due = (errand: Errand): string | null => {
    const emergency = after.triage.emergency;
    return dueAt(deps.pace, { errand, from: at, emergency }, deps)?.toISOString() ?? null;
  };
  return { ...after, next: plannedAction(after, due), courtesy: plannedCourtesy(before, after, due) };
}

function plannedAction(after: TicketRecord, due: (errand: Errand) => string | null): TicketRecord['next'] {
  const action = nextAction(after);
  if (action === null) return null;
  if (after.next?.action === action) return after.next;
  const at = due(action);
  return at === null ? null : { action, at };
}

function plannedCourtesy(
  before: TicketRecord | null,
  after: TicketRecord,
  due: (errand: Errand) => string | null,
): TicketRecord['courtesy'] {
  if (after.courtesy === null || after.ticket.closed) return null;
  if (before?.courtesy) return after.courtesy;
  const at = due('courtesy');
  return at === null ? null : { kind: after.courtesy.kind, at };
}
