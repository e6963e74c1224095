import type { AdminUserDetail } from '@atrium/api';
import { refusalOf } from '@atrium/client';
import { useAtrium } from '@atrium/client/react';
import { Avatar, Badge, Progress } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { PageHeading } from '../../shell/page-heading.tsx';
import { Section } from '../../shell/section.tsx';
import { TimeAgo } from '../../time/time-ago.tsx';
import { BackLink } from '../parts/back-link.tsx';
import { EventList } from '../parts/event-list.tsx';
import { Facts } from '../parts/facts.tsx';
import { Missing } from '../parts/missing.tsx';
import { refresh } from '../parts/use-pages.ts';
import { UserBadges } from './user-badges.tsx';
import { UserDeeds } from './user-deeds.tsx';
import { UserRooms } from './user-rooms.tsx';
import { UserSessions } from './user-sessions.tsx';

/** `/admin/users/:userId`: one person, where they are, and what can be done about them. */
export function UserPage() {
  const { userId } = useParams({ from: '/_app/_framed/_admin/admin/users/$userId' });
  const { api } = useAtrium();
  const user = useQuery({ ...api.admin.user.query({ userId }), retry: false, refetchInterval: refresh });
  if (user.isPending) return <Progress label="Looking for the user" />;
  if (user.data === undefined || refusalOf(user.error)?.reason === 'NOT_FOUND')
    return <Missing error={user.error} list="/admin/users" onRetry={() => void user.refetch()} />;
  return <OneUser key={userId} user={user.data} />;
}

function OneUser({ user }: { readonly user: AdminUserDetail }) {
  const { api } = useAtrium();
  const isYou = useQuery(api.auth.me.query()).data?.user?.id === user.id;
  return (
    <div className="grid gap-7">
      <div className="grid gap-4">
        <BackLink to="/admin/users" />
        <div className="flex items-center gap-4">
          <Avatar person={{ userId: user.id, name: user.name }} size="large" />
          <div className="grid min-w-0 gap-1.5">
            <PageHeading title={user.name} className="text-3xl [overflow-wrap:anywhere] sm:text-4xl" />
            <p className="[overflow-wrap:anywhere] text-ink-soft">{user.email ?? 'A guest, without an address'}</p>
          </div>
        </div>
        <div className="flex flex-wrap gap-2 empty:hidden">
          {isYou && <Badge tone="accent">You</Badge>}
          <UserBadges user={user} />
        </div>
      </div>
      <Section title="Account" lead="What the server knows about it.">
        <Facts facts={factsOf(user)} />
      </Section>
      <Section title="Access" lead="Every change is written down with your name.">
        <UserDeeds user={user} isYou={isYou} />
      </Section>
      <Section title="Devices" lead="Where they are signed in. One that is signed out is out of its rooms at once.">
        <UserSessions userId={user.id} isDisabled={user.disabledAt !== null} />
      </Section>
      <Section title="Rooms" lead="Which they are in, and as what.">
        <UserRooms rooms={user.memberOf} />
      </Section>
      <Section title="Recent events" lead="What they did, and what was done to their account.">
        <EventList events={user.recent} here={user.id} />
      </Section>
    </div>
  );
}

function factsOf(user: AdminUserDetail) {
  const { disabledAt, deletesAt, lastSeenAt } = user;
  return [
    ['Came', <TimeAgo key="came" at={user.createdAt} />],
    ['Last seen', lastSeenAt === null ? 'Signed in nowhere' : <TimeAgo key="seen" at={lastSeenAt} />],
    ...(user.guest ? [] : [['Address', user.confirmed ? 'Confirmed' : 'Not confirmed yet'] as const]),
    ...(disabledAt === null ? [] : [['Disabled', <TimeAgo key="disabled" at={disabledAt} />] as const]),
    ...(deletesAt === null ? [] : [['Will be deleted', <TimeAgo key="deletes" at={deletesAt} />] as const]),
    ['Id', <code key="id">{user.id}</code>],
  ] as const;
}
