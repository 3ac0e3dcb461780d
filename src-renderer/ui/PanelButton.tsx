import type { ReactNode } from 'react';
import type { LucideIcon } from 'lucide-react';
import { Dialog as AriaDialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Popover } from 'react-aria-components/Popover';
import { Button } from './Button';
import './PanelButton.css';

export interface PanelButtonProps {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** What the panel says first; its accessible name. */
  readonly title: string;
  readonly children: ReactNode;
}

/** A button that opens a small panel beside it (button, dialog); Escape or a press outside closes it. */
export function PanelButton({ label, icon, isOpen, onOpenChange, title, children }: PanelButtonProps) {
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <Button icon={icon}>{label}</Button>
      <Popover className="ui-panel__popover" placement="bottom end" offset={6}>
        <AriaDialog className="ui-panel">
          <Heading slot="title" className="ui-panel__title">
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Popover>
    </DialogTrigger>
  );
}
