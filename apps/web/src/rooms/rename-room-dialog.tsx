import type { Room } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Button, Dialog, FormError, TextField } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { useChecks } from '../form/use-checks.ts';
import { titleProblem } from './room-title.ts';
import { useRoomsChanged } from './use-rooms-changed.ts';

export function RenameRoomDialog({ room, onClose }: { readonly room: Room; readonly onClose: () => void }) {
  const { api } = useAtrium();
  const roomsChanged = useRoomsChanged();
  const [title, setTitle] = useState(room.title);
  const checks = useChecks({ title: titleProblem(title) });
  const rename = useMutation({
    ...api.rooms.rename.mutation(),
    onSuccess: async () => {
      onClose();
      await roomsChanged();
    },
  });
  return (
    <Dialog title="Rename the room" isOpen onClose={onClose}>
      <form
        noValidate
        className="grid gap-5"
        onSubmit={checks.onSubmit(rename, { roomId: room.id, title: title.trim() })}
      >
        {rename.isError && <FormError key={rename.submittedAt}>{errorSentence(rename.error)}</FormError>}
        <TextField
          label="Name"
          name="title"
          autoComplete="off"
          required
          // The dialog was opened to type here.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          {...checks.field('title')}
        />
        <div className="flex flex-wrap justify-end gap-3">
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isPending={rename.isPending}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
