import { and, asc, eq } from 'drizzle-orm';
import type { Role } from '@atrium/rooms';
import { roomMembers, users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';

export interface RoomMember {
  readonly userId: string;
  readonly name: string;
  readonly isGuest: boolean;
  readonly role: Role;
  /** The link that this membership hangs on. */
  readonly inviteId: string | null;
  readonly createdAt: Date;
}

/** In the order in which they came. Empty for who is no member. Either scope. */
export async function listMembers(tx: ScopedTx, roomId: string): Promise<readonly RoomMember[]> {
  return await tx
    .select({
      userId: roomMembers.userId,
      name: users.name,
      isGuest: users.isGuest,
      role: roomMembers.role,
      inviteId: roomMembers.inviteId,
      createdAt: roomMembers.createdAt,
    })
    .from(roomMembers)
    .innerJoin(users, eq(users.id, roomMembers.userId))
    .where(eq(roomMembers.roomId, roomId))
    .orderBy(asc(roomMembers.createdAt), asc(roomMembers.userId));
}

/** Null for who is no member. Either scope. */
export async function memberRole(tx: ScopedTx, roomId: string, userId: string): Promise<Role | null> {
  const rows = await tx
    .select({ role: roomMembers.role })
    .from(roomMembers)
    .where(and(eq(roomMembers.roomId, roomId), eq(roomMembers.userId, userId)));
  return rows[0]?.role ?? null;
}
