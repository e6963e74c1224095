import type { AdminRoom } from '@atrium/api';
import { Badge } from '@atrium/ui';

/** What is special about a room; nothing for most. */
export function RoomBadges({ room }: { readonly room: AdminRoom }) {
  return (
    <>
      {room.frozen && <Badge tone="warn">Frozen</Badge>}
      {room.archived && <Badge>Archived</Badge>}
      {room.public && <Badge tone="accent">Public</Badge>}
    </>
  );
}
