import type { AdminUser } from '@atrium/api';
import { Badge } from '@atrium/ui';

/** What is special about an account; nothing for most. */
export function UserBadges({ user }: { readonly user: AdminUser }) {
  return (
    <>
      {user.role === 'admin' && <Badge tone="accent">Administrator</Badge>}
      {user.guest && <Badge>Guest</Badge>}
      {user.disabledAt !== null && <Badge tone="danger">Disabled</Badge>}
      {!user.guest && !user.confirmed && <Badge tone="warn">Not confirmed</Badge>}
      {user.deletesAt !== null && <Badge tone="warn">To be deleted</Badge>}
    </>
  );
}
