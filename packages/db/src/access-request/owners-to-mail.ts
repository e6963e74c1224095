import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm';
import { roomMembers, rooms, users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';

/** Somebody who can let others into a room, with what a mail about it says. */
export interface OwnerToMail {
  readonly email: string;
  readonly name: string;
  /** Title of the room. */
  readonly room: string;
}

/** The owners of a room whose address is theirs for sure, and who are not disabled. System scope. */
export async function ownersToMail(tx: ScopedTx, roomId: string): Promise<readonly OwnerToMail[]> {
  const rows = await tx
    .select({ email: users.email, name: users.name, room: rooms.title })
    .from(roomMembers)
    .innerJoin(users, eq(users.id, roomMembers.userId))
    .innerJoin(rooms, eq(rooms.id, roomMembers.roomId))
    .where(
      and(
        eq(roomMembers.roomId, roomId),
        eq(roomMembers.role, 'owner'),
        isNotNull(users.confirmedAt),
        isNull(users.disabledAt),
      ),
    )
    .orderBy(asc(roomMembers.createdAt), asc(roomMembers.userId));
  return rows.flatMap(({ email, ...owner }) => (email === null ? [] : [{ email, ...owner }]));
}
