import { useAtrium } from '@atrium/client/react';
import { Button, FormError, toast } from '@atrium/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { NewPasswordField } from '../form/new-password-field.tsx';
import { useChecks } from '../form/use-checks.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { newPasswordProblem } from '../sign-in/credentials.ts';

/** Chooses another password. Whether it is really this person asks the dialog of delicate changes. */
export function PasswordForm() {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const user = useQuery(api.auth.me.query()).data?.user;
  const [password, setPassword] = useState('');
  const checks = useChecks({ password: newPasswordProblem(password) });
  const change = useMutation({
    ...api.account.changePassword.mutation(),
    onSuccess: async () => {
      setPassword('');
      checks.reset();
      toast('The new password holds. Your other devices are signed out.');
      await queryClient.invalidateQueries({ queryKey: api.auth.me.key() });
    },
  });
  return (
    <form noValidate className="grid max-w-md gap-4" onSubmit={checks.onSubmit(change, { password })}>
      {change.isError && <FormError key={change.submittedAt}>{errorSentence(change.error)}</FormError>}
      {/* Password managers look for the account that the password belongs to. */}
      <input type="email" name="email" autoComplete="username" value={user?.email ?? ''} readOnly hidden />
      <NewPasswordField
        label="New password"
        value={password}
        onValue={setPassword}
        known={user ? [user.name, user.email ?? ''] : []}
        {...checks.field('password')}
      />
      <Button type="submit" look="primary" isPending={change.isPending} className="justify-self-start">
        Change password
      </Button>
    </form>
  );
}
