import type { AdminUserDetail } from '@atrium/api';
import { Link } from '@tanstack/react-router';
import { roleNames } from '../../rooms/role-names.ts';

export function UserRooms({ rooms }: { readonly rooms: AdminUserDetail['memberOf'] }) {
  if (rooms.length === 0) return <p className="text-ink-soft">They are in no room.</p>;
  return (
    <ul aria-label="Rooms" className="-mt-2 divide-y divide-line">
      {rooms.map(({ id, title, role }) => (
        <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-6 py-2.5">
          <Link
            to="/admin/rooms/$roomId"
            params={{ roomId: id }}
            className="text-link min-w-0 [overflow-wrap:anywhere]"
          >
            {title}
          </Link>
          <span className="text-sm text-ink-soft">{roleNames[role]}</span>
        </li>
      ))}
    </ul>
  );
}
