import { useId, type ReactNode } from 'react';
import { LockNote } from './LockNote';
import './Field.css';
import './Switch.css';

export interface SwitchProps {
  readonly label: string;
  readonly description?: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
  /** Who has decided in the user's place, in words: the switch can then be read and not turned. */
  readonly lock?: string | undefined;
}

/** On or off, effective at once. The whole line can be pressed. */
export function Switch(props: SwitchProps) {
  const { label, description, isSelected, onChange, isDisabled = false, lock } = props;
  const id = useId();
  const described = [description === undefined ? '' : id, lock === undefined ? '' : `${id}-lock`];
  return (
    <div className="ui-switch-row">
      <label className="ui-switch" data-locked={lock !== undefined || undefined}>
        <span className="ui-switch__label">{label}</span>
        <input
          type="checkbox"
          role="switch"
          className="ui-switch__input"
          checked={isSelected}
          disabled={isDisabled || lock !== undefined}
          aria-describedby={described.join(' ').trim() || undefined}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span className="ui-switch__track" aria-hidden>
          <span className="ui-switch__knob" />
        </span>
      </label>
      {description !== undefined && (
        <p id={id} className="ui-field__description">
          {description}
        </p>
      )}
      {lock !== undefined && <LockNote id={`${id}-lock`}>{lock}</LockNote>}
    </div>
  );
}
