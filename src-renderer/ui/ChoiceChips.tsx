import { useId, type ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { TextField } from './TextField';
import './ChoiceChips.css';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface ChoiceChipsProps<Value extends string> {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly description?: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value | null;
  /** `null` when the user presses the chosen chip again. */
  readonly onChange: (value: Value | null) => void;
  /** A text field that opens below while one of `when` is chosen. */
  readonly more?: {
    readonly when: readonly Value[];
    readonly label: string;
    readonly text: string;
    readonly onTextChange: (text: string) => void;
    readonly placeholder?: string;
    readonly error?: string | null;
  };
  readonly isDisabled?: boolean;
}

/** Common answers as chips, of which one or none is chosen (radio group; arrows move, Space chooses). */
export function ChoiceChips<Value extends string>(props: ChoiceChipsProps<Value>) {
  const {
    label,
    isLabelHidden = false,
    description,
    choices,
    value,
    onChange,
    more,
    isDisabled = false,
  } = props;
  const id = useId();
  return (
    <div className="ui-chips">
      <div id={`${id}-label`} className={isLabelHidden ? 'ui-visually-hidden' : 'ui-field__label'}>
        {label}
      </div>
      {description !== undefined && (
        <div id={`${id}-description`} className="ui-field__description">
          {description}
        </div>
      )}
      <ToggleButtonGroup
        className="ui-chips__row"
        aria-labelledby={`${id}-label`}
        {...(description === undefined ? {} : { 'aria-describedby': `${id}-description` })}
        selectionMode="single"
        isDisabled={isDisabled}
        selectedKeys={value === null ? [] : [value]}
        onSelectionChange={(keys) => onChange(([...keys][0] as Value | undefined) ?? null)}
      >
        {choices.map((choice) => (
          <ToggleButton key={choice.value} id={choice.value} className="ui-chip">
            <ChipWords>{choice.label}</ChipWords>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {more !== undefined && value !== null && more.when.includes(value) && (
        <div className="ui-chips__more">
          <TextField
            label={more.label}
            isLabelHidden
            value={more.text}
            onChange={more.onTextChange}
            placeholder={more.placeholder ?? more.label}
            error={more.error ?? null}
          />
        </div>
      )}
    </div>
  );
}

/** Keeps the width of the bold state, so that nothing moves when a chip is chosen. */
function ChipWords({ children }: { readonly children: ReactNode }) {
  return (
    <span className="ui-chip__words">
      <span>{children}</span>
      <span aria-hidden className="ui-chip__width">
        {children}
      </span>
    </span>
  );
}
