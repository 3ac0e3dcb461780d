import { err, ok, type Result } from '@shared/domain/result';
import type { Action, Phase, TicketRecord } from '../data/tables';
import { nextAction, perform, type Scene } from './script';

/** Where the manual pace can be told to go. */
export type Target = 'received' | 'reviewed' | 'assigned' | 'working' | 'question' | 'resolved';

/** Why nothing was done. */
export type Standstill = 'closed' | 'waiting' | 'nothingToDo';

/** The phases in which a target lies behind already: going there changes nothing. */
const REACHED: Readonly<Record<Exclude<Target, 'question'>, readonly Phase[]>> = {
  received: [
    'received',
    'reviewed',
    'assigned',
    'working',
    'investigating',
    'resolved',
    'reopened',
    'retrying',
  ],
  reviewed: ['reviewed', 'assigned', 'working', 'investigating', 'resolved', 'reopened', 'retrying'],
  assigned: ['assigned', 'working', 'investigating', 'resolved', 'reopened', 'retrying'],
  working: ['working', 'investigating', 'resolved', 'retrying'],
  resolved: ['resolved'],
};

/**
 * The next thing the staff do, or everything up to a step. Going to `resolved` asks nothing on the way and does not
 * wait for an open question; going to `question` asks once more where one was answered.
 */
export function advance(
  record: TicketRecord,
  target: Target | undefined,
  scene: Scene,
): Result<TicketRecord, Standstill> {
  if (record.ticket.closed) return err('closed');
  if (target === undefined) {
    const action = nextAction(record);
    if (action) return ok(perform(record, action, scene));
    return err(record.ticket.question === null ? 'nothingToDo' : 'waiting');
  }
  let current = record;
  while (!isReached(current, target)) {
    const action = towards(current, target);
    if (!action) return err('nothingToDo');
    current = perform(current, action, scene);
  }
  return ok(current);
}

function isReached(record: TicketRecord, target: Target): boolean {
  return target === 'question' ? record.ticket.question !== null : REACHED[target].includes(record.phase);
}

function towards(record: TicketRecord, target: Target): Action | null {
  if (target === 'resolved' && ['working', 'investigating'].includes(record.phase)) return 'resolve';
  if (target === 'question' && ['working', 'investigating', 'retrying'].includes(record.phase)) return 'ask';
  const unasked = { ...record, ticket: { ...record.ticket, question: null } };
  return nextAction(unasked);
}
