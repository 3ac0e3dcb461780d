import { parseTime, type Time } from '@internationalized/date';
import { CircleAlert } from 'lucide-react';
import { DateInput, DateSegment } from 'react-aria-components/DatePicker';
import { FieldError } from 'react-aria-components/FieldError';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Label } from 'react-aria-components/Label';
import { TimeField as AriaTimeField } from 'react-aria-components/TimeField';
import { useUi } from './environment';
import './Field.css';
import './DateField.css';

export interface TimeFieldProps {
  readonly label: string;
  /** What to mend, in words; present means invalid. */
  readonly error?: string | null;
  /** A time of day `HH:MM`; empty: none, or not whole yet. */
  readonly value: string;
  readonly onChange: (time: string) => void;
  readonly isReadOnly?: boolean;
}

/** A time of day, typed part by part, on the clock that every other time is told by (group of spinbutton). */
export function TimeField({ label, error = null, value, onChange, isReadOnly = false }: TimeFieldProps) {
  const { locale } = useUi();
  const isInvalid = error !== null;
  return (
    <I18nProvider locale={locale === 'en' ? 'en-GB' : locale}>
      <AriaTimeField
        className="ui-field ui-date"
        granularity="minute"
        shouldForceLeadingZeros
        value={value === '' ? null : parseTime(value)}
        onChange={(time: Time | null) => onChange(time === null ? '' : time.toString().slice(0, 5))}
        isInvalid={isInvalid}
        isReadOnly={isReadOnly}
        validationBehavior="aria"
      >
        <Label className="ui-field__label">{label}</Label>
        <DateInput className="ui-field__input ui-date__group ui-date__time">
          {(segment) => <DateSegment segment={segment} className="ui-date__segment" />}
        </DateInput>
        {isInvalid && (
          <FieldError className="ui-field__error">
            <CircleAlert aria-hidden size={16} strokeWidth={1.75} />
            <span>{error}</span>
          </FieldError>
        )}
      </AriaTimeField>
    </I18nProvider>
  );
}
