import type { OutboxItem } from '@shared/domain/outbox';
import type { TicketView } from '../../stores/selectors';

type Pending = Pick<TicketView, 'pending'>;

/** Whether the user has said something of the ticket as a whole that the board does not know yet. */
export const isChanging = ({ pending }: Pending): boolean =>
  pending.some((item) => item.write.kind === 'state' && item.state.kind !== 'needsAttention');

/** Whether an answer is on its way, so that nobody answers the same question twice. */
export const isAnswering = ({ pending }: Pending): boolean =>
  pending.some(
    ({ write, state }) =>
      write.kind === 'message' && write.followUp !== true && state.kind !== 'needsAttention',
  );

/** The ratings that could not be delivered, which no other part of the screen shows. */
export const refusedRating = ({ pending }: Pending): OutboxItem | null =>
  pending.find((item) => item.write.kind === 'rate' && item.state.kind === 'needsAttention') ?? null;

/** Whether the user can still change or take back an item. */
export const canChange = (item: OutboxItem): boolean =>
  item.state.kind !== 'delivered' && item.state.kind !== 'sending';
