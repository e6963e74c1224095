import type { Room } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Dialog } from '@atrium/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { LinkList } from './link-list.tsx';
import { MemberList } from './member-list.tsx';
import { canManage } from '../rooms/rights.ts';
import { NewInvite } from './new-invite.tsx';
import { PublicAccess } from './public-access.tsx';
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
  const canShare = canManage(room);
  return (
    <Dialog title={canShare ? 'Share this room' : 'People in this room'} isOpen onClose={onClose}>
      {canShare && <RequestList roomId={room.id} />}
      {canShare && <NewInvite roomId={room.id} />}
      {canShare && <LinkList roomId={room.id} />}
      {canShare && <PublicAccess room={room} />}
      <MemberList room={room} />
      <p className="border-t border-line pt-4">
        <Link
          to="/rooms/$roomId/members"
          params={{ roomId: room.id }}
          className="font-semibold text-accent underline-offset-4 hover:underline"
        >
          Open as a page
        </Link>
      </p>
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
