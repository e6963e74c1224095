import type { Role } from '@atrium/rooms';
import { and, eq, sql } from 'drizzle-orm';
import { QueryFailed, withoutParameters } from '../errors.ts';
import { rowsOf } from '../rows.ts';
import { roomMembers } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';

/** The room would be left without an owner. */
export class LastOwner extends Error {
  constructor() {
    super('A room keeps an owner: make somebody else one first.');
    this.name = 'LastOwner';
  }
}

export interface MemberKey {
  readonly roomId: string;
  readonly userId: string;
}

/**
 * Gives a member another role, for good: it hangs on no link from now on. As an owner; false when there is no such
 * member, or the user is no owner (any more, when the change had its turn). Throws `LastOwner`.
 */
export async function setMemberRole(tx: ScopedTx, { roomId, userId, role }: MemberKey & { readonly role: Role }) {
  return await changed(tx, roomId, async () => {
    return await tx
      .update(roomMembers)
      .set({ role, inviteId: null })
      .where(and(eq(roomMembers.roomId, roomId), eq(roomMembers.userId, userId)))
      .returning({ userId: roomMembers.userId });
  });
}

/** As an owner, or as that member; false when there is none, or the user may not. Throws `LastOwner`. */
export async function deleteMember(tx: ScopedTx, { roomId, userId }: MemberKey): Promise<boolean> {
  return await changed(tx, roomId, async () => {
    return await tx
      .delete(roomMembers)
      .where(and(eq(roomMembers.roomId, roomId), eq(roomMembers.userId, userId)))
      .returning({ userId: roomMembers.userId });
  });
}

/** Changes of the members of one room come one after the other. As a member; false when the user is none. */
export async function lockRoom(tx: ScopedTx, roomId: string): Promise<boolean> {
  const rows = await rowsOf<{ locked: boolean }>(tx, sql`select app_lock_room(${roomId}::uuid) as locked`);
  return rows[0]?.locked ?? false;
}

async function changed(tx: ScopedTx, roomId: string, change: () => Promise<readonly unknown[]>): Promise<boolean> {
  if (!(await lockRoom(tx, roomId))) return false;
  try {
    return (await change()).length > 0;
  } catch (error) {
    const failed = withoutParameters(error);
    throw failed instanceof QueryFailed && failed.code === 'AT001' ? new LastOwner() : failed;
  }
}
