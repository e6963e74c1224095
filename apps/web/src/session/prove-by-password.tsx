import { refusalOf } from '@atrium/client';
import { useAtrium } from '@atrium/client/react';
import { FormError, PasswordField } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useChecks } from '../form/use-checks.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { passwordProblem } from '../sign-in/credentials.ts';
import { ProofButtons } from './proof-buttons.tsx';
import { useProved } from './use-proved.ts';

export function ProveByPassword({ email }: { readonly email: string }) {
  const { api } = useAtrium();
  const proved = useProved();
  const [password, setPassword] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const checks = useChecks({ password: passwordProblem(password) });
  const prove = useMutation({ ...api.auth.reauthenticate.mutation(), onSuccess: proved });
  return (
    <form noValidate className="grid gap-5" onSubmit={checks.onSubmit(prove, { password })}>
      {prove.isError && <FormError key={prove.submittedAt}>{proofSentence(prove.error)}</FormError>}
      {/* Password managers look for the account that the password belongs to. */}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label="Your password"
        name="password"
        autoComplete="current-password"
        ref={field}
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        {...checks.field('password')}
      />
      <ProofButtons type="submit" isPending={prove.isPending}>
        Go on
      </ProofButtons>
    </form>
  );
}

function proofSentence(error: unknown): string {
  if (refusalOf(error)?.reason === 'BAD_CREDENTIALS') return 'This is not the password of your account. Try again.';
  return errorSentence(error);
}
