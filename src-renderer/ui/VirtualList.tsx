import {
  memo,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { visibleRange, withKept } from './virtual-range';
import './VirtualList.css';

/** How a row was chosen: `move` by arrows or typing, `press` by pointer, Enter or Space. */
export type ChosenBy = 'move' | 'press';

export interface VirtualListProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** The accessible name of a row; typing jumps to rows that start with it. Keep it and `renderItem` the same between renders. */
  readonly nameOf: (item: Item) => string;
  readonly renderItem: (item: Item) => ReactNode;
  readonly selectedKey: string | null;
  readonly onChoose: (key: string, by: ChosenBy) => void;
  /** Height of every row, in rem. */
  readonly rowHeight: number;
}

const OVERSCAN = 6;
/** Before the first measure, and where nothing is laid out (tests). */
const ASSUMED_HEIGHT = 720;
const TYPE_PAUSE_MS = 700;

/**
 * A list of many rows of one height as a listbox: only the visible rows are in the document, positions are told to
 * screen readers, and the rows in view stay where they are when others come or go above them.
 */
export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { label, items, keyOf, nameOf, renderItem, selectedKey, onChoose, rowHeight } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: ASSUMED_HEIGHT, rem: 16 });
  const [movedTo, setMovedTo] = useState<string | null>(null);
  const row = rowHeight * view.rem;

  const indexOf = (key: string | null) =>
    key === null ? -1 : items.findIndex((item) => keyOf(item) === key);
  const movedIndex = indexOf(movedTo);
  const selectedIndex = indexOf(selectedKey);
  const active = movedIndex >= 0 ? movedIndex : Math.max(0, selectedIndex);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => {
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
      setView((before) => ({ ...before, height: element.clientHeight || ASSUMED_HEIGHT, rem }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useAnchoredScroll(box, items, keyOf, row);

  const reveal = (index: number) => {
    const element = box.current;
    if (element === null) return;
    const top = index * row;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + row > element.scrollTop + view.height) element.scrollTop = top + row - view.height;
  };
  const moveTo = (index: number) => {
    const item = items[Math.min(items.length - 1, Math.max(0, index))];
    if (item === undefined) return;
    setMovedTo(keyOf(item));
    reveal(items.indexOf(item));
    onChoose(keyOf(item), 'move');
  };
  const typed = useTypeAhead((prefix, isFirst) => {
    const order = [...items.keys()].map((index) => (active + (isFirst ? 1 : 0) + index) % items.length);
    const found = order.find((index) => startsWith(nameOf(items[index] as Item), prefix));
    if (found !== undefined) moveTo(found);
  });
  const press = (index: number) => {
    const item = items[index];
    if (item === undefined) return;
    setMovedTo(keyOf(item));
    onChoose(keyOf(item), 'press');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(view.height / row) - 1);
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      Home: 0,
      End: items.length - 1,
      PageDown: active + page,
      PageUp: active - page,
    };
    const target = moves[event.key];
    if (target !== undefined) moveTo(target);
    else if (!typed(event.key)) {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      press(active);
    }
    event.preventDefault();
  };

  const range = visibleRange({
    top: view.top,
    height: view.height,
    row,
    count: items.length,
    overscan: OVERSCAN,
  });
  const shown = withKept(range, active, items.length);
  return (
    <div
      ref={box}
      className="ui-virtual-list"
      role="listbox"
      aria-label={label}
      tabIndex={0}
      data-list
      aria-activedescendant={items.length > 0 ? `${id}-${keyOf(items[active] as Item)}` : undefined}
      onKeyDown={onKeyDown}
      onFocus={() => items.length > 0 && reveal(active)}
      onClick={(event) => {
        const index = (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset.index;
        if (index !== undefined) press(Number(index));
      }}
      onScroll={(event) => {
        const top = event.currentTarget.scrollTop;
        setView((before) => ({ ...before, top }));
      }}
    >
      <div className="ui-virtual-list__all" role="presentation" style={{ blockSize: items.length * row }}>
        {shown.map((index) => {
          const item = items[index] as Item;
          return (
            <Row
              key={keyOf(item)}
              id={`${id}-${keyOf(item)}`}
              item={item}
              index={index}
              count={items.length}
              height={row}
              isActive={index === active}
              isSelected={index === selectedIndex}
              nameOf={nameOf}
              renderItem={renderItem}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowProps<Item> {
  readonly id: string;
  readonly item: Item;
  readonly index: number;
  readonly count: number;
  readonly height: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly nameOf: (item: Item) => string;
  readonly renderItem: (item: Item) => ReactNode;
}

/** One row; drawn anew only when something of it changed, so that scrolling stays smooth. */
const Row = memo(function Row<Item>(props: RowProps<Item>) {
  const { id, item, index, count, height, isActive, isSelected, nameOf, renderItem } = props;
  return (
    <div
      id={id}
      className="ui-virtual-list__row"
      role="option"
      aria-label={nameOf(item)}
      aria-selected={isSelected}
      aria-posinset={index + 1}
      aria-setsize={count}
      data-index={index}
      data-active={isActive || undefined}
      style={{ blockSize: height, translate: `0 ${index * height}px` }}
    >
      {renderItem(item)}
    </div>
  );
}) as <Item>(props: RowProps<Item>) => ReactNode;

/** Keeps the first row in view where it is when rows come or go above it. At the very top new rows may appear. */
function useAnchoredScroll<Item>(
  box: RefObject<HTMLDivElement | null>,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  row: number,
): void {
  const before = useRef(items);
  useLayoutEffect(() => {
    const element = box.current;
    const old = before.current;
    before.current = items;
    // Reading the scroll position costs a layout: only when the rows have changed.
    if (old === items || element === null || row === 0 || element.scrollTop === 0) return;
    const places = new Map(items.map((item, index) => [keyOf(item), index]));
    const first = Math.floor(element.scrollTop / row);
    const anchor = old.findIndex((item, index) => index >= first && places.has(keyOf(item)));
    const place = anchor < 0 ? undefined : places.get(keyOf(old[anchor] as Item));
    if (place !== undefined && place !== anchor)
      element.scrollBy({ top: (place - anchor) * row, behavior: 'instant' });
  });
}

/**
 * Collects typed letters; the handler hears the whole prefix. Returns whether a key was one of them: a space is one
 * only within words.
 */
function useTypeAhead(onPrefix: (prefix: string, isFirst: boolean) => void): (key: string) => boolean {
  const state = useRef({ prefix: '', at: 0 });
  return (key) => {
    const now = Date.now();
    const before = now - state.current.at > TYPE_PAUSE_MS ? '' : state.current.prefix;
    if (key.length !== 1 || (key === ' ' && before === '')) return false;
    state.current = { prefix: before + key, at: now };
    onPrefix(before + key, before === '');
    return true;
  };
}

const startsWith = (name: string, prefix: string): boolean =>
  name.toLocaleLowerCase().startsWith(prefix.toLocaleLowerCase());
