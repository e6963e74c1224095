import type { Room } from '@atrium/api';
import { AvatarStack, CourtPlan, personHue } from '@atrium/ui';
import { Link } from '@tanstack/react-router';
import { TimeAgo } from '../time/time-ago.tsx';
import { roleNames } from './role-names.ts';
import { RoomBadges } from './room-badges.tsx';
import { RoomMenu } from './room-menu.tsx';
import { whoIsHere } from './who-is-here.ts';

/** One room in the list: its name leads in, beside it who is there at this moment. */
export function RoomRow({ room }: { readonly room: Room }) {
  return (
    <li className="group relative grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 py-4 sm:grid-cols-[auto_minmax(0,1fr)_auto_2.5rem] sm:gap-x-5">
      <div className="size-12 overflow-hidden rounded-xl">
        <CourtPlan hue={personHue(room.id)} />
      </div>
      <div className="min-w-0">
        <h2 className="line-clamp-2 text-xl leading-snug break-words">
          <Link
            to="/rooms/$roomId"
            params={{ roomId: room.id }}
            className="decoration-accent decoration-2 underline-offset-4 group-hover:underline after:absolute after:inset-0"
          >
            {room.title}
          </Link>
        </h2>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <p className="truncate text-sm text-ink-soft">
            {roleNames[room.role]} · made <TimeAgo at={room.createdAt} />
          </p>
          <RoomBadges room={room} />
        </div>
      </div>
      {room.people.length > 0 && (
        <div className="pointer-events-none col-start-2 row-start-2 flex items-center gap-3 sm:col-start-3 sm:row-start-1">
          <AvatarStack people={room.people} label={`In “${room.title}” now`} size="small" />
          <span aria-hidden className="text-sm font-medium text-accent">
            {whoIsHere(room.people)}
          </span>
        </div>
      )}
      <div className="relative col-start-3 row-start-1 sm:col-start-4">
        <RoomMenu room={room} />
      </div>
    </li>
  );
}
