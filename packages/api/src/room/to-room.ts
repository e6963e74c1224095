import type { MemberRoom } from '@atrium/db';
import type { RoomHub } from '@atrium/rooms';
import type { Room } from '../wire.ts';

export function toRoom(row: MemberRoom, hub: RoomHub): Room {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    role: row.role,
    archived: row.archivedAt !== null,
    createdAt: row.createdAt.toISOString(),
    people: hub.people(row.id).map(({ userId, name }) => ({ userId, name })),
  };
}
