import type { Role } from '@atrium/rooms';
import { and, asc, eq, sql } from 'drizzle-orm';
import { memberRole } from '../member/member.ts';
import { rowsOf } from '../rows.ts';
import { accessRequests, roomMembers, rooms } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';

export type AccessRequest = typeof accessRequests.$inferSelect;

/** So many rooms one person may wait for: nobody knocks at every door. */
export const mostAccessRequests = 20;

/**
 * Notes that somebody wants to be let in. False when there is no such room, they are in it, have asked already, or wait at
 * too many doors: whoever asked must not learn which. System scope.
 */
export async function insertAccessRequest(
  tx: ScopedTx,
  { roomId, userId, name }: Pick<AccessRequest, 'roomId' | 'userId' | 'name'>,
): Promise<boolean> {
  const rows = await rowsOf(
    tx,
    sql`
      insert into access_requests (room_id, user_id, name)
      select rooms.id, ${userId}::uuid, ${name} from rooms
      where rooms.id = ${roomId}::uuid
        and not exists (select from room_members where room_id = rooms.id and user_id = ${userId}::uuid)
        and (select count(*) from access_requests where user_id = ${userId}::uuid) < ${mostAccessRequests}
      on conflict do nothing returning 1`,
  );
  return rows.length > 0;
}

/** Who waits, the longest first. As an owner; empty for anybody else. */
export async function listAccessRequests(tx: ScopedTx, roomId: string): Promise<readonly AccessRequest[]> {
  return await tx
    .select()
    .from(accessRequests)
    .where(eq(accessRequests.roomId, roomId))
    .orderBy(asc(accessRequests.createdAt), asc(accessRequests.userId));
}

export interface AccessAnswer {
  readonly roomId: string;
  readonly userId: string;
  /** Who answers: must be an owner when the answer has its turn. */
  readonly ownerId: string;
  /** Null turns them away. */
  readonly role: Exclude<Role, 'owner'> | null;
}

/** Lets somebody in who has asked, or turns them away; false when nobody waits, or the other one is no owner. System scope. */
export async function answerAccessRequest(tx: ScopedTx, { roomId, userId, ownerId, role }: AccessAnswer) {
  // As all that changes the members of a room: one after the other.
  await tx.select({ id: rooms.id }).from(rooms).where(eq(rooms.id, roomId)).for('no key update');
  if ((await memberRole(tx, roomId, ownerId)) !== 'owner') return false;
  const waiting = and(eq(accessRequests.roomId, roomId), eq(accessRequests.userId, userId));
  const gone = await tx.delete(accessRequests).where(waiting).returning({ userId: accessRequests.userId });
  if (gone.length === 0) return false;
  // Who is told of it is told who did it.
  await tx.execute(sql`select set_config('app.acting_user', ${ownerId}, true)`);
  if (role !== null) await tx.insert(roomMembers).values({ roomId, userId, role }).onConflictDoNothing();
  return true;
}
