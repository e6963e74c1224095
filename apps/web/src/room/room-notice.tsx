import type { Room as RoomInfo } from '@atrium/api';
import type { RoomStatus } from '@atrium/client';
import { isAtLeast, type Role } from '@atrium/rooms/kind';
import type { ReactNode } from 'react';

export interface RoomNoticeProps {
  readonly info: RoomInfo;
  readonly phase: RoomStatus['phase'];
  readonly role: Role | null;
}

/** One line above the board about what is not as usual; nothing when all is well. Spoken when it appears. */
export function RoomNotice({ info, phase, role }: RoomNoticeProps) {
  return <output className="block">{notice({ info, phase, role })}</output>;
}

function notice({ info, phase, role }: RoomNoticeProps): ReactNode {
  if (phase === 'reconnecting') {
    return (
      <Strip className="bg-warn-soft text-warn">
        Reconnecting. What you draw stays on this page and is sent when the line is back.
      </Strip>
    );
  }
  if (info.archived) {
    return (
      <Strip className="bg-sunken text-ink-soft">This room is archived: everything is kept, nothing changes.</Strip>
    );
  }
  if (role !== null && !isAtLeast(role, 'editor')) {
    return <Strip className="bg-sunken text-ink-soft">You are looking on: your link does not allow drawing.</Strip>;
  }
  return null;
}

function Strip({ className, children }: { readonly className: string; readonly children: ReactNode }) {
  return <p className={`px-4 py-2 text-center text-sm font-medium ${className}`}>{children}</p>;
}
