import { Plus, Trash2 } from 'lucide-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../ui/Button';
import { useAnnounce } from '../../ui/Toast';
import { boundsOf, cropInTheMiddle, markInTheMiddle, type Drawing, type Step } from './drawing';
import type { Rect } from './geometry';
import { nameOfMark } from './mark-words';
import { iconOf, type Tool } from './Toolbar';

export interface MarkListProps {
  readonly drawing: Drawing;
  readonly tool: Tool;
  readonly step: (step: Step) => void;
  readonly stage: RefObject<HTMLElement | null>;
}

interface Entry {
  readonly id: string;
  readonly tool: Exclude<Tool, 'move'>;
  readonly name: string;
  readonly rect: Rect;
  readonly remove: Step;
}

/** Everything on the picture by name, and the way to add something without drawing. */
export function MarkList({ drawing, tool, step, stage }: MarkListProps) {
  const { t } = useTranslation('screenshot');
  const announce = useAnnounce();
  const entries = entriesOf();

  function entriesOf(): readonly Entry[] {
    const { crop, marks } = drawing;
    const cropped: readonly Entry[] =
      crop === null
        ? []
        : [
            {
              id: 'crop',
              tool: 'crop',
              name: t('marks.crop'),
              rect: crop,
              remove: { kind: 'crop', crop: null, gesture: null },
            },
          ];
    return [
      ...cropped,
      ...marks.map((mark): Entry => ({
        id: String(mark.id),
        tool: mark.kind,
        name: nameOfMark(mark, drawing, t),
        rect: boundsOf(mark),
        remove: { kind: 'remove', id: mark.id },
      })),
    ];
  }
  const focus = (id: string): void => {
    requestAnimationFrame(() => stage.current?.querySelector<HTMLElement>(`[data-mark="${id}"]`)?.focus());
  };
  const add = (kind: Exclude<Tool, 'move'>) => {
    if (kind === 'crop') step({ kind, crop: cropInTheMiddle(drawing.size), gesture: null });
    else step({ kind: 'add', mark: markInTheMiddle(kind, drawing) });
    focus(kind === 'crop' ? 'crop' : String(drawing.nextId));
  };
  const remove = (entry: Entry) => {
    step(entry.remove);
    announce(t('removed', { name: entry.name }), { isSilent: true });
  };

  return (
    <section className="screenshot__marks" aria-label={t('marks.title')}>
      <h3 className="screenshot__marks-title">{t('marks.title')}</h3>
      {entries.length === 0 && <p className="screenshot__quiet">{t('marks.empty')}</p>}
      <ul>
        {entries.map((entry) => {
          const Icon = iconOf(entry.tool);
          const size = t('marks.size', {
            width: Math.round(entry.rect.width),
            height: Math.round(entry.rect.height),
          });
          return (
            <li key={entry.id} className="screenshot__mark">
              <button
                type="button"
                className="screenshot__mark-name"
                aria-label={`${t('marks.select', { name: entry.name })} ${size}`}
                onClick={() => focus(entry.id)}
              >
                <Icon aria-hidden size={16} strokeWidth={1.75} />
                <span className="ui-one-line">{entry.name}</span>{' '}
                <span className="screenshot__quiet" data-numeric>
                  {size}
                </span>
              </button>
              <IconButton
                icon={Trash2}
                size="small"
                label={t('marks.remove', { name: entry.name })}
                onPress={() => remove(entry)}
              />
            </li>
          );
        })}
      </ul>
      {tool !== 'move' && (
        <Button size="small" icon={Plus} onPress={() => add(tool)}>
          {t(`marks.add.${tool}`)}
        </Button>
      )}
    </section>
  );
}
