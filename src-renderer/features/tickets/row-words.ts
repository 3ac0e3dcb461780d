import { STEPS } from '@shared/domain/ticket';
import { itemWords, rowState, type ItemContext, type RowState } from '@shared/domain/ticket-words';
import type { ListRow } from '../../stores/list-rows';

/** The state of a row in words, with its tone. */
export function stateOfRow(row: ListRow, context: ItemContext): RowState {
  if (row.kind === 'ticket') return rowState(row.ticket, row.pending);
  const { tone, key, params } = itemWords(row.item, { ...context, byEmail: row.item.via === 'email' });
  return { tone, word: { key, params } };
}

/** How many of the six steps a row has reached: 0 while unsent, or where the board's status maps to none. */
export function stepsReached(row: ListRow): number {
  if (row.kind === 'pending') return 0;
  if (row.ticket.withdrawn) return 0;
  if (row.ticket.closed) return STEPS.length;
  return row.ticket.step === null ? 0 : STEPS.indexOf(row.ticket.step) + 1;
}
