import type { Room } from '@atrium/api';
import { Badge } from '@atrium/ui';

/** What is unusual about a room, in a word each; nothing for most of them. */
export function RoomBadges({ room }: { readonly room: Pick<Room, 'public' | 'frozen'> }) {
  return (
    <>
      {room.frozen && <Badge tone="warn">Frozen</Badge>}
      {room.public && <Badge tone="accent">Public</Badge>}
    </>
  );
}
