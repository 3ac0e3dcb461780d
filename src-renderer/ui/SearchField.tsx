import { Search, X } from 'lucide-react';
import type { Ref } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { SearchField as AriaSearchField } from 'react-aria-components/SearchField';
import { useUi } from './environment';
import './SearchField.css';

export interface SearchFieldProps {
  /** The accessible name, also shown as the placeholder. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Escape in the empty field. */
  readonly onEscape?: () => void;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** Finds as one types; Escape clears. */
export function SearchField({ label, value, onChange, onEscape, inputRef }: SearchFieldProps) {
  const { texts } = useUi();
  return (
    <AriaSearchField
      className="ui-search"
      value={value}
      onChange={onChange}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && value === '') onEscape?.();
        else event.continuePropagation();
      }}
    >
      <Label className="ui-visually-hidden">{label}</Label>
      <Search aria-hidden className="ui-search__icon" size={16} strokeWidth={1.75} />
      <Input
        className="ui-search__input"
        dir="auto"
        placeholder={label}
        {...(inputRef === undefined ? {} : { ref: inputRef })}
      />
      {value !== '' && (
        <Button className="ui-search__clear" aria-label={texts.clear}>
          <X aria-hidden size={16} strokeWidth={1.75} />
        </Button>
      )}
    </AriaSearchField>
  );
}
