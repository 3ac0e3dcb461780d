import { CircleCheck, CloudAlert } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxItem } from '@shared/domain/outbox';
import { loadOutbox } from '../../stores/feed';
import { useOutboxStore, type OutboxMirror } from '../../stores/outbox-store';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { ScreenHeader } from '../../ui/ScreenHeader';
import { Skeleton } from '../../ui/Skeleton';
import { OutboxEntry } from './OutboxEntry';
import './outbox.css';

export interface OutboxScreenProps {
  readonly onClose: () => void;
  readonly isWide: boolean;
}

/** Everything written here that the service desk does not have yet, what needs the user first; then what left lately. */
export function OutboxScreen({ onClose, isWide }: OutboxScreenProps) {
  const { t } = useTranslation('outbox');
  const phase = useOutboxStore((state) => state.phase);
  return (
    <div className="outbox">
      <ScreenHeader
        title={t('title')}
        {...(phase === 'ready' ? { description: t('text') } : {})}
        {...(isWide ? { onClose } : { onBack: onClose })}
      />
      <Content phase={phase} />
    </div>
  );
}

function Content({ phase }: { readonly phase: 'loading' | 'ready' | 'failed' }) {
  const { t } = useTranslation(['outbox', 'common']);
  const items = useOutboxStore((state) => state.items);
  const groups = useMemo(() => groupsOf([...items.values()]), [items]);
  const delivered = useDelivered();
  useFocusAfterRemoval(items);
  switch (phase) {
    case 'loading':
      return <Skeleton shape="rows" count={3} />;
    case 'failed':
      return (
        <EmptyState
          icon={CloudAlert}
          title={t('outbox:failed.title')}
          actions={<Button onPress={() => void loadOutbox()}>{t('common:action.retry')}</Button>}
        >
          {t('outbox:failed.text')}
        </EmptyState>
      );
    case 'ready':
      return (
        <>
          {groups.attention.length + groups.waiting.length === 0 && (
            <EmptyState icon={CircleCheck} title={t('outbox:empty.title')}>
              {t('outbox:empty.text')}
            </EmptyState>
          )}
          <Group title={t('outbox:attention')} items={groups.attention} />
          <Group title={t('outbox:waiting')} items={groups.waiting} />
          <Group title={t('outbox:delivered')} items={delivered} />
        </>
      );
  }
}

function Group({ title, items }: { readonly title: string; readonly items: readonly OutboxItem[] }) {
  if (items.length === 0) return null;
  return (
    <section className="outbox__group" aria-label={title}>
      <h2 className="outbox__heading">{title}</h2>
      <ul className="outbox__items">
        {items.map((item) => (
          <OutboxEntry key={item.ref} item={item} />
        ))}
      </ul>
    </section>
  );
}

/** When the item that held the focus is gone, the focus goes to the heading instead of nowhere. */
function useFocusAfterRemoval(items: ReadonlyMap<string, OutboxItem>): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      if (document.activeElement !== document.body) return;
      document.querySelector<HTMLElement>('.outbox [data-screen-title]')?.focus();
    }, FOCUS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [items]);
}

/** After a dialog has given the focus back. */
const FOCUS_AFTER_MS = 250;
/** How many sent items are shown. */
const MAX_DELIVERED = 10;

function groupsOf(items: readonly OutboxItem[]) {
  const inOrder = items.toSorted((a, b) => a.sequence - b.sequence);
  return {
    attention: inOrder.filter((item) => item.state.kind === 'needsAttention'),
    waiting: inOrder.filter(
      (item) => item.state.kind !== 'needsAttention' && item.state.kind !== 'delivered',
    ),
  };
}

/** What left lately, newest first. Main lets go of it soon; who looks on keeps it in sight. */
function useDelivered(): readonly OutboxItem[] {
  const [delivered, setDelivered] = useState(() => withDelivered([], useOutboxStore.getState().items));
  useEffect(() => {
    const look = ({ items }: Pick<OutboxMirror, 'items'>) =>
      setDelivered((before) => withDelivered(before, items));
    look(useOutboxStore.getState());
    return useOutboxStore.subscribe(look);
  }, []);
  return delivered;
}

function withDelivered(
  before: readonly OutboxItem[],
  items: ReadonlyMap<string, OutboxItem>,
): readonly OutboxItem[] {
  const now = [...items.values()].filter((item) => item.state.kind === 'delivered');
  const gone = before.filter((item) => !items.has(item.ref));
  const deliveredAt = ({ state }: OutboxItem) => (state.kind === 'delivered' ? state.at : '');
  return [...now, ...gone]
    .toSorted((a, b) => deliveredAt(b).localeCompare(deliveredAt(a)))
    .slice(0, MAX_DELIVERED);
}
