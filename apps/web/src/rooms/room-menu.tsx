import type { Room } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { IconButton, Menu, MenuItem, toast } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Archive, ArchiveRestore, Ellipsis, LogOut, Pencil, Trash2, Users } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { DeleteRoomDialog } from './delete-room-dialog.tsx';
import { LeaveRoomDialog } from './leave-room-dialog.tsx';
import { canManage } from './rights.ts';
import { RenameRoomDialog } from './rename-room-dialog.tsx';
import { useRoomsChanged } from './use-rooms-changed.ts';

/**
 * What a member can do with a room from the list: its owners everything, everybody else see who is in it, and leave. In a
 * frozen one its owners can do no more than that either.
 */
export function RoomMenu({ room }: { readonly room: Room }) {
  const { api } = useAtrium();
  const [asking, setAsking] = useState<'rename' | 'leave' | 'delete' | null>(null);
  const roomsChanged = useRoomsChanged();
  const navigate = useNavigate();
  const archive = useMutation({
    ...api.rooms.archive.mutation(),
    onSuccess: async (changed) => {
      toast(changed.archived ? `“${changed.title}” is archived.` : `“${changed.title}” is back in use.`);
      await roomsChanged();
    },
    onError: (error) => toast(errorSentence(error)),
  });
  const canChange = canManage(room);
  const close = () => setAsking(null);
  const trigger = useFocusAfter(asking !== null);
  return (
    <>
      <Menu
        label={`Actions for ${room.title}`}
        trigger={
          <IconButton ref={trigger} label={`Actions for ${room.title}`}>
            <Ellipsis size={20} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem
          icon={<Users size={17} aria-hidden />}
          onAction={() => void navigate({ to: '/rooms/$roomId/members', params: { roomId: room.id } })}
        >
          People
        </MenuItem>
        {canChange && (
          <MenuItem icon={<Pencil size={17} aria-hidden />} onAction={() => setAsking('rename')}>
            Rename
          </MenuItem>
        )}
        {canChange && (
          <MenuItem
            icon={room.archived ? <ArchiveRestore size={17} aria-hidden /> : <Archive size={17} aria-hidden />}
            onAction={() => archive.mutate({ roomId: room.id, archived: !room.archived })}
          >
            {room.archived ? 'Bring back' : 'Archive'}
          </MenuItem>
        )}
        <MenuItem icon={<LogOut size={17} aria-hidden />} onAction={() => setAsking('leave')}>
          Leave
        </MenuItem>
        {canChange && (
          <MenuItem isDanger icon={<Trash2 size={17} aria-hidden />} onAction={() => setAsking('delete')}>
            Delete
          </MenuItem>
        )}
      </Menu>
      {asking === 'rename' && <RenameRoomDialog room={room} onClose={close} />}
      {asking === 'leave' && <LeaveRoomDialog room={room} onClose={close} />}
      {asking === 'delete' && <DeleteRoomDialog room={room} onClose={close} />}
    </>
  );
}

/** Gives the focus back to the element of the returned ref when `isOpen` turns false: the menu item is gone by then. */
function useFocusAfter(isOpen: boolean) {
  const ref = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !isOpen) ref.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  return ref;
}
