import type { Room } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Button, Dialog, FormError, toast } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { errorSentence } from '../shell/error-sentence.ts';
import { useRoomsChanged } from './use-rooms-changed.ts';

export interface LeaveRoomDialogProps {
  readonly room: Room;
  readonly onClose: () => void;
  /** From a page that only members see: goes somewhere else, before the page finds out. */
  readonly onLeft?: () => Promise<void>;
}

export function LeaveRoomDialog({ room, onClose, onLeft }: LeaveRoomDialogProps) {
  const { api } = useAtrium();
  const roomsChanged = useRoomsChanged();
  const leave = useMutation({
    ...api.members.leave.mutation(),
    onSuccess: async () => {
      toast(`You have left “${room.title}”.`);
      onClose();
      await onLeft?.();
      await roomsChanged();
    },
  });
  return (
    <Dialog role="alertdialog" title="Leave this room?" isOpen onClose={onClose}>
      {leave.isError && <FormError key={leave.submittedAt}>{errorSentence(leave.error)}</FormError>}
      <p>
        <strong className="break-words">{room.title}</strong> goes on without you, and keeps what you drew. To come back
        you need an invitation.
      </p>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onPress={onClose}>Stay</Button>
        <Button look="danger" isPending={leave.isPending} onPress={() => leave.mutate({ roomId: room.id })}>
          Leave room
        </Button>
      </div>
    </Dialog>
  );
}
