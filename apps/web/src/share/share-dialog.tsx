import type { Room } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Dialog } from '@atrium/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { LinkList } from './link-list.tsx';
import { MemberList } from './member-list.tsx';
import { NewInvite } from './new-invite.tsx';
import { RequestList } from './request-list.tsx';

export interface ShareDialogProps {
  readonly room: Room;
  /** Ids of the people who are there now. */
  readonly here: readonly string[];
  readonly onClose: () => void;
}

/** Who is in the room; for its owners also what they may do, and the links that lead into it. */
export function ShareDialog({ room, here, onClose }: ShareDialogProps) {
  useFreshLists(room.id, here);
  const isOwner = room.role === 'owner';
  return (
    <Dialog title={isOwner ? 'Share this room' : 'People in this room'} isOpen onClose={onClose}>
      {isOwner && <RequestList roomId={room.id} />}
      {isOwner && <NewInvite roomId={room.id} />}
      {isOwner && <LinkList roomId={room.id} />}
      <MemberList room={room} />
    </Dialog>
  );
}

/** Whoever comes or goes while the dialog is open may be a new member, or one less. */
function useFreshLists(roomId: string, here: readonly string[]): void {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const people = here.join(' ');
  useEffect(() => {
    // Nobody is known to be here before the line is there.
    if (people === '') return;
    void queryClient.invalidateQueries({ queryKey: api.members.list.key({ roomId }) });
    void queryClient.invalidateQueries({ queryKey: api.invites.list.key({ roomId }) });
  }, [api, queryClient, roomId, people]);
}
