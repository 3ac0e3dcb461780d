import type { Draft } from '@shared/domain/draft';
import type { OutboxItem, TicketTarget } from '@shared/domain/outbox';
import type { Instant, Ref, TicketId } from '@shared/domain/primitives';
import { assertNever } from '@shared/domain/result';
import { keyOfItem } from '@shared/domain/ticket-key';

/**
 * What the user wrote in an item, as a draft that can be changed. `null`: there is nothing to change in it, or its ticket has
 * no number yet.
 */
export function fromItem(
  item: OutboxItem,
  id: Ref,
  now: Instant,
  items: readonly OutboxItem[],
): Draft | null {
  const common = { id, createdAt: now, updatedAt: now };
  const { write } = item;
  switch (write.kind) {
    case 'create':
      // What goes along about the computer is looked at and shown afresh.
      return { ...common, kind: 'ticket', intake: { ...write.intake, device: [] }, files: write.files };
    case 'message': {
      const { text, files, followUp } = write;
      const message = { ...common, kind: 'message' as const, ticketKey: keyOfItem(item), text, files };
      return followUp ? { ...message, followUp } : message;
    }
    case 'rate': {
      const ticketId = ticketIdOf(write.target, items);
      if (ticketId === null) return null;
      return { ...common, kind: 'survey', ticketId, answers: write.answers, comment: write.comment };
    }
    case 'state':
    case 'join':
      return null;
    default:
      return assertNever(write);
  }
}

function ticketIdOf(target: TicketTarget, items: readonly OutboxItem[]): TicketId | null {
  if (target.kind === 'board') return target.id;
  const create = items.find(({ ref }) => ref === target.ref)?.state;
  return create?.kind === 'delivered' ? create.receipt.ticketId : null;
}
