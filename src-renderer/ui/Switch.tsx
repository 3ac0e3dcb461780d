import { useId, type ReactNode } from 'react';
import './Field.css';
import './Switch.css';

export interface SwitchProps {
  readonly label: string;
  readonly description?: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
}

/** On or off, effective at once. The whole line can be pressed. */
export function Switch({ label, description, isSelected, onChange, isDisabled = false }: SwitchProps) {
  const id = useId();
  return (
    <div className="ui-switch-row">
      <label className="ui-switch">
        <span className="ui-switch__label">{label}</span>
        <input
          type="checkbox"
          role="switch"
          className="ui-switch__input"
          checked={isSelected}
          disabled={isDisabled}
          aria-describedby={description === undefined ? undefined : id}
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
    </div>
  );
}
