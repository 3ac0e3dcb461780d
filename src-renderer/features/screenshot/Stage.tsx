import { useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { boundsOf, moveMark, resizeMark, type Drawing, type NewMark, type Step } from './drawing';
import { clampPoint, moveRect, rectBetween, resizeRect, type Point, type Rect, type Size } from './geometry';
import { Handle } from './Handle';
import { nameOfMark, placeOf } from './mark-words';
import { paintCutOff, paintLines, paintRedactions } from './paint';
import { LEAST_CROP } from './drawing';
import type { Tool } from './Toolbar';

export interface StageProps {
  readonly picture: ImageBitmap;
  readonly drawing: Drawing;
  readonly tool: Tool;
  readonly step: (step: Step) => void;
  readonly stageRef: RefObject<HTMLDivElement | null>;
}

/** A drag shorter than this, in CSS pixels, was a click. */
const LEAST_DRAG = 5;

/** The picture as it will be, with a handle on everything that was drawn. A drag draws with the chosen tool. */
export function Stage({ picture, drawing, tool, step, stageRef }: StageProps) {
  const { t } = useTranslation('screenshot');
  const { size, crop, marks } = drawing;
  const [drag, setDrag] = useState<{ readonly from: Point; readonly to: Point } | null>(null);
  const shown = drag === null ? drawing : drawnSoFar(drawing, tool, drag);
  const canvas = usePainted(picture, shown);

  const at = (event: PointerEvent): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    const point = {
      x: ((event.clientX - box.left) / box.width) * size.width,
      y: ((event.clientY - box.top) / box.height) * size.height,
    };
    return clampPoint(point, size);
  };
  const finishDrag = (event: PointerEvent) => {
    if (drag === null) return;
    setDrag(null);
    const scale = event.currentTarget.getBoundingClientRect().width / size.width;
    const length = Math.hypot(drag.to.x - drag.from.x, drag.to.y - drag.from.y) * scale;
    if (length < LEAST_DRAG || tool === 'move') return;
    if (tool === 'crop') step({ kind: 'crop', crop: rectBetween(drag.from, drag.to), gesture: null });
    else step({ kind: 'add', mark: markOf(tool, drag) });
  };

  return (
    <div className="screenshot__frame">
      <div
        ref={stageRef}
        className="screenshot__stage"
        role="group"
        aria-label={t('picture')}
        data-tool={tool}
        style={{ aspectRatio: `${size.width} / ${size.height}`, ...fit(size) }}
        onPointerDown={(event) => {
          if (tool === 'move' || event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ from: at(event), to: at(event) });
        }}
        onPointerMove={(event) => drag !== null && setDrag({ ...drag, to: at(event) })}
        onPointerUp={finishDrag}
        onPointerCancel={() => setDrag(null)}
      >
        <canvas ref={canvas} className="screenshot__canvas" width={size.width} height={size.height} />
        {crop !== null && (
          <Handle
            id="crop"
            label={placeOf(t('marks.crop'), crop, t)}
            rect={crop}
            size={size}
            isGrasped={tool === 'move'}
            onMove={(by, gesture) => step({ kind: 'crop', crop: moveRect(crop, by, size), gesture })}
            onResize={(by, gesture) =>
              step({ kind: 'crop', crop: resizeRect(crop, by, size, LEAST_CROP), gesture })
            }
            onRemove={() => step({ kind: 'crop', crop: null, gesture: null })}
          />
        )}
        {marks.map((mark) => (
          <Handle
            key={mark.id}
            id={String(mark.id)}
            label={placeOf(nameOfMark(mark, drawing, t), boundsOf(mark), t)}
            rect={boundsOf(mark)}
            {...(mark.kind === 'arrow' ? { grip: mark.to } : {})}
            size={size}
            isGrasped={tool === 'move'}
            onMove={(by, gesture) => step({ kind: 'change', mark: moveMark(mark, by, size), gesture })}
            onResize={(by, gesture) => step({ kind: 'change', mark: resizeMark(mark, by, size), gesture })}
            onRemove={() => step({ kind: 'remove', id: mark.id })}
          />
        ))}
      </div>
    </div>
  );
}

/** As large as the place allows without becoming larger than it is. */
const fit = ({ width, height }: Size) => ({
  inlineSize: `min(100cqi, calc(100cqb * ${width / height}), ${width}px)`,
});

/** What a drag has drawn so far, as if it were finished. */
function drawnSoFar(
  drawing: Drawing,
  tool: Tool,
  drag: { readonly from: Point; readonly to: Point },
): Drawing {
  if (tool === 'move') return drawing;
  if (tool === 'crop') return { ...drawing, crop: rectBetween(drag.from, drag.to) };
  const mark = { ...markOf(tool, drag), id: 0 } as Drawing['marks'][number];
  return { ...drawing, marks: [...drawing.marks, mark] };
}

const markOf = (
  kind: Exclude<Tool, 'move' | 'crop'>,
  { from, to }: { readonly from: Point; readonly to: Point },
): NewMark => (kind === 'arrow' ? { kind, from, to } : { kind, rect: rectBetween(from, to) satisfies Rect });

/** Paints the picture with everything on it, whenever that changes. */
function usePainted(picture: ImageBitmap, drawing: Drawing): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const brush = canvas.current?.getContext('2d');
    if (!brush) return;
    brush.clearRect(0, 0, drawing.size.width, drawing.size.height);
    brush.drawImage(picture, 0, 0);
    paintRedactions(brush, drawing);
    paintLines(brush, drawing);
    paintCutOff(brush, drawing);
  }, [picture, drawing]);
  return canvas;
}
