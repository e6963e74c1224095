import type { AdminRoomDetail } from '@atrium/api';
import { Avatar, Badge } from '@atrium/ui';
import { Link } from '@tanstack/react-router';
import { roleNames } from '../../rooms/role-names.ts';
import { TimeAgo } from '../../time/time-ago.tsx';

type RoomPerson = AdminRoomDetail['people'][number];

export function RoomPeople({ people }: { readonly people: readonly RoomPerson[] }) {
  if (people.length === 0) return <p className="text-ink-soft">Nobody is a member of this room.</p>;
  return (
    <ul aria-label="People" className="-mt-3 divide-y divide-line">
      {people.map((person) => (
        <li key={person.userId} className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-4 py-3">
          <Avatar person={person} />
          <div className="min-w-0 [overflow-wrap:anywhere]">
            <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <Link to="/admin/users/$userId" params={{ userId: person.userId }} className="text-link">
                {person.name}
              </Link>
              {person.guest && <Badge>Guest</Badge>}
            </p>
            <p className="text-sm text-ink-soft">
              {person.email ?? 'No address'} · since <TimeAgo at={person.since} />
            </p>
          </div>
          <span className="text-sm text-ink-soft">{roleNames[person.role]}</span>
        </li>
      ))}
    </ul>
  );
}
