import { useAtrium } from '@atrium/client/react';
import { Button, FormError, PasswordField, TextField } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTakeSession } from '../session/me.ts';
import { returnPath } from '../session/return-path.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { emailProblem, passwordProblem } from './credentials.ts';
import { SignInFrame } from './sign-in-frame.tsx';
import { useChecks } from '../form/use-checks.ts';

export function SignInPage() {
  const { next } = useSearch({ from: '/_public/sign-in' });
  return (
    <SignInFrame title="Sign in" lead="Welcome back. Your rooms are as you left them.">
      <SignInForm next={next} />
      <p className="grid justify-items-start gap-2">
        <Link to="/magic-link" search={next === undefined ? {} : { next }} className="text-link">
          Mail me a link instead
        </Link>
        <Link to="/forgot-password" className="text-link">
          Forgotten password
        </Link>
      </p>
      <p className="text-ink-soft">
        New here?{' '}
        <Link to="/sign-up" search={next === undefined ? {} : { next }} className="text-link">
          Create an account
        </Link>
      </p>
    </SignInFrame>
  );
}

function SignInForm({ next }: { readonly next: string | undefined }) {
  const { api } = useAtrium();
  const navigate = useNavigate();
  const takeSession = useTakeSession();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(true);
  const checks = useChecks({ email: emailProblem(email), password: passwordProblem(password) });
  const login = useMutation({
    ...api.auth.login.mutation(),
    onSuccess: async (me) => {
      await takeSession(me);
      await navigate({ href: returnPath(next) });
    },
  });
  return (
    <form
      noValidate
      className="grid gap-5"
      onSubmit={checks.onSubmit(login, { email: email.trim(), password, remember })}
    >
      {login.isError && <FormError key={login.submittedAt}>{errorSentence(login.error)}</FormError>}
      <TextField
        label="Email"
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        {...checks.field('email')}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        {...checks.field('password')}
      />
      <label className="flex min-h-11 cursor-pointer items-center gap-3">
        <input
          type="checkbox"
          checked={remember}
          onChange={(event) => setRemember(event.target.checked)}
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
