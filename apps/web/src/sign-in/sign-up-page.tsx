import { useAtrium } from '@atrium/client/react';
import { Button, FormError, TextField } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTakeSession } from '../session/me.ts';
import { returnPath } from '../session/return-path.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { emailProblem, nameProblem, newPasswordProblem } from './credentials.ts';
import { ProviderLinks } from './provider-links.tsx';
import { SignInFrame } from './sign-in-frame.tsx';
import { EmailField } from '../form/email-field.tsx';
import { NewPasswordField } from '../form/new-password-field.tsx';
import { useChecks } from '../form/use-checks.ts';

export function SignUpPage() {
  const { next } = useSearch({ from: '/_public/sign-up' });
  return (
    <SignInFrame title="Create an account" lead="So that your rooms find you again on every device.">
      <SignUpForm next={next} />
      <ProviderLinks next={next} />
      <p className="text-ink-soft">
        Already have one?{' '}
        <Link to="/sign-in" search={next === undefined ? {} : { next }} className="text-link">
          Sign in
        </Link>
      </p>
    </SignInFrame>
  );
}

function SignUpForm({ next }: { readonly next: string | undefined }) {
  const { api } = useAtrium();
  const navigate = useNavigate();
  const takeSession = useTakeSession();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const checks = useChecks({
    name: nameProblem(name),
    email: emailProblem(email),
    password: newPasswordProblem(password),
  });
  const register = useMutation({
    ...api.auth.register.mutation(),
    onSuccess: async (me) => {
      await takeSession(me);
      await navigate({ href: returnPath(next) });
    },
  });
  return (
    <form
      noValidate
      className="grid gap-5"
      onSubmit={checks.onSubmit(register, { name: name.trim(), email: email.trim(), password })}
    >
      {register.isError && <FormError key={register.submittedAt}>{errorSentence(register.error)}</FormError>}
      <TextField
        label="Name"
        name="name"
        hint="Shown to the people you draw with."
        autoComplete="name"
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
        {...checks.field('name')}
      />
      <EmailField value={email} onValue={setEmail} {...checks.field('email')} />
      <NewPasswordField value={password} onValue={setPassword} known={[name, email]} {...checks.field('password')} />
      <Button type="submit" look="primary" size="large" isPending={register.isPending}>
        Create account
      </Button>
    </form>
  );
}
