import { useId, type ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components/Switch';
import './Switch.css';

export interface SwitchProps {
  readonly label: string;
  readonly description?: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
}

/** On or off, effective at once. */
export function Switch({ label, description, isSelected, onChange, isDisabled = false }: SwitchProps) {
  const id = useId();
  return (
    <div className="ui-switch-row">
      <AriaSwitch
        className="ui-switch"
        isSelected={isSelected}
        onChange={onChange}
        isDisabled={isDisabled}
        {...(description === undefined ? {} : { 'aria-describedby': id })}
      >
        <span className="ui-switch__label">{label}</span>
        <span className="ui-switch__track" aria-hidden>
          <span className="ui-switch__knob" />
        </span>
      </AriaSwitch>
      {description !== undefined && (
        <p id={id} className="ui-field__description">
          {description}
        </p>
      )}
    </div>
  );
}
