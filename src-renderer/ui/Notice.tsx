import { CircleAlert, CircleCheck, Info, TriangleAlert, X, type LucideIcon } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { IconButton } from './Button';
import { useUi } from './environment';
import './Notice.css';

/** What a notice is about. Each tone has its icon, so that colour never speaks alone. */
export type NoticeTone = 'info' | 'warning' | 'danger' | 'good';

const ICONS: Record<NoticeTone, LucideIcon> = {
  info: Info,
  warning: TriangleAlert,
  danger: CircleAlert,
  good: CircleCheck,
};

export interface NoticeProps {
  readonly tone?: NoticeTone;
  /** Instead of the tone's icon. */
  readonly icon?: LucideIcon;
  readonly title?: string;
  readonly children?: ReactNode;
  /** Buttons (small), below the words. */
  readonly actions?: ReactNode;
  /** Shows a close button. */
  readonly onDismiss?: () => void;
  /** `assertive` only for what stops the user now; `polite` where it appears while the screen is open. */
  readonly live?: 'off' | 'polite' | 'assertive';
}

/** Something to know on this screen, and what can be done about it. */
export function Notice(props: NoticeProps) {
  const { tone = 'info', icon, title, children, actions, onDismiss, live = 'off' } = props;
  const { texts } = useUi();
  const id = useId();
  const Icon = icon ?? ICONS[tone];
  const role = live === 'assertive' ? 'alert' : live === 'polite' ? 'status' : 'group';
  return (
    <div
      className="ui-notice"
      data-tone={tone}
      role={role}
      {...(title === undefined ? {} : { 'aria-labelledby': id })}
    >
      <Icon aria-hidden className="ui-notice__icon" size={18} strokeWidth={1.75} />
      <div className="ui-notice__body">
        {title !== undefined && (
          <p id={id} className="ui-notice__title">
            {title}
          </p>
        )}
        {children !== undefined && <div className="ui-notice__words">{children}</div>}
        {actions !== undefined && <div className="ui-notice__actions">{actions}</div>}
      </div>
      {onDismiss && (
        <div className="ui-notice__dismiss">
          <IconButton icon={X} size="small" label={texts.dismiss} onPress={onDismiss} />
        </div>
      )}
    </div>
  );
}
