import type { Me } from '@atrium/api';
import { refusalOf } from '@atrium/client';
import { useAtrium } from '@atrium/client/react';
import { Button, FormError, TextField } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useChecks } from '../form/use-checks.ts';
import { TotpCodeField } from '../second-factor/totp-code-field.tsx';
import { errorSentence } from '../shell/error-sentence.ts';

/** What was right so far. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly remember: boolean;
}

export interface CodeFormProps {
  readonly credentials: Credentials;
  readonly onSignedIn: (me: Me) => Promise<void>;
  readonly onBack: () => void;
}

/** Asks for the second factor: the app's code, or a recovery code in its place. */
export function CodeForm({ credentials, onSignedIn, onBack }: CodeFormProps) {
  const { api } = useAtrium();
  const [kind, setKind] = useState<'app' | 'recovery'>('app');
  const [code, setCode] = useState('');
  const checks = useChecks({ code: code.trim() === '' ? 'Enter the code.' : undefined });
  const login = useMutation({ ...api.auth.login.mutation(), onSuccess: onSignedIn });
  const turn = () => {
    setCode('');
    setKind(kind === 'app' ? 'recovery' : 'app');
  };
  const Field = kind === 'app' ? AppCodeField : RecoveryCodeField;
  return (
    <form noValidate className="grid gap-5" onSubmit={checks.onSubmit(login, { ...credentials, code })}>
      {login.isError && <FormError key={login.submittedAt}>{errorSentence(login.error)}</FormError>}
      <div className="grid gap-2">
        <Field value={code} onValue={setCode} error={checks.field('code').error} />
        <button type="button" className="text-link justify-self-start text-sm" onClick={turn}>
          {kind === 'app' ? 'No phone at hand? Use a recovery code' : 'Use the code from the app'}
        </button>
      </div>
      <Button type="submit" look="primary" size="large" isPending={login.isPending}>
        Sign in
      </Button>
      <Button onPress={onBack}>Back</Button>
    </form>
  );
}

/** True when the password was right and a code is wanted besides. */
export function wantsCode(error: unknown): boolean {
  return refusalOf(error)?.reason === 'SECOND_FACTOR_REQUIRED';
}

interface FieldProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly error: string | undefined;
}

function AppCodeField({ value, onValue, error }: FieldProps) {
  return (
    <TotpCodeField
      hint="Your password is right. Now the six digits that your authenticator app shows for Atrium."
      // The person was sent here to type it.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      value={value}
      error={error}
      onChange={(event) => onValue(event.target.value)}
    />
  );
}

function RecoveryCodeField({ value, onValue, error }: FieldProps) {
  return (
    <TextField
      label="Recovery code"
      hint="One of the ten that you kept when you turned the second factor on. Each works once."
      name="code"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      required
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- as above
      autoFocus
      value={value}
      error={error}
      onChange={(event) => onValue(event.target.value)}
    />
  );
}
