import type { AdminUser } from '@atrium/api';
import { Avatar } from '@atrium/ui';
import { Link } from '@tanstack/react-router';
import { TimeAgo } from '../../time/time-ago.tsx';
import { counted } from '../parts/counted.ts';
import { ListRow } from '../parts/list-row.tsx';
import { UserBadges } from './user-badges.tsx';

export function UserRow({ user }: { readonly user: AdminUser }) {
  return (
    <ListRow
      picture={<Avatar person={{ userId: user.id, name: user.name }} />}
      title={
        <Link to="/admin/users/$userId" params={{ userId: user.id }}>
          {user.name}
        </Link>
      }
      badges={<UserBadges user={user} />}
      below={user.email ?? 'No address'}
      aside={[
        user.lastSeenAt === null ? (
          'Signed in nowhere'
        ) : (
          <>
            Seen <TimeAgo at={user.lastSeenAt} />
          </>
        ),
        `${counted(user.sessions, 'session')} · ${counted(user.rooms, 'room')}`,
      ]}
    />
  );
}
