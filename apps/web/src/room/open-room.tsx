import type { Room as RoomInfo } from '@atrium/api';
import type { Room } from '@atrium/client';
import { useAtrium, useRoom, useRoomStatus } from '@atrium/client/react';
import { boardKind } from '@atrium/kinds/board';
import { Progress, toast } from '@atrium/ui';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { BoardBoundary } from './board-boundary.tsx';
import { RoomEnded, RoomRefused } from './room-closed.tsx';
import { RoomHeader } from './room-header.tsx';
import { RoomNotice } from './room-notice.tsx';
import { accessChange } from './room-words.ts';
import { tellKeptRejection } from './tell-kept-rejection.ts';
import { warnWhileUnsent } from './warn-while-unsent.ts';

const BoardRoom = lazy(async () => ({ default: (await import('../board/board-room.tsx')).BoardRoom }));

export function OpenRoom({ info }: { readonly info: RoomInfo }) {
  const room = useRoom(boardKind, info.id);
  if (room === null) return <Progress label="Opening the room" />;
  return <RoomView info={info} room={room} />;
}

interface RoomViewProps {
  readonly info: RoomInfo;
  readonly room: Room<typeof boardKind>;
}

function RoomView({ info, room }: RoomViewProps) {
  const { client } = useAtrium();
  const status = useRoomStatus(room);
  useAccessChanges(info.id, status.role);
  useEffect(() => warnWhileUnsent(room.unkept, window), [room]);
  useEffect(() => room.onRejected(tellKeptRejection), [room]);
  const isLive = status.phase === 'live';
  // Whoever comes straight to a room may have left something in another one.
  useEffect(() => (isLive ? client.deliverKept() : undefined), [client, isLive]);
  if (status.phase === 'ended') return <RoomEnded reason={status.endReason} />;
  if (status.phase === 'refused') return <RoomRefused refusal={status.refusal} />;
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <RoomHeader info={info} room={room} />
      <main id="main" aria-label="Board" className="relative flex min-h-0 grow flex-col">
        <RoomNotice info={info} room={room} />
        <div className="relative min-h-0 grow">
          <BoardBoundary onReset={() => room.refetch()}>
            <Suspense fallback={<Progress label="Getting the pens out" />}>
              <BoardRoom room={room} />
            </Suspense>
          </BoardBoundary>
        </div>
      </main>
    </div>
  );
}

/** Says when what this person may do has changed, and asks for the room again: it may have been archived. */
function useAccessChanges(roomId: string, role: RoomInfo['role'] | null): void {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const before = useRef(role);
  useEffect(() => {
    const sentence = accessChange(before.current, role);
    before.current = role;
    if (sentence === null) return;
    toast(sentence);
    void queryClient.invalidateQueries({ queryKey: api.rooms.get.key({ roomId }) });
  }, [api, queryClient, role, roomId]);
}
