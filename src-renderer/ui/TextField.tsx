import { CircleAlert } from 'lucide-react';
import { useLayoutEffect, useRef, type ReactNode, type Ref } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import { useUi } from './environment';
import './Field.css';

interface FieldProps {
  readonly label: string;
  /** Keeps the label for screen readers only. */
  readonly isLabelHidden?: boolean;
  readonly description?: string;
  /** What to mend, in words; present means invalid. */
  readonly error?: string | null;
  /** Shows "optional" after the label. */
  readonly isOptional?: boolean;
  readonly isDisabled?: boolean;
  readonly isReadOnly?: boolean;
  readonly autoFocus?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
  readonly placeholder?: string;
  readonly name?: string;
}

export interface TextFieldProps extends FieldProps {
  readonly type?: 'text' | 'email' | 'tel' | 'search' | 'password';
  /** What the system may fill in, e.g. `username`. */
  readonly autoComplete?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** One line of text with its label, help and error. */
export function TextField({ type = 'text', inputRef, placeholder, ...field }: TextFieldProps) {
  return (
    <Field {...field} type={type}>
      <Input
        className="ui-field__input"
        dir="auto"
        {...(inputRef === undefined ? {} : { ref: inputRef })}
        {...(placeholder === undefined ? {} : { placeholder })}
      />
    </Field>
  );
}

export interface TextAreaProps extends FieldProps {
  /** Lines shown when empty; grows with the text up to 60 % of the window. */
  readonly rows?: number;
  readonly inputRef?: Ref<HTMLTextAreaElement>;
  /** For shortcuts such as Ctrl+Enter. */
  readonly onKeyDown?: (event: React.KeyboardEvent<HTMLTextAreaElement>) => void;
}

/** Several lines of text; grows with what is written. */
export function TextArea({ rows = 3, inputRef, placeholder, onKeyDown, ...field }: TextAreaProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.style.setProperty('--ui-rows', String(rows)), [rows]);
  return (
    <Field {...field} boxRef={box}>
      <AriaTextArea
        className="ui-field__input"
        dir="auto"
        rows={rows}
        {...(inputRef === undefined ? {} : { ref: inputRef })}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(onKeyDown === undefined ? {} : { onKeyDown })}
      />
    </Field>
  );
}

interface BoxProps extends Omit<FieldProps, 'placeholder'> {
  readonly autoComplete?: string;
  readonly type?: NonNullable<TextFieldProps['type']>;
  readonly boxRef?: Ref<HTMLDivElement>;
  readonly children: ReactNode;
}

function Field(props: BoxProps) {
  const {
    label,
    isLabelHidden = false,
    description,
    error,
    isOptional = false,
    children,
    boxRef,
    ...rest
  } = props;
  const { texts } = useUi();
  const isInvalid = error !== undefined && error !== null;
  return (
    <AriaTextField
      {...rest}
      {...(boxRef === undefined ? {} : { ref: boxRef })}
      isInvalid={isInvalid}
      validationBehavior="aria"
      className="ui-field"
    >
      <Label className={isLabelHidden ? 'ui-visually-hidden' : 'ui-field__label'}>
        {label}
        {isOptional && <span className="ui-field__optional"> {texts.optional}</span>}
      </Label>
      {description !== undefined && (
        <Text slot="description" className="ui-field__description">
          {description}
        </Text>
      )}
      {children}
      {isInvalid && (
        <FieldError className="ui-field__error">
          <CircleAlert aria-hidden size={16} strokeWidth={1.75} />
          <span>{error}</span>
        </FieldError>
      )}
    </AriaTextField>
  );
}
