/**
 * Asks the person to prove who they are before something delicate is done. Whatever they were doing waits behind it and
 * goes on by itself; Escape leaves everything as it was.
 */
import { useAtrium } from '@atrium/client/react';
import type { Me } from '@atrium/api';
import { refusalOf } from '@atrium/client';
import { Button, Dialog, FormError, PasswordField } from '@atrium/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useChecks } from '../form/use-checks.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { passwordProblem } from '../sign-in/credentials.ts';
import { answerProof } from './proof-request.ts';
import { ProveByMail } from './prove-by-mail.tsx';

export function SudoDialog() {
  const { api } = useAtrium();
  const user = useQuery(api.auth.me.query()).data?.user;
  const [way, setWay] = useState<'password' | 'mail'>('password');
  return (
    <Dialog title="Is it you?" isOpen onClose={() => answerProof(false)}>
      <p className="text-ink-soft">
        You signed in a while ago, and this changes something delicate. Show once more that it is you; then it goes on
        by itself.
      </p>
      {way === 'password' ? <ProveByPassword email={user?.email ?? ''} /> : <ProveByMail email={user?.email ?? ''} />}
      {user?.email && (
        <p className="border-t border-line pt-4 text-sm text-ink-soft">
          {way === 'password' ? 'No password, or forgotten? ' : 'Rather by password? '}
          <button type="button" className="text-link" onClick={() => setWay(way === 'password' ? 'mail' : 'password')}>
            {way === 'password' ? 'Mail me a link' : 'Enter the password'}
          </button>
        </p>
      )}
    </Dialog>
  );
}

/** What happens once the server has taken the proof. */
function useProved(): (me: Me) => void {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  return (me) => {
    queryClient.setQueryData(api.auth.me.key(), me);
    answerProof(true);
  };
}

function ProveByPassword({ email }: { readonly email: string }) {
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
      <div className="flex flex-wrap justify-end gap-3">
        <Button onPress={() => answerProof(false)}>Cancel</Button>
        <Button type="submit" look="primary" isPending={prove.isPending}>
          Go on
        </Button>
      </div>
    </form>
  );
}

function proofSentence(error: unknown): string {
  if (refusalOf(error)?.reason === 'BAD_CREDENTIALS') return 'This is not the password of your account. Try again.';
  return errorSentence(error);
}
