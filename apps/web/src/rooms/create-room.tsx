import { useAtrium } from '@atrium/client/react';
import { Button, FormError, TextField } from '@atrium/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { useChecks } from '../form/use-checks.ts';
import { titleProblem } from './room-title.ts';

export function CreateRoom() {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const checks = useChecks({ title: titleProblem(title) });
  const create = useMutation({
    ...api.rooms.create.mutation(),
    onSuccess: async (room) => {
      void queryClient.invalidateQueries({ queryKey: api.rooms.list.key() });
      await navigate({ to: '/rooms/$roomId', params: { roomId: room.id } });
    },
  });
  const user = useQuery(api.auth.me.query()).data?.user;
  const mustConfirm = user !== null && user !== undefined && !user.confirmed && !user.guest;
  return (
    <form
      noValidate
      aria-label="New room"
      className="grid gap-4"
      onSubmit={checks.onSubmit(create, { kind: 'board', title: title.trim() })}
    >
      {create.isError && <FormError key={create.submittedAt}>{errorSentence(create.error)}</FormError>}
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_auto]">
        <TextField
          label="Name of the new room"
          isLabelHidden
          placeholder="Name a new room, such as “Launch plan”"
          name="title"
          autoComplete="off"
          required
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          {...checks.field('title')}
        />
        <Button type="submit" look="primary" size="large" isPending={create.isPending} className="self-start">
          Create room
        </Button>
      </div>
      {mustConfirm && (
        <p className="text-sm text-ink-soft">
          One thing first: follow the link in the mail that we sent you. Until then you can look around and join rooms
          that others invite you to.
        </p>
      )}
    </form>
  );
}
