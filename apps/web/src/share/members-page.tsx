import type { Room } from '@atrium/api';
import { refusalOf } from '@atrium/client';
import { useAtrium } from '@atrium/client/react';
import { Progress } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useCallback } from 'react';
import { ClosedDoor } from '../room/closed-door.tsx';
import { canManage } from '../rooms/rights.ts';
import { PageHeading } from '../shell/page-heading.tsx';
import { Section } from '../shell/section.tsx';
import { LeaveRoom } from './leave-room.tsx';
import { LinkList } from './link-list.tsx';
import { MemberList } from './member-list.tsx';
import { NewInvite } from './new-invite.tsx';
import { PublicAccess } from './public-access.tsx';
import { refresh } from './refresh.ts';
import { RequestList } from './request-list.tsx';

/** `/rooms/:roomId/members`: what the share dialog shows, with an address of its own and without opening the room. */
export function MembersPage() {
  const { roomId } = useParams({ from: '/_app/_framed/rooms/$roomId/members' });
  const { api } = useAtrium();
  const room = useQuery({ ...api.rooms.get.query({ roomId }), retry: false, refetchInterval: refresh });
  const { refetch } = room;
  const look = useCallback(() => void refetch(), [refetch]);
  if (room.isPending) return <Progress label="Looking for the room" />;
  // Whoever is removed while they look at the page is not shown what it knew before.
  const isClosed = refusalOf(room.error)?.reason === 'NOT_FOUND';
  if (isClosed || room.data === undefined)
    return <ClosedDoor roomId={roomId} error={room.error} onLook={look} isFramed />;
  // Who only looks on in a public room is not told who else may.
  if (!room.data.member) return <Navigate to="/rooms/$roomId" params={{ roomId }} replace />;
  return <People key={roomId} room={room.data} />;
}

function People({ room }: { readonly room: Room }) {
  const canShare = canManage(room);
  return (
    <div className="grid gap-7">
      <div className="grid justify-items-start gap-2">
        <BackToRoom room={room} />
        <PageHeading title={`People in ${room.title}`} className="max-w-full text-4xl break-words sm:text-5xl" />
      </div>
      {room.frozen && (
        <p className="rounded-control bg-warn-soft px-4 py-3 text-warn">
          An administrator has frozen this room: everything is kept, nothing changes, and nobody new comes in.
        </p>
      )}
      {canShare && <RequestList roomId={room.id} frame={Section} />}
      <MemberList room={room} frame={Section} />
      {canShare && !room.archived && (
        <Section title="Invite" lead="By a link that you pass on, or by mail.">
          <NewInvite roomId={room.id} />
        </Section>
      )}
      {canShare && <LinkList roomId={room.id} frame={Section} />}
      {canShare && <PublicAccess room={room} frame={Section} />}
      {room.role !== 'owner' && (
        <Section title="Leave" lead="The room goes on without you.">
          <LeaveRoom room={room} />
        </Section>
      )}
    </div>
  );
}

function BackToRoom({ room }: { readonly room: Room }) {
  return (
    <Link
      to="/rooms/$roomId"
      params={{ roomId: room.id }}
      className="inline-flex min-h-11 items-center gap-2 font-semibold text-ink-soft hover:text-ink"
    >
      <ArrowLeft size={18} aria-hidden />
      Back to the room
    </Link>
  );
}
