import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import './EmptyState.css';

export interface EmptyStateProps {
  readonly icon?: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** `small`: inside a list. */
  readonly size?: 'small' | 'medium';
}

/** What stands where nothing is yet: what belongs here, and the way to it. */
export function EmptyState({ icon: Icon, title, children, actions, size = 'medium' }: EmptyStateProps) {
  return (
    <div className="ui-empty" data-size={size}>
      {Icon && (
        <span className="ui-empty__icon" aria-hidden>
          <Icon size={size === 'small' ? 20 : 26} strokeWidth={1.5} />
        </span>
      )}
      <p className="ui-empty__title">{title}</p>
      {children !== undefined && <div className="ui-empty__words">{children}</div>}
      {actions !== undefined && <div className="ui-empty__actions">{actions}</div>}
    </div>
  );
}
