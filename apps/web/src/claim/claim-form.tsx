import { useAtrium } from '@atrium/client/react';
import { Button, FormError, toast } from '@atrium/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { EmailField } from '../form/email-field.tsx';
import { NewPasswordField } from '../form/new-password-field.tsx';
import { useChecks } from '../form/use-checks.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { emailProblem, newPasswordProblem } from '../sign-in/credentials.ts';

/** Makes an account out of a guest: rooms and everything drawn stay theirs. */
export function ClaimForm() {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const user = useQuery(api.auth.me.query()).data?.user;
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const checks = useChecks({ email: emailProblem(email), password: newPasswordProblem(password) });
  const claim = useMutation({
    ...api.account.claim.mutation(),
    onSuccess: async (me) => {
      queryClient.setQueryData(api.auth.me.key(), me);
      toast('This is your account now. Confirm the address with the link that we mailed to you.');
      await navigate({ to: '/rooms' });
    },
  });
  return (
    <form
      noValidate
      className="grid max-w-md gap-5"
      onSubmit={checks.onSubmit(claim, { email: email.trim(), password })}
    >
      {claim.isError && <FormError key={claim.submittedAt}>{errorSentence(claim.error)}</FormError>}
      <EmailField value={email} onValue={setEmail} {...checks.field('email')} />
      <NewPasswordField
        value={password}
        onValue={setPassword}
        known={[email, user?.name ?? '']}
        {...checks.field('password')}
      />
      <Button type="submit" look="primary" size="large" isPending={claim.isPending} className="justify-self-start">
        Keep everything
      </Button>
    </form>
  );
}
