import type { AdminRoom } from '@atrium/api';
import { CourtPlan, personHue } from '@atrium/ui';
import { Link } from '@tanstack/react-router';
import { TimeAgo } from '../../time/time-ago.tsx';
import { counted } from '../parts/counted.ts';
import { ListRow } from '../parts/list-row.tsx';
import { ownerWords } from './owner-words.ts';
import { RoomBadges } from './room-badges.tsx';

export function RoomRow({ room }: { readonly room: AdminRoom }) {
  return (
    <ListRow
      picture={
        <div className="size-9 overflow-hidden rounded-lg">
          <CourtPlan hue={personHue(room.id)} />
        </div>
      }
      title={
        <Link to="/admin/rooms/$roomId" params={{ roomId: room.id }}>
          {room.title}
        </Link>
      }
      badges={<RoomBadges room={room} />}
      below={ownerWords(room.owners)}
      aside={[
        <>
          Changed <TimeAgo at={room.activeAt} />
        </>,
        <>
          {counted(room.members, 'member')}
          {room.present > 0 && <span className="font-medium text-accent"> · {room.present} here now</span>}
        </>,
      ]}
    />
  );
}
