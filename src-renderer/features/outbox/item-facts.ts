import type { OutboxItem } from '@shared/domain/outbox';

/** What an item is, as a key of `outbox:kind`. */
export function kindOf({
  write,
}: OutboxItem): 'create' | 'message' | 'rate' | 'works' | 'stillBroken' | 'withdraw' {
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
  }
}

/** How many files go along. */
export const filesOf = ({ write }: OutboxItem): number => ('files' in write ? write.files.length : 0);

/** What can be done with an item now. What is leaving or has left can no longer be changed. */
export function actionsOf(item: OutboxItem): readonly ('sendNow' | 'edit' | 'copyText' | 'discard')[] {
  const hasText = item.write.kind === 'create' || textOf(item) !== '';
  const copy = hasText ? (['copyText'] as const) : [];
  switch (item.state.kind) {
    case 'delivered':
      return [];
    case 'sending':
      return copy;
    case 'queued':
    case 'held':
    case 'needsAttention': {
      const isBehind = item.state.kind === 'held' && item.state.reason === 'aheadInLane';
      const isState = item.write.kind === 'state';
      return [
        ...(isBehind ? [] : (['sendNow'] as const)),
        ...(isState ? [] : (['edit'] as const)),
        ...copy,
        'discard',
      ];
    }
  }
}
