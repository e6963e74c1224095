import { TextField, type TextFieldProps } from '@atrium/ui';

/** The six digits that an authenticator app shows. */
export function TotpCodeField(props: Omit<TextFieldProps, 'label'>) {
  return (
    <TextField
      {...props}
      label="Code from the app"
      name="code"
      autoComplete="one-time-code"
      inputMode="numeric"
      spellCheck={false}
      maxLength={7}
      required
    />
  );
}

export function totpProblem(code: string): string | undefined {
  return /^\d{6}$/.test(code.replace(/\s/g, '')) ? undefined : 'Enter the six digits that the app shows.';
}
