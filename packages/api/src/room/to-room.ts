import type { MemberRoom, PublicRoom } from '@atrium/db';
import type { RoomHub } from '@atrium/rooms';
import type { Room } from '../wire.ts';

export function toRoom(row: MemberRoom, hub: RoomHub): Room {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    role: row.role,
    archived: row.archivedAt !== null,
    frozen: row.frozenAt !== null,
    public: row.isPublic,
    member: true,
    createdAt: row.createdAt.toISOString(),
    people: hub.people(row.id).map(({ userId, name }) => ({ userId, name })),
  };
}

/** A public room, as whoever looks on sees it. */
export function toVisitedRoom(row: PublicRoom, hub: RoomHub): Room {
  const visit = { role: 'viewer', isPublic: true, createdBy: null, activeAt: row.createdAt } as const;
  return { ...toRoom({ ...row, ...visit }, hub), member: false };
}
