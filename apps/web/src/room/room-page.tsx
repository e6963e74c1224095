import { useAtrium } from '@atrium/client/react';
import { Progress } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useCallback } from 'react';
import { ClosedDoor } from './closed-door.tsx';
import { OpenRoom } from './open-room.tsx';

/** `/rooms/:roomId`: asks for the room, then opens it live. */
export function RoomPage() {
  const { roomId } = useParams({ from: '/_app/rooms/$roomId' });
  const { api } = useAtrium();
  const room = useQuery({ ...api.rooms.get.query({ roomId }), retry: false });
  const { refetch } = room;
  const look = useCallback(() => void refetch(), [refetch]);
  if (room.isPending) return <Progress label="Opening the room" />;
  if (room.data === undefined) return <ClosedDoor roomId={roomId} error={room.error} onLook={look} />;
  return <OpenRoom key={roomId} info={room.data} />;
}
