import type { Room as RoomInfo } from '@atrium/api';
import type { Room, RoomStatus } from '@atrium/client';
import { useAtrium, useRoom, useRoomStatus } from '@atrium/client/react';
import { boardKind } from '@atrium/kinds/board';
import { Progress, toast } from '@atrium/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { BoardBoundary } from './board-boundary.tsx';
import { RoomEnded, RoomRefused } from './room-closed.tsx';
import { type UnappliedChange, withMore } from './not-applied.ts';
import { NotAppliedNotice } from './not-applied-notice.tsx';
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
  const who = useWho(status.by);
  useAccessChanges(info, status, who);
  const [unapplied, setUnapplied] = useState<readonly UnappliedChange[]>([]);
  const noteUnapplied = useCallback(
    (more: readonly UnappliedChange[]) => setUnapplied((known) => withMore(known, more)),
    [],
  );
  useEffect(() => warnWhileUnsent(room.unkept, window), [room]);
  useEffect(() => room.onRejected(tellKeptRejection), [room]);
  const isLive = status.phase === 'live';
  // Whoever comes straight to a room may have left something in another one.
  useEffect(() => (isLive ? client.deliverKept() : undefined), [client, isLive]);
  const notApplied = <NotAppliedNotice changes={unapplied} onDismiss={() => setUnapplied([])} />;
  if (status.phase === 'ended') {
    return <RoomEnded reason={status.endReason} who={who} isVisitor={!info.member} notApplied={notApplied} />;
  }
  if (status.phase === 'refused') return <RoomRefused refusal={status.refusal} />;
  return (
    <div className="flex h-page flex-col overflow-hidden">
      <RoomHeader info={info} room={room} />
      <main id="main" aria-label="Board" className="relative flex min-h-0 grow flex-col">
        <RoomNotice info={info} room={room} />
        {notApplied}
        <div className="relative min-h-0 grow">
          <BoardBoundary onReset={() => room.refetch()}>
            <Suspense fallback={<Progress label="Getting the pens out" />}>
              <BoardRoom room={room} isVisitor={!info.member} onNotApplied={noteUnapplied} />
            </Suspense>
          </BoardBoundary>
        </div>
      </main>
    </div>
  );
}

/** Says when what this person may do has changed, and asks for the room again: what it shows depends on that. */
function useAccessChanges(info: RoomInfo, status: RoomStatus, who: string): void {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const now = {
    role: status.role,
    archived: status.archived ?? info.archived,
    frozen: status.frozen ?? info.frozen,
  };
  const { role, archived, frozen } = now;
  const before = useRef(now);
  useEffect(() => {
    const sentence = accessChange(before.current, { role, archived, frozen }, who);
    before.current = { role, archived, frozen };
    if (sentence === null) return;
    toast(sentence);
    void queryClient.invalidateQueries({ queryKey: api.rooms.get.key({ roomId: info.id }) });
    void queryClient.invalidateQueries({ queryKey: api.members.list.key({ roomId: info.id }) });
  }, [api, queryClient, role, archived, frozen, who, info.id]);
}

/** Who changed the access, as a sentence about it begins. */
function useWho(by: RoomStatus['by']): string {
  const { api } = useAtrium();
  const me = useQuery(api.auth.me.query());
  if (by === null) return 'Somebody';
  return by.userId === me.data?.user?.id ? 'You' : by.name;
}
