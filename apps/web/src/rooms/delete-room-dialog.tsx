import type { Room } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Button, Dialog, FormError, toast } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { errorSentence } from '../shell/error-sentence.ts';
import { useRoomsChanged } from './use-rooms-changed.ts';

export function DeleteRoomDialog({ room, onClose }: { readonly room: Room; readonly onClose: () => void }) {
  const { api } = useAtrium();
  const roomsChanged = useRoomsChanged();
  const remove = useMutation({
    ...api.rooms.remove.mutation(),
    onSuccess: async () => {
      toast(`“${room.title}” is deleted.`);
      onClose();
      await roomsChanged();
    },
  });
  return (
    <Dialog role="alertdialog" title="Delete this room?" isOpen onClose={onClose}>
      {remove.isError && <FormError key={remove.submittedAt}>{errorSentence(remove.error)}</FormError>}
      <p>
        <strong className="break-words">{room.title}</strong> closes for everyone at once, and its board cannot be
        brought back. To only put it away, archive it.
      </p>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onPress={onClose}>Keep it</Button>
        <Button look="danger" isPending={remove.isPending} onPress={() => remove.mutate({ roomId: room.id })}>
          Delete room
        </Button>
      </div>
    </Dialog>
  );
}
