import { and, eq, isNotNull, isNull, lt, lte, notExists, or, sql } from 'drizzle-orm';
import { rowsOf } from '../rows.ts';
import { apiTokens, identities, passkeys } from '../schema/identity-tables.ts';
import { roomMembers, sessions, users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';
import { deleteOtherSessions } from '../session/session.ts';
import { lockUser } from './lock-user.ts';

/**
 * From `deleteAfter` on the account may be deleted. Everything that is signed in ends now: answers the public ids of the
 * sessions and API tokens; null when the user is gone. The user's row is changed first, so that a sign-in at the same
 * time is either ended here or sees that there is something to take back. System scope.
 */
export async function requestDeletion(
  tx: ScopedTx,
  { userId, deleteAfter }: { readonly userId: string; readonly deleteAfter: Date },
): Promise<readonly string[] | null> {
  const found = await tx.update(users).set({ deleteAfter }).where(eq(users.id, userId)).returning({ id: users.id });
  if (found.length === 0) return null;
  const ended = await deleteOtherSessions(tx, { userId, keepPublicId: null, reason: 'signed-out' });
  const tokens = await tx.delete(apiTokens).where(eq(apiTokens.userId, userId)).returning({ id: apiTokens.id });
  return [...ended, ...tokens.map(({ id }) => id)];
}

/**
 * Takes it back that the account is to be deleted: true when there was something to take back, null when the account is
 * gone. Waits for a deletion that is under way. System scope.
 */
export async function undoDeletion(tx: ScopedTx, userId: string): Promise<boolean | null> {
  if (!(await lockUser(tx, userId))) return null;
  const rows = await tx
    .update(users)
    .set({ deleteAfter: null })
    .where(and(eq(users.id, userId), isNotNull(users.deleteAfter)))
    .returning({ id: users.id });
  return rows.length > 0;
}

/**
 * Locks and names one account whose time has come, or null. Whoever has it locked at this moment (a sign-in) is left
 * for the next time. System scope; delete it in the same transaction.
 */
export async function lockDueUser(tx: ScopedTx, now: Date): Promise<string | null> {
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(isNotNull(users.deleteAfter), lte(users.deleteAfter, now)))
    .orderBy(users.deleteAfter)
    .limit(1)
    .for('update', { skipLocked: true });
  return rows[0]?.id ?? null;
}

export interface RoomsLeft {
  /** Ids of the rooms that went with their only member. */
  readonly deleted: readonly string[];
  /** Ids of the rooms that have another owner now. */
  readonly handedOver: readonly string[];
}

/**
 * Leaves no room without an owner. A room that nobody else is in is deleted. One whose only owner this is goes to the
 * member who is most likely to take care of it: somebody whose account stays before one that is disabled or about to be
 * deleted, a registered person before a guest, then the higher role, then who has been there for longer. System scope.
 */
export async function leaveRooms(tx: ScopedTx, userId: string): Promise<RoomsLeft> {
  // Nobody comes in or goes from here on: a new member would wait for the room's row, a parting one for their own.
  await tx.execute(sql`
    select 1 from rooms where id in (select room_id from room_members where user_id = ${userId}) order by id for update`);
  await tx.execute(sql`
    select 1 from room_members where room_id in (select room_id from room_members where user_id = ${userId})
    order by room_id, user_id for update`);
  const deleted = await rowsOf<{ id: string }>(
    tx,
    sql`delete from rooms where id in (select room_id from room_members where user_id = ${userId}) and not exists (
      select from room_members other where other.room_id = rooms.id and other.user_id <> ${userId}) returning id`,
  );
  const handedOver = await rowsOf<{ id: string }>(
    tx,
    sql`update room_members heir set role = 'owner'
      from (
        select distinct on (other.room_id) other.room_id, other.user_id
        from room_members own
        join room_members other on other.room_id = own.room_id and other.user_id <> own.user_id
        join users on users.id = other.user_id
        where own.user_id = ${userId} and own.role = 'owner' and not exists (
          select from room_members o where o.room_id = own.room_id and o.user_id <> own.user_id and o.role = 'owner')
        order by other.room_id, (users.disabled_at is not null or users.delete_after is not null), users.is_guest,
          array_position(array['editor', 'commenter', 'viewer'], other.role), other.created_at, other.user_id
      ) best
      where heir.room_id = best.room_id and heir.user_id = best.user_id
      returning heir.room_id as id`,
  );
  return { deleted: deleted.map(({ id }) => id), handedOver: handedOver.map(({ id }) => id) };
}

/** With everything that refers to it. System scope. False when it is gone, or its time has not come after all. */
export async function deleteDueUser(tx: ScopedTx, userId: string, now: Date): Promise<boolean> {
  const rows = await tx
    .delete(users)
    .where(and(eq(users.id, userId), isNotNull(users.deleteAfter), lte(users.deleteAfter, now)))
    .returning({ id: users.id });
  return rows.length > 0;
}

export interface Abandoned {
  /** Unconfirmed accounts that are older than this. */
  readonly claimsBefore: Date;
  /** Guests who are older than this. */
  readonly guestsBefore: Date;
  readonly most: number;
}

/**
 * Deletes accounts that nobody uses: guests without a session (nobody can come back to one), and addresses that were
 * never confirmed, without a session and without another way to sign in. Nobody who is a member of a room is among
 * them. Answers how many. System scope.
 */
export async function deleteAbandonedUsers(tx: ScopedTx, { claimsBefore, guestsBefore, most }: Abandoned) {
  const isOld = or(
    and(eq(users.isGuest, true), lt(users.createdAt, guestsBefore)),
    and(eq(users.isGuest, false), isNull(users.confirmedAt), lt(users.createdAt, claimsBefore)),
  );
  const isUnused = and(
    ...[sessions, roomMembers, passkeys, identities].map((table) =>
      notExists(
        tx
          .select({ one: sql`1` })
          .from(table)
          .where(eq(table.userId, users.id)),
      ),
    ),
  );
  // Locked first and looked at again, so that a session that begins meanwhile is seen.
  const locked = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(isOld, isUnused))
    .limit(most)
    .for('update', { skipLocked: true });
  let count = 0;
  for (const { id } of locked) {
    const rows = await tx
      .delete(users)
      .where(and(eq(users.id, id), isOld, isUnused))
      .returning({ id: users.id });
    count += rows.length;
  }
  return count;
}
