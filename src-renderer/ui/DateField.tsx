import { parseDate, type CalendarDate } from '@internationalized/date';
import { CalendarDays, ChevronLeft, ChevronRight, CircleAlert } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components/Button';
import {
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
} from 'react-aria-components/Calendar';
import { DateInput, DatePicker, DateSegment } from 'react-aria-components/DatePicker';
import { Dialog } from 'react-aria-components/Dialog';
import { FieldError } from 'react-aria-components/FieldError';
import { Group } from 'react-aria-components/Group';
import { Heading } from 'react-aria-components/Heading';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Label } from 'react-aria-components/Label';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import { useUi } from './environment';
import './Field.css';
import './DateField.css';
import './PanelButton.css';

export interface DateFieldProps {
  readonly label: string;
  readonly description?: string;
  /** What to mend, in words; present means invalid. */
  readonly error?: string | null;
  /** A calendar day `YYYY-MM-DD`, or none. */
  readonly value: string | null;
  readonly onChange: (day: string | null) => void;
}

/** A calendar day, typed part by part or chosen in a month (group of spinbutton; a button opens a grid of days). */
export function DateField({ label, description, error = null, value, onChange }: DateFieldProps) {
  const { locale } = useUi();
  const isInvalid = error !== null;
  return (
    <I18nProvider locale={locale === 'en' ? 'en-GB' : locale}>
      <DatePicker
        className="ui-field ui-date"
        granularity="day"
        value={value === null ? null : parseDate(value)}
        onChange={(day: CalendarDate | null) => onChange(day === null ? null : day.toString())}
        isInvalid={isInvalid}
        validationBehavior="aria"
      >
        <Label className="ui-field__label">{label}</Label>
        {description !== undefined && (
          <Text slot="description" className="ui-field__description">
            {description}
          </Text>
        )}
        <Group className="ui-field__input ui-date__group">
          <DateInput className="ui-date__input">
            {(segment) => <DateSegment segment={segment} className="ui-date__segment" />}
          </DateInput>
          <AriaButton className="ui-date__open">
            <CalendarDays aria-hidden size={18} strokeWidth={1.75} />
          </AriaButton>
        </Group>
        {isInvalid && (
          <FieldError className="ui-field__error">
            <CircleAlert aria-hidden size={16} strokeWidth={1.75} />
            <span>{error}</span>
          </FieldError>
        )}
        <Popover className="ui-panel__popover ui-date__popover" placement="bottom start" offset={6}>
          <Dialog className="ui-date__dialog">
            <Month />
          </Dialog>
        </Popover>
      </DatePicker>
    </I18nProvider>
  );
}

function Month() {
  return (
    <Calendar className="ui-date__calendar">
      <header className="ui-date__head">
        <AriaButton slot="previous" className="ui-date__turn">
          <ChevronLeft aria-hidden size={18} strokeWidth={1.75} />
        </AriaButton>
        <Heading className="ui-date__month" />
        <AriaButton slot="next" className="ui-date__turn">
          <ChevronRight aria-hidden size={18} strokeWidth={1.75} />
        </AriaButton>
      </header>
      <CalendarGrid weekdayStyle="short" className="ui-date__grid">
        <CalendarGridHeader>
          {(day) => <CalendarHeaderCell className="ui-date__weekday">{day}</CalendarHeaderCell>}
        </CalendarGridHeader>
        <CalendarGridBody>{(date) => <CalendarCell date={date} className="ui-date__day" />}</CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  );
}
