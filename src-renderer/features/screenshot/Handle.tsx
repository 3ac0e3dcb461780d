import { useId, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Point, Rect, Size } from './geometry';

export interface HandleProps {
  /** To find it again from the list. */
  readonly id: string;
  /** What it is, where and how large. */
  readonly label: string;
  readonly rect: Rect;
  /** Where it is taken to change its size; left out: the far corner. */
  readonly grip?: Point;
  /** Of the picture. */
  readonly size: Size;
  /** Whether the pointer takes it; otherwise the pointer draws and only keys reach it. */
  readonly isGrasped: boolean;
  readonly onMove: (by: Point, gesture: string) => void;
  readonly onResize: (by: Point, gesture: string) => void;
  readonly onRemove: () => void;
}

const DIRECTIONS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The frame around something drawn: moved, resized and removed with pointer or keys. */
export function Handle(props: HandleProps) {
  const { id, label, rect, grip, size, isGrasped, onMove, onResize, onRemove } = props;
  const { t } = useTranslation('screenshot');
  const help = useId();
  const gestures = useRef(0);
  const last = useRef<Point | null>(null);
  const corner = grip ?? { x: rect.x + rect.width, y: rect.y + rect.height };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      return onRemove();
    }
    const direction = DIRECTIONS[event.key];
    if (direction === undefined || event.altKey) return;
    event.preventDefault();
    // Held keys are one step of undo; a new press is a new one.
    if (!event.repeat) gestures.current += 1;
    const pixels =
      event.ctrlKey || event.metaKey ? 1 : Math.max(1, Math.round(Math.max(size.width, size.height) / 100));
    const by = { x: direction.x * pixels, y: direction.y * pixels };
    (event.shiftKey ? onResize : onMove)(by, `${id} key ${gestures.current}`);
  };
  const drag = (report: HandleProps['onMove']) => ({
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      gestures.current += 1;
      last.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event: PointerEvent) => {
      const before = last.current;
      const stage = event.currentTarget.closest('.screenshot__stage');
      if (before === null || stage === null) return;
      event.stopPropagation();
      last.current = { x: event.clientX, y: event.clientY };
      const scale = size.width / stage.getBoundingClientRect().width;
      const by = { x: (event.clientX - before.x) * scale, y: (event.clientY - before.y) * scale };
      report(by, `${id} drag ${gestures.current}`);
    },
    onPointerUp: () => (last.current = null),
    onPointerCancel: () => (last.current = null),
  });

  return (
    <>
      <div
        className="screenshot__handle"
        data-mark={id}
        data-grasped={isGrasped || undefined}
        role="button"
        tabIndex={0}
        aria-label={label}
        aria-describedby={help}
        style={percent(rect, size)}
        onKeyDown={onKeyDown}
        {...(isGrasped ? drag(onMove) : {})}
      />
      {isGrasped && (
        <div
          aria-hidden
          className="screenshot__grip"
          style={{ left: `${(corner.x / size.width) * 100}%`, top: `${(corner.y / size.height) * 100}%` }}
          {...drag(onResize)}
        />
      )}
      <span id={help} hidden>
        {t('marks.keys')}
      </span>
    </>
  );
}

const percent = ({ x, y, width, height }: Rect, size: Size) => ({
  left: `${(x / size.width) * 100}%`,
  top: `${(y / size.height) * 100}%`,
  width: `${(width / size.width) * 100}%`,
  height: `${(height / size.height) * 100}%`,
});
