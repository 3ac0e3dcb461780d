import { create } from 'zustand';
import type { PushPayload } from '@shared/contract';
import type { OutboxItem } from '@shared/domain/outbox';
import type { Ref } from '@shared/domain/primitives';

/** Bytes of an item that have left. */
export interface Progress {
  readonly sent: number;
  readonly total: number;
}

/** The outbox as main has it. Delivered items stay for a while and then leave the list. */
export interface OutboxMirror {
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly items: ReadonlyMap<Ref, OutboxItem>;
  readonly progress: ReadonlyMap<Ref, Progress>;
}

export const useOutboxStore = create<OutboxMirror>(() => ({
  phase: 'loading',
  items: new Map(),
  progress: new Map(),
}));

/** Replaces the whole list. */
export function resetOutbox(items: readonly OutboxItem[]): void {
  useOutboxStore.setState({
    phase: 'ready',
    items: new Map(items.map((item) => [item.ref, item])),
    progress: new Map(),
  });
}

/**
 * Takes an item that main has just accepted, unless a push brought it already: then the push is as new or newer. So a
 * screen that goes to what was sent never finds it missing.
 */
export function applyAccepted(item: OutboxItem): void {
  if (useOutboxStore.getState().items.has(item.ref)) return;
  applyOutbox({ upserted: [item], removed: [], progress: [] });
}

/** Takes a push of main. Progress of an item that is not being sent any more is forgotten. */
export function applyOutbox({ upserted, removed, progress }: PushPayload<'outbox.changed'>): void {
  useOutboxStore.setState((before) => {
    const items = changedItems(before.items, upserted, removed);
    const next = new Map([...before.progress, ...progress.map(({ ref, ...rest }) => [ref, rest] as const)]);
    for (const ref of next.keys()) if (items.get(ref)?.state.kind !== 'sending') next.delete(ref);
    return { items, progress: next };
  });
}

/** The same map where nothing changed, so that nothing is drawn anew. */
function changedItems(
  before: OutboxMirror['items'],
  upserted: readonly OutboxItem[],
  removed: readonly Ref[],
): OutboxMirror['items'] {
  if (upserted.length + removed.length === 0) return before;
  const items = new Map(before);
  for (const item of upserted) items.set(item.ref, item);
  for (const ref of removed) items.delete(ref);
  return items;
}
