import type { LucideIcon } from 'lucide-react';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { IconButton } from './Button';
import './Menu.css';

export interface MenuAction {
  readonly id: string;
  readonly label: string;
  readonly icon?: LucideIcon;
  /** Marks what takes something away. */
  readonly tone?: 'danger';
  readonly onAction: () => void;
}

export interface MenuButtonProps {
  /** The accessible name of the button and of its menu. */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly actions: readonly MenuAction[];
}

/** A button that opens a few more things to do (menu of menuitem; arrows move, Escape closes). */
export function MenuButton({ label, icon, actions }: MenuButtonProps) {
  return (
    <MenuTrigger>
      <IconButton icon={icon} label={label} />
      <Popover className="ui-menu__popover" placement="bottom end" offset={4}>
        <AriaMenu
          className="ui-menu"
          aria-label={label}
          onAction={(key) => actions.find((action) => action.id === key)?.onAction()}
        >
          {actions.map(({ id, label: words, icon: Icon, tone }) => (
            <MenuItem key={id} id={id} className="ui-menu__item" data-tone={tone} textValue={words}>
              {Icon && <Icon aria-hidden size={16} strokeWidth={1.75} />}
              {words}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
