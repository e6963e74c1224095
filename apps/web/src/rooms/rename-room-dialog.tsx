import type { Room } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { RenameDialog } from '../form/rename-dialog.tsx';
import { titleProblem } from './room-title.ts';
import { useRoomsChanged } from './use-rooms-changed.ts';

export function RenameRoomDialog({ room, onClose }: { readonly room: Room; readonly onClose: () => void }) {
  const { trpc } = useAtrium().client;
  const roomsChanged = useRoomsChanged();
  return (
    <RenameDialog
      title="Rename the room"
      name={room.title}
      action="Rename"
      problem={titleProblem}
      rename={(title) => trpc.rooms.rename.mutate({ roomId: room.id, title })}
      onRenamed={roomsChanged}
      onClose={onClose}
    />
  );
}
