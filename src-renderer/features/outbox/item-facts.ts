import type { OutboxItem } from '@shared/domain/outbox';
import { canSendNow, isOver, isUndecided } from '@shared/domain/outbox-rules';

/** What an item is, as a key of `outbox:kind`. */
export function kindOf({
  write,
}: OutboxItem): 'create' | 'message' | 'rate' | 'join' | 'works' | 'stillBroken' | 'withdraw' {
  return write.kind === 'state' ? write.change : write.kind;
}

/** What an item says, in the user's words; may be empty. */
export function textOf({ write }: OutboxItem): string {
  switch (write.kind) {
    case 'create':
      return write.summary;
    case 'message':
    case 'state':
      return write.text.trim();
    case 'rate':
      return write.comment.trim();
    case 'join':
      return write.title;
  }
}

/** How many files go along. */
export const filesOf = ({ write }: OutboxItem): number => ('files' in write ? write.files.length : 0);

/** Something the user can do with an item. */
export type ItemAction =
  'sendAgain' | 'markArrived' | 'sendNow' | 'sendByEmail' | 'edit' | 'copyText' | 'discard';

/**
 * What can be done with an item now. What is leaving or has left can no longer be changed; sending again what was
 * refused, or writing to a ticket that is closed, would only be refused again; of what may have arrived only the user knows
 * whether to send it again. `isEmailOffered`: it can go by e-mail instead.
 */
export function actionsOf(item: OutboxItem, isEmailOffered: boolean): readonly ItemAction[] {
  switch (item.state.kind) {
    case 'delivered':
      return [];
    case 'sending':
      return hasWords(item) ? ['copyText'] : [];
    case 'queued':
    case 'held':
    case 'needsAttention':
      return [
        ...(isUndecided(item.state) ? (['sendAgain', 'markArrived'] as const) : []),
        ...(canSendNow(item) && !isRatedAlready(item) ? (['sendNow'] as const) : []),
        ...(isEmailOffered ? (['sendByEmail'] as const) : []),
        ...(canEdit(item) && !isRatedAlready(item) ? (['edit'] as const) : []),
        ...(hasWords(item) ? (['copyText'] as const) : []),
        'discard',
      ];
  }
}

/** Rated in another place meanwhile: one rating is all a ticket gets. */
const isRatedAlready = ({ write, state }: OutboxItem): boolean =>
  write.kind === 'rate' &&
  state.kind === 'needsAttention' &&
  state.fault.kind === 'conflict' &&
  state.fault.reason === 'duplicate';

const hasWords = (item: OutboxItem): boolean =>
  item.write.kind === 'create' || (item.write.kind !== 'join' && textOf(item) !== '');

/** A state change has nothing to edit, nor has "I have this too". */
const canEdit = ({ write, state }: OutboxItem): boolean =>
  write.kind !== 'state' &&
  write.kind !== 'join' &&
  !isUndecided(state) &&
  !(state.kind === 'needsAttention' && write.kind !== 'create' && isOver(state.fault));
