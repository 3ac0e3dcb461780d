import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from './Button';
import { TextField, type TextFieldProps } from './TextField';
import './PasswordField.css';

export interface PasswordFieldProps extends Omit<TextFieldProps, 'type' | 'placeholder'> {
  /** Names of the button that shows and hides what is typed. */
  readonly showLabel: string;
  readonly hideLabel: string;
}

/** Something secret: dots, with a button that shows what was typed. */
export function PasswordField({ showLabel, hideLabel, ...field }: PasswordFieldProps) {
  const [isShown, setShown] = useState(false);
  return (
    <div className="ui-password">
      <TextField {...field} type={isShown ? 'text' : 'password'} />
      <div className="ui-password__toggle">
        <IconButton
          icon={isShown ? EyeOff : Eye}
          size="small"
          label={isShown ? hideLabel : showLabel}
          onPress={() => setShown((before) => !before)}
        />
      </div>
    </div>
  );
}
