import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ageOf } from '@shared/domain/time-words';
import { useReach } from '../../stores/app-store';
import { heldOrder, summaryOf, changedAt, type ListRow } from '../../stores/list-rows';
import { useNavigation } from '../../stores/navigation';
import { useNow } from '../../ui/environment';
import { VirtualList } from '../../ui/VirtualList';
import { openFromList } from './open-from-list';
import { stateOfRow, stepsReached } from './row-words';
import { TicketRow } from './TicketRow';

/** Height of a row, in rem (62 px at the usual size). */
const ROW_HEIGHT = 3.875;
/** After this long without a movement the pointer no longer keeps the order of the rows. */
const IDLE_MS = 8000;

/** The rows. While the pointer moves over them their order stays. */
export function TicketList({
  rows,
  opensOnMove,
}: {
  readonly rows: readonly ListRow[];
  readonly opensOnMove: boolean;
}) {
  const { t, i18n } = useTranslation(['tickets', 'status']);
  const now = useNow();
  const reach = useReach();
  const selected = useNavigation((state) => (state.route.screen === 'ticket' ? state.route.key : null));
  const [isHeld, pointer] = usePointerInside();
  const shown = useHeldOrder(rows, isHeld);
  const selectedRow = shown.find(
    (row) => row.key === selected || (row.kind === 'ticket' && `id:${row.ticket.id}` === selected),
  );

  const nameOf = useCallback(
    (row: ListRow) => {
      const { word } = stateOfRow(row, { now, reach });
      const age = ageOf(changedAt(row), now, i18n.language);
      const reached = stepsReached(row);
      const words = { summary: summaryOf(row), state: t(`status:${word.key}`, word.params), age };
      if (reached === 0) return t('tickets:row.nameNoStep', words);
      return t('tickets:row.name', { ...words, step: t('tickets:row.step', { number: reached }) });
    },
    [t, i18n, now, reach],
  );
  return (
    <div className="tickets__list" {...pointer}>
      <VirtualList
        label={t('tickets:listLabel')}
        items={shown}
        keyOf={keyOfRow}
        nameOf={nameOf}
        rowHeight={ROW_HEIGHT}
        selectedKey={selectedRow?.key ?? null}
        onChoose={(key, by) => (by === 'press' || opensOnMove) && openFromList(key, by)}
        renderItem={renderRow}
      />
    </div>
  );
}

const renderRow = (row: ListRow) => <TicketRow row={row} />;
const keyOfRow = (row: ListRow): string => row.key;

function useHeldOrder(rows: readonly ListRow[], isHeld: boolean): readonly ListRow[] {
  const [order, setOrder] = useState<readonly string[] | null>(null);
  if (isHeld && order === null) setOrder(rows.map(keyOfRow));
  if (!isHeld && order !== null) setOrder(null);
  return useMemo(() => (order === null ? rows : heldOrder(rows, order)), [rows, order]);
}

function usePointerInside() {
  const [isInside, setInside] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const leave = () => {
    clearTimeout(timer.current);
    setInside(false);
  };
  const move = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(leave, IDLE_MS);
    setInside(true);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return [isInside, { onPointerMove: move, onPointerLeave: leave }] as const;
}
