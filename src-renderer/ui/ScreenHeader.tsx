import { ArrowLeft, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './Button';
import { useUi } from './environment';
import './ScreenHeader.css';

export interface ScreenHeaderProps {
  readonly title: string;
  /** Quiet words above the title, e.g. "Ticket 4127 · filed today 9:42". */
  readonly kicker?: ReactNode;
  /** Quiet words below the title. */
  readonly description?: ReactNode;
  /** Shows the back arrow (one pane). */
  readonly onBack?: () => void;
  /** Shows the close cross (full window screens). */
  readonly onClose?: () => void;
  /** Buttons and states at the end of the line. */
  readonly actions?: ReactNode;
}

/** The top of a screen. Its heading takes the focus after navigation (`data-screen-title`). */
export function ScreenHeader({ title, kicker, description, onBack, onClose, actions }: ScreenHeaderProps) {
  const { texts } = useUi();
  return (
    <header className="ui-screen-header">
      {onBack && (
        <div className="ui-screen-header__back">
          <IconButton icon={ArrowLeft} label={texts.back} onPress={onBack} />
        </div>
      )}
      <div className="ui-screen-header__words">
        {kicker !== undefined && <p className="ui-screen-header__quiet">{kicker}</p>}
        <h1 className="ui-screen-header__title" tabIndex={-1} data-screen-title dir="auto">
          {title}
        </h1>
        {description !== undefined && <p className="ui-screen-header__quiet">{description}</p>}
      </div>
      {(actions !== undefined || onClose) && (
        <div className="ui-screen-header__actions">
          {actions}
          {onClose && <IconButton icon={X} label={texts.close} onPress={onClose} />}
        </div>
      )}
    </header>
  );
}
