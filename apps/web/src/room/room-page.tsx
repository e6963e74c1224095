import { refusalOf } from '@atrium/client';
import { useAtrium } from '@atrium/client/react';
import { Progress } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useCallback } from 'react';
import { AskForAccess } from './ask-for-access.tsx';
import { OpenRoom } from './open-room.tsx';
import { RoomRefused } from './room-closed.tsx';

/** `/rooms/:roomId`: asks for the room, then opens it live. */
export function RoomPage() {
  const { roomId } = useParams({ from: '/_app/rooms/$roomId' });
  const { api } = useAtrium();
  const room = useQuery({ ...api.rooms.get.query({ roomId }), retry: false });
  const { refetch } = room;
  const look = useCallback(() => void refetch(), [refetch]);
  if (room.isPending) return <Progress label="Opening the room" />;
  if (room.data === undefined) {
    const isClosed = refusalOf(room.error)?.reason === 'NOT_FOUND';
    return (
      <RoomRefused error={room.error} {...(!isClosed && { onRetry: look })}>
        {isClosed && <AskForAccess roomId={roomId} onLook={look} />}
      </RoomRefused>
    );
  }
  return <OpenRoom key={roomId} info={room.data} />;
}
