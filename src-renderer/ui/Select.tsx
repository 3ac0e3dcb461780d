import { Check, ChevronDown } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import './Field.css';
import './Select.css';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface SelectProps<Value extends string> {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly options: readonly SelectOption<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** Without a frame, for a place one step away such as the sort order. */
  readonly isQuiet?: boolean;
  readonly isDisabled?: boolean;
}

/** One of several, behind one press. For two to six common answers use `ChoiceChips`. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const {
    label,
    isLabelHidden = false,
    options,
    value,
    onChange,
    isQuiet = false,
    isDisabled = false,
  } = props;
  return (
    <AriaSelect
      className="ui-field ui-select"
      selectedKey={value}
      isDisabled={isDisabled}
      onSelectionChange={(key) => key !== null && onChange(key as Value)}
    >
      <Label className={isLabelHidden ? 'ui-visually-hidden' : 'ui-field__label'}>{label}</Label>
      <Button className="ui-select__button" data-quiet={isQuiet || undefined}>
        <SelectValue className="ui-one-line" />
        <ChevronDown aria-hidden size={16} strokeWidth={1.75} />
      </Button>
      <Popover className="ui-popover">
        <ListBox className="ui-select__list">
          {options.map((option) => (
            <ListBoxItem
              key={option.value}
              id={option.value}
              textValue={option.label}
              className="ui-select__option"
            >
              {({ isSelected }) => (
                <>
                  <span>{option.label}</span>
                  {isSelected && <Check aria-hidden size={16} strokeWidth={1.75} />}
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
