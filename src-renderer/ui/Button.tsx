import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { useUi } from './environment';
import { Tooltip } from './Tooltip';
import './Button.css';

/** How much a button asks to be pressed. One primary per screen. */
export type ButtonTone = 'primary' | 'secondary' | 'quiet' | 'danger';

interface CommonProps {
  readonly onPress?: () => void;
  readonly isDisabled?: boolean;
  /** Working: keeps its size and focus, takes no further press, and says so to screen readers. */
  readonly isPending?: boolean;
  readonly autoFocus?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly 'aria-describedby'?: string;
  readonly 'aria-expanded'?: boolean;
  readonly 'aria-controls'?: string;
  readonly 'aria-keyshortcuts'?: string;
}

export interface ButtonProps extends CommonProps {
  readonly children: ReactNode;
  readonly tone?: ButtonTone;
  /** `large`: 44 px, for the one thing to do; `small`: 32 px, inside notices and rows. */
  readonly size?: 'small' | 'medium' | 'large';
  readonly icon?: LucideIcon;
  /** Takes the whole width. */
  readonly isWide?: boolean;
  /** For the accessible name, where the visible words need more context. Must contain the visible words. */
  readonly 'aria-label'?: string;
  readonly type?: 'button' | 'submit';
}

/** A button with words. */
export function Button({
  children,
  tone = 'secondary',
  size = 'medium',
  icon: Icon,
  isWide = false,
  isPending = false,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      type={type}
      isPending={isPending}
      className="ui-button"
      data-tone={tone}
      data-size={size}
      data-wide={isWide || undefined}
    >
      {Icon && <Icon aria-hidden size={size === 'small' ? 16 : 18} strokeWidth={1.75} />}
      <span className="ui-button__words">{children}</span>
      {isPending && <Spinner />}
    </AriaButton>
  );
}

export interface IconButtonProps extends CommonProps {
  readonly icon: LucideIcon;
  /** The accessible name, also shown as the tooltip. */
  readonly label: string;
  readonly tone?: 'quiet' | 'secondary';
  readonly size?: 'small' | 'medium';
  /** Number shown at the corner, e.g. of unsent items; part of the accessible name only through `label`. */
  readonly badge?: number;
}

/** A button that is only an icon; its label shows on hover and keyboard focus. */
export function IconButton({
  icon: Icon,
  label,
  tone = 'quiet',
  size = 'medium',
  badge = 0,
  isPending = false,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <AriaButton
        {...rest}
        aria-label={label}
        isPending={isPending}
        className="ui-button ui-icon-button"
        data-tone={tone}
        data-size={size}
      >
        <span className="ui-button__words">
          <Icon aria-hidden size={size === 'small' ? 16 : 18} strokeWidth={1.75} />
        </span>
        {badge > 0 && (
          <span className="ui-icon-button__badge" aria-hidden data-numeric>
            {badge > 99 ? '99+' : badge}
          </span>
        )}
        {isPending && <Spinner />}
      </AriaButton>
    </Tooltip>
  );
}

function Spinner() {
  const { texts } = useUi();
  return (
    <span className="ui-button__spinner" role="progressbar" aria-label={texts.pending}>
      <LoaderCircle aria-hidden size={18} strokeWidth={1.75} />
    </span>
  );
}
