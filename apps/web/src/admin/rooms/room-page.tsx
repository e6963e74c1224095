import type { AdminRoomDetail } from '@atrium/api';
import { refusalOf } from '@atrium/client';
import { useAtrium } from '@atrium/client/react';
import { Progress } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { PageHeading } from '../../shell/page-heading.tsx';
import { Section } from '../../shell/section.tsx';
import { TimeAgo } from '../../time/time-ago.tsx';
import { BackLink } from '../parts/back-link.tsx';
import { counted } from '../parts/counted.ts';
import { EventList } from '../parts/event-list.tsx';
import { Facts } from '../parts/facts.tsx';
import { Missing } from '../parts/missing.tsx';
import { refresh } from '../parts/use-pages.ts';
import { RoomBadges } from './room-badges.tsx';
import { RoomDeeds } from './room-deeds.tsx';
import { RoomPeople } from './room-people.tsx';

/** `/admin/rooms/:roomId`: one room, who is in it, and what can be done about it. What is drawn in it is not shown. */
export function RoomAdminPage() {
  const { roomId } = useParams({ from: '/_app/_framed/_admin/admin/rooms/$roomId' });
  const { api } = useAtrium();
  const room = useQuery({ ...api.admin.room.query({ roomId }), retry: false, refetchInterval: refresh });
  if (room.isPending) return <Progress label="Looking for the room" />;
  if (room.data === undefined || refusalOf(room.error)?.reason === 'NOT_FOUND')
    return <Missing error={room.error} list="/admin/rooms" onRetry={() => void room.refetch()} />;
  return <OneRoom key={roomId} room={room.data} />;
}

function OneRoom({ room }: { readonly room: AdminRoomDetail }) {
  return (
    <div className="grid gap-7">
      <div className="grid gap-4">
        <BackLink to="/admin/rooms" />
        <PageHeading title={room.title} className="text-3xl [overflow-wrap:anywhere] sm:text-4xl" />
        <div className="flex flex-wrap gap-2 empty:hidden">
          <RoomBadges room={room} />
        </div>
      </div>
      <Section title="Room" lead="What the server knows about it. Nobody sees the board here.">
        <Facts facts={factsOf(room)} />
      </Section>
      <Section title="What can be done" lead="At once, also for who is in the room. It is written down with your name.">
        <RoomDeeds room={room} />
      </Section>
      <Section title="People" lead="Everybody who can come in, and what each may do.">
        <RoomPeople people={room.people} />
      </Section>
      <Section title="Recent events" lead="What happened to the room.">
        <EventList events={room.recent} here={room.id} />
      </Section>
    </div>
  );
}

function factsOf(room: AdminRoomDetail) {
  return [
    ['Made', <TimeAgo key="made" at={room.createdAt} />],
    ['Newest change', <TimeAgo key="active" at={room.activeAt} />],
    ['Here now', room.present === 0 ? 'Nobody' : counted(room.present, 'person', 'people')],
    ['Members', room.members],
    ['Kind', room.kind],
    ['Batches in its log', room.ver],
    ['Id', <code key="id">{room.id}</code>],
  ] as const;
}
