import { useAtrium } from '@atrium/client/react';
import { Button, FormError, TextField } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useChecks } from '../form/use-checks.ts';
import { useTakeSession } from '../session/me.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { nameProblem } from '../sign-in/credentials.ts';
import { inviteToken } from './invite-token.ts';

/** A new guest who takes the invitation; ends in the room. */
export function useGuestJoin(token: string) {
  const { client } = useAtrium();
  const navigate = useNavigate();
  const takeSession = useTakeSession();
  return useMutation({
    mutationFn: async (name: string) => {
      await takeSession(await client.trpc.auth.guest.mutate({ name }));
      return client.trpc.invites.accept.mutate({ token });
    },
    onSuccess: async ({ roomId }) => {
      inviteToken().forget();
      await navigate({ to: '/rooms/$roomId', params: { roomId } });
    },
  });
}

export interface GuestJoinProps {
  /** A mutation, as `useMutation` gives it, that takes the name. */
  readonly join: Pick<ReturnType<typeof useGuestJoin>, 'isError' | 'error' | 'isPending' | 'submittedAt'> & {
    readonly mutate: (name: string, opts: { readonly onSettled: () => void }) => void;
  };
  /** What the button says. */
  readonly action: string;
}

/** In without an account: a name, and the room opens. */
export function GuestJoin({ join, action }: GuestJoinProps) {
  const [name, setName] = useState('');
  const checks = useChecks({ name: nameProblem(name) });
  return (
    <form noValidate className="grid gap-4" onSubmit={checks.onSubmit(join, name.trim())}>
      {join.isError && <FormError key={join.submittedAt}>{errorSentence(join.error)}</FormError>}
      <TextField
        label="Your name"
        name="name"
        autoComplete="given-name"
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
        {...checks.field('name')}
      />
      <Button type="submit" look="primary" size="large" isPending={join.isPending} className="justify-self-start">
        {action}
      </Button>
    </form>
  );
}
