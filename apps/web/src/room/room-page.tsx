import { useAtrium } from '@atrium/client/react';
import { Progress } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { OpenRoom } from './open-room.tsx';
import { RoomRefused } from './room-closed.tsx';

/** `/rooms/:roomId`: asks for the room, then opens it live. */
export function RoomPage() {
  const { roomId } = useParams({ from: '/_app/rooms/$roomId' });
  const { api } = useAtrium();
  const room = useQuery({ ...api.rooms.get.query({ roomId }), retry: false });
  if (room.isPending) return <Progress label="Opening the room" />;
  if (room.data === undefined) return <RoomRefused error={room.error} onRetry={() => void room.refetch()} />;
  return <OpenRoom key={roomId} info={room.data} />;
}
