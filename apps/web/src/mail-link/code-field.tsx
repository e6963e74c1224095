import { refusalOf } from '@atrium/client';
import { TextField } from '@atrium/ui';

/** True when the account wants a second factor besides the link, and for a code that was not right. */
export function wantsCode(error: unknown): boolean {
  const reason = refusalOf(error)?.reason;
  return reason === 'SECOND_FACTOR_REQUIRED' || reason === 'BAD_CODE';
}

export interface CodeFieldProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
}

/** The code of an authenticator app, or one of the recovery codes. */
export function CodeField({ value, onValue }: CodeFieldProps) {
  return (
    <TextField
      label="Code"
      hint="From your authenticator app, or one of your recovery codes."
      name="code"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      required
      value={value}
      onChange={(event) => onValue(event.target.value)}
    />
  );
}
