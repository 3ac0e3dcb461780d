import { Crop, EyeOff, Move, MoveUpRight, Square, type LucideIcon } from 'lucide-react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { useTranslation } from 'react-i18next';
import type { MarkKind } from './drawing';

/** What a drag on the picture does. */
export type Tool = 'move' | 'crop' | MarkKind;

const TOOLS: readonly { readonly tool: Tool; readonly icon: LucideIcon }[] = [
  { tool: 'redaction', icon: EyeOff },
  { tool: 'arrow', icon: MoveUpRight },
  { tool: 'box', icon: Square },
  { tool: 'crop', icon: Crop },
  { tool: 'move', icon: Move },
];

/** The icon of a tool, for lists too. */
export const iconOf = (wanted: Tool): LucideIcon => TOOLS.find(({ tool }) => tool === wanted)?.icon ?? Square;

export interface ToolbarProps {
  readonly tool: Tool;
  readonly onChange: (tool: Tool) => void;
}

/** Chooses the tool. */
export function Toolbar({ tool, onChange }: ToolbarProps) {
  const { t } = useTranslation('screenshot');
  return (
    <ToggleButtonGroup
      className="screenshot__tools"
      aria-label={t('tools')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[tool]}
      onSelectionChange={(keys) => {
        const next = [...keys][0] as Tool | undefined;
        if (next !== undefined) onChange(next);
      }}
    >
      {TOOLS.map(({ tool: one, icon: Icon }) => (
        <ToggleButton key={one} id={one} className="screenshot__tool">
          <Icon aria-hidden size={18} strokeWidth={1.75} />
          {t(`tool.${one}`)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
