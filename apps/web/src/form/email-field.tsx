import { TextField } from '@atrium/ui';
import type { FocusEvent } from 'react';

export interface EmailFieldProps {
  readonly label?: string;
  readonly hint?: string;
  /** Tells password managers what it is: the name that somebody signs in with, unless given. */
  readonly autoComplete?: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly error?: string | undefined;
  readonly onBlur?: (event: FocusEvent<HTMLInputElement>) => void;
}

/** The address of an account. */
export function EmailField({ label = 'Email', autoComplete = 'username', onValue, ...field }: EmailFieldProps) {
  return (
    <TextField
      label={label}
      name="email"
      type="email"
      autoComplete={autoComplete}
      inputMode="email"
      required
      onChange={(event) => onValue(event.target.value)}
      {...field}
    />
  );
}
