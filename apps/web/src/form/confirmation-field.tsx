import { TextField, type TextFieldProps } from '@atrium/ui';

export interface ConfirmationFieldProps extends Pick<TextFieldProps, 'error' | 'onBlur'> {
  /** What is to be typed: "Type “delete” to confirm". */
  readonly label: string;
  readonly typed: string;
  readonly onType: (typed: string) => void;
}

/** Where something is typed before it is deleted, so that nobody does it by a slip. Its name in a form is `confirmation`. */
export function ConfirmationField({ label, typed, onType, ...checked }: ConfirmationFieldProps) {
  return (
    <TextField
      label={label}
      name="confirmation"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      required
      value={typed}
      onChange={(event) => onType(event.target.value)}
      {...checked}
    />
  );
}
