import { useAtrium } from '@atrium/client/react';
import { Button, buttonClass, FormError, TextField } from '@atrium/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTakeSession } from '../session/me.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { nameProblem } from '../sign-in/credentials.ts';
import { useChecks } from '../form/use-checks.ts';

/** From the front page to a board in one step: a name is all it takes. */
export function StartDrawing() {
  const { api } = useAtrium();
  const user = useQuery(api.auth.me.query()).data?.user;
  const start = useStart();
  // While the board opens the form stays, although the person is signed in by then.
  if (!user || start.isPending || start.isSuccess) return <GuestForm start={start} />;
  return (
    <div className="flex flex-wrap items-center gap-4">
      <Link to="/rooms" className={buttonClass('primary', 'large')}>
        Go to your rooms
      </Link>
      <p className="text-ink-soft">You are here as {user.name}.</p>
    </div>
  );
}

function useStart() {
  const { client } = useAtrium();
  const navigate = useNavigate();
  const takeSession = useTakeSession();
  return useMutation({
    mutationFn: async (name: string) => {
      await takeSession(await client.trpc.auth.guest.mutate({ name }));
      return client.trpc.rooms.create.mutate({ kind: 'board', title: `${name}’s board` });
    },
    onSuccess: (room) => navigate({ to: '/rooms/$roomId', params: { roomId: room.id } }),
  });
}

function GuestForm({ start }: { readonly start: ReturnType<typeof useStart> }) {
  const [name, setName] = useState('');
  const checks = useChecks({ name: nameProblem(name) });
  return (
    <form noValidate className="grid max-w-[34rem] gap-3" onSubmit={checks.onSubmit(start, name.trim())}>
      {start.isError && <FormError key={start.submittedAt}>{errorSentence(start.error)}</FormError>}
      <div className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto]">
        <TextField
          label="Your name"
          name="name"
          autoComplete="given-name"
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
          {...checks.field('name')}
        />
        <Button
          type="submit"
          look="primary"
          size="large"
          isPending={start.isPending}
          className="self-start sm:mt-[1.7rem]"
        >
          Start drawing
        </Button>
      </div>
      <p className="text-sm text-ink-soft">No account needed. Your name is shown beside your cursor.</p>
    </form>
  );
}
