import { and, desc, eq, getTableColumns, gt, sql } from 'drizzle-orm';
import type { Role } from '@atrium/rooms';
import { invites, rooms, users } from '../schema/tables.ts';
import { rowsOf } from '../rows.ts';
import type { ScopedTx } from '../scope.ts';

export type InviteRole = Exclude<Role, 'owner'>;

/** An invitation as the room's owners see it: without the token's hash. */
export type RoomInvite = Omit<typeof invites.$inferSelect, 'tokenHash'>;

const { tokenHash: _hash, ...shownColumns } = getTableColumns(invites);

export interface NewInvite {
  readonly id: string;
  readonly roomId: string;
  readonly role: InviteRole;
  /** SHA-256 (hex) of the link's token. */
  readonly tokenHash: string;
  readonly createdBy: string;
  readonly expiresAt: Date;
}

/** As an owner of the room; anybody else gets a `QueryFailed` with code 42501. */
export async function insertInvite(tx: ScopedTx, invite: NewInvite): Promise<void> {
  await tx.insert(invites).values(invite);
}

/** Newest first, those that are over included. As an owner; empty for anybody else. */
export async function listInvites(tx: ScopedTx, roomId: string): Promise<readonly RoomInvite[]> {
  return await tx
    .select(shownColumns)
    .from(invites)
    .where(eq(invites.roomId, roomId))
    .orderBy(desc(invites.createdAt), invites.id);
}

/** Nobody can use it from now on. As an owner; false when there is none that the user may revoke. */
export async function deleteInvite(tx: ScopedTx, id: string): Promise<boolean> {
  const rows = await tx.delete(invites).where(eq(invites.id, id)).returning({ id: invites.id });
  return rows.length > 0;
}

export interface InvitePreview {
  readonly roomId: string;
  readonly roomTitle: string;
  readonly kind: string;
  readonly role: InviteRole;
  /** Null when that person's account is gone. */
  readonly invitedBy: string | null;
  readonly expiresAt: Date;
}

/** What the bearer of the link may know before joining; null when it is unknown or over. System scope. */
export async function previewInvite(tx: ScopedTx, tokenHash: string, now: Date): Promise<InvitePreview | null> {
  const rows = await tx
    .select({
      roomId: rooms.id,
      roomTitle: rooms.title,
      kind: rooms.kind,
      role: invites.role,
      invitedBy: users.name,
      expiresAt: invites.expiresAt,
    })
    .from(invites)
    .innerJoin(rooms, eq(rooms.id, invites.roomId))
    .leftJoin(users, eq(users.id, invites.createdBy))
    .where(and(eq(invites.tokenHash, tokenHash), gt(invites.expiresAt, now)));
  return rows[0] ?? null;
}

export interface Accepted {
  readonly roomId: string;
  /** The role that the user has now: the stronger one of what they had and what was offered. */
  readonly role: Role;
}

/**
 * Makes the user a member, in one statement; null when the link is unknown or over. Accepting again changes nothing,
 * and a weaker invitation takes nothing away. System scope.
 */
export async function acceptInvite(
  tx: ScopedTx,
  { tokenHash, userId, now }: { readonly tokenHash: string; readonly userId: string; readonly now: Date },
): Promise<Accepted | null> {
  const rows = await rowsOf<Accepted>(
    tx,
    sql`
      insert into room_members as member (room_id, user_id, role)
      select room_id, ${userId}::uuid, role from invites
      where token_hash = ${tokenHash} and expires_at > ${now.toISOString()}::timestamptz
      on conflict (room_id, user_id) do update set role =
        case when ${strength('excluded.role')} > ${strength('member.role')} then excluded.role else member.role end
      returning room_id as "roomId", role`,
  );
  return rows[0] ?? null;
}

/** Weakest first, so that the position says how strong a role is. */
function strength(column: 'excluded.role' | 'member.role') {
  return sql.raw(`array_position(array['viewer', 'commenter', 'editor', 'owner'], ${column})`);
}
