import type { Me } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Button, FormError, PasswordField } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Fingerprint } from 'lucide-react';
import { useState } from 'react';
import { EmailField } from '../form/email-field.tsx';
import { useChecks } from '../form/use-checks.ts';
import { hasPasskeys, passkeyProblem } from '../passkey/passkey-problem.ts';
import { usePasskeyAutofill, usePasskeySignIn } from '../passkey/use-passkey-sign-in.ts';
import { useTakeSession } from '../session/me.ts';
import { returnPath } from '../session/return-path.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { CodeForm, type Credentials, wantsCode } from './code-form.tsx';
import { emailProblem, passwordProblem } from './credentials.ts';

/** By password, with a code where the account asks for one; or by passkey. What was typed is kept between the steps. */
export function SignInForm({ next }: { readonly next: string | undefined }) {
  const navigate = useNavigate();
  const takeSession = useTakeSession();
  const [credentials, setCredentials] = useState<Credentials>({ email: '', password: '', remember: true });
  const [isAskingCode, setAskingCode] = useState(false);
  const onSignedIn = async (me: Me) => {
    await takeSession(me);
    await navigate({ href: returnPath(next) });
  };
  usePasskeyAutofill(!isAskingCode, { remember: credentials.remember, onSignedIn });
  if (isAskingCode) {
    const trimmed = { ...credentials, email: credentials.email.trim() };
    return <CodeForm credentials={trimmed} onSignedIn={onSignedIn} onBack={() => setAskingCode(false)} />;
  }
  return (
    <>
      <PasswordForm
        credentials={credentials}
        onCredentials={setCredentials}
        onSignedIn={onSignedIn}
        onCodeWanted={() => setAskingCode(true)}
      />
      {hasPasskeys(location.hostname) && <PasskeyButton remember={credentials.remember} onSignedIn={onSignedIn} />}
    </>
  );
}

interface PasswordFormProps {
  readonly credentials: Credentials;
  readonly onCredentials: (credentials: Credentials) => void;
  readonly onSignedIn: (me: Me) => Promise<void>;
  readonly onCodeWanted: () => void;
}

function PasswordForm({ credentials, onCredentials, onSignedIn, onCodeWanted }: PasswordFormProps) {
  const { api } = useAtrium();
  const { email, password, remember } = credentials;
  const checks = useChecks({ email: emailProblem(email), password: passwordProblem(password) });
  const login = useMutation({
    ...api.auth.login.mutation(),
    onSuccess: onSignedIn,
    onError: (error) => wantsCode(error) && onCodeWanted(),
  });
  return (
    <form
      noValidate
      className="grid gap-5"
      onSubmit={checks.onSubmit(login, { email: email.trim(), password, remember })}
    >
      {login.isError && <FormError key={login.submittedAt}>{errorSentence(login.error)}</FormError>}
      <EmailField
        autoComplete="username webauthn"
        value={email}
        onValue={(value) => onCredentials({ ...credentials, email: value })}
        {...checks.field('email')}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => onCredentials({ ...credentials, password: event.target.value })}
        {...checks.field('password')}
      />
      <label className="flex min-h-11 cursor-pointer items-center gap-3">
        <input
          type="checkbox"
          checked={remember}
          onChange={(event) => onCredentials({ ...credentials, remember: event.target.checked })}
          className="size-4.5 accent-accent"
        />
        Keep me signed in on this device
      </label>
      <Button type="submit" look="primary" size="large" isPending={login.isPending}>
        Sign in
      </Button>
    </form>
  );
}

interface PasskeyButtonProps {
  readonly remember: boolean;
  readonly onSignedIn: (me: Me) => Promise<void>;
}

function PasskeyButton(props: PasskeyButtonProps) {
  const signIn = usePasskeySignIn(props);
  const problem = signIn.isError ? passkeyProblem(signIn.error) : null;
  return (
    <div className="grid gap-3">
      {problem !== null && <FormError key={signIn.submittedAt}>{problem}</FormError>}
      <Button size="large" isPending={signIn.isPending} onPress={() => signIn.mutate()}>
        <Fingerprint size={20} aria-hidden /> Use a passkey
      </Button>
    </div>
  );
}
