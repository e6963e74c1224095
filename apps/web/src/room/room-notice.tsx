import type { Room as RoomInfo } from '@atrium/api';
import type { Room } from '@atrium/client';
import { useObservable, usePending, useRoomStatus } from '@atrium/client/react';
import { isAtLeast } from '@atrium/rooms/kind';
import type { ReactNode } from 'react';
import { reconnectingWords } from './room-words.ts';
import { VisitorNotice } from './visitor-notice.tsx';

export interface RoomNoticeProps {
  readonly info: RoomInfo;
  readonly room: Room;
}

/** A line above the board about what is not as usual; nothing when all is well. Spoken when it appears. */
export function RoomNotice({ info, room }: RoomNoticeProps) {
  const { phase, role } = useRoomStatus(room);
  if (phase === 'reconnecting') return <Reconnecting room={room} />;
  return (
    <>
      <output className="block">{accessNotice(info, role)}</output>
      {!info.member && <VisitorNotice roomId={info.id} />}
    </>
  );
}

/** The first words are spoken; the count that grows with every stroke is only shown. */
function Reconnecting({ room }: { readonly room: Room }) {
  const pending = usePending(room);
  const unkept = useObservable(room.unkept);
  return (
    <>
      <output className="sr-only">{reconnectingWords(0, 0)}</output>
      <Strip className="bg-warn-soft text-warn">{reconnectingWords(pending, unkept)}</Strip>
    </>
  );
}

function accessNotice(info: RoomInfo, role: RoomInfo['role'] | null): ReactNode {
  if (info.frozen) {
    return (
      <Strip className="bg-sunken text-ink-soft">
        An administrator has frozen this room: everything is kept, nothing changes.
      </Strip>
    );
  }
  if (info.archived) {
    return (
      <Strip className="bg-sunken text-ink-soft">This room is archived: everything is kept, nothing changes.</Strip>
    );
  }
  if (info.member && role !== null && !isAtLeast(role, 'editor')) {
    return <Strip className="bg-sunken text-ink-soft">You are looking on. An owner can let you draw.</Strip>;
  }
  return null;
}

function Strip({ className, children }: { readonly className: string; readonly children: ReactNode }) {
  return <p className={`px-4 py-2 text-center text-sm font-medium ${className}`}>{children}</p>;
}
