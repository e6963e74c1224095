import { and, desc, eq, getTableColumns, gt, isNull, sql } from 'drizzle-orm';
import type { Role } from '@atrium/rooms';
import { lockRoom } from '../member/change-member.ts';
import { invites, roomMembers, rooms, users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';

export type InviteRole = Exclude<Role, 'owner'>;

/** An invitation as the room's owners see it: without the token's hash. */
export type RoomInvite = Omit<typeof invites.$inferSelect, 'tokenHash'>;

/** Lets somebody in still. */
const isOpen = sql<boolean>`(${invites.maxUses} is null or ${invites.uses} < ${invites.maxUses})`;

const { tokenHash: _hash, ...shownColumns } = getTableColumns(invites);

export interface NewInvite {
  readonly id: string;
  readonly roomId: string;
  readonly role: InviteRole;
  /** SHA-256 (hex) of the link's token. */
  readonly tokenHash: string;
  readonly createdBy: string;
  readonly expiresAt: Date;
  /** How many people it lets in; null or undefined for any number. */
  readonly maxUses?: number | null;
  /** To whom it is mailed, in lower case. */
  readonly email?: string | null;
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

export interface Revoked {
  readonly roomId: string;
  /** Ids of the people whose membership hung on it, and is over. */
  readonly removed: readonly string[];
}

/**
 * Nobody can use it from now on, and whoever came by it alone is out, unless `keepMembers`: then they stay for good. As
 * an owner; null when there is none that the user may revoke.
 */
export async function deleteInvite(
  tx: ScopedTx,
  { id, keepMembers }: { readonly id: string; readonly keepMembers: boolean },
): Promise<Revoked | null> {
  const [found] = await tx.select({ roomId: invites.roomId }).from(invites).where(eq(invites.id, id));
  if (!found || !(await lockRoom(tx, found.roomId))) return null;
  let removed: readonly { readonly userId: string }[] = [];
  if (!keepMembers) {
    await tx.execute(sql`select set_config('app.member_reason', 'link-revoked', true)`);
    const hanging = eq(roomMembers.inviteId, id);
    removed = await tx.delete(roomMembers).where(hanging).returning({ userId: roomMembers.userId });
  }
  const gone = await tx.delete(invites).where(eq(invites.id, id)).returning({ id: invites.id });
  return gone.length === 0 ? null : { roomId: found.roomId, removed: removed.map(({ userId }) => userId) };
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
    .where(and(eq(invites.tokenHash, tokenHash), gt(invites.expiresAt, now), isOpen, isNull(rooms.frozenAt)));
  return rows[0] ?? null;
}

export interface Accepted {
  readonly roomId: string;
  /** The role that the user has now: the stronger one of what they had and what was offered. */
  readonly role: Role;
  /** False when the user was as much before. */
  readonly isChanged: boolean;
}

/**
 * Makes the user a member; null when the link is unknown or over. Accepting again changes nothing and uses nothing up,
 * and a weaker invitation takes nothing away. Everybody who comes into a room does so one after the other, so that no
 * more get in than `maxUses`. System scope.
 */
export async function acceptInvite(
  tx: ScopedTx,
  { tokenHash, userId, now }: { readonly tokenHash: string; readonly userId: string; readonly now: Date },
): Promise<Accepted | null> {
  const ofLink = and(eq(invites.tokenHash, tokenHash), gt(invites.expiresAt, now));
  const [known] = await tx.select({ roomId: invites.roomId }).from(invites).where(ofLink);
  if (!known) return null;
  const { roomId } = known;
  const isThawed = and(eq(rooms.id, roomId), isNull(rooms.frozenAt));
  const [room] = await tx.select({ id: rooms.id }).from(rooms).where(isThawed).for('no key update');
  if (!room) return null;
  const [link] = await tx.select({ id: invites.id, role: invites.role, isOpen }).from(invites).where(ofLink);
  if (!link) return null;
  const ofMember = and(eq(roomMembers.roomId, roomId), eq(roomMembers.userId, userId));
  const [member] = await tx
    .select({ role: roomMembers.role, inviteId: roomMembers.inviteId, isEnough: isAtLeast(link.role) })
    .from(roomMembers)
    .where(ofMember);
  if (member?.isEnough) return { roomId, role: member.role, isChanged: false };
  if (!link.isOpen) return null;
  await tx
    .update(invites)
    .set({ uses: sql`${invites.uses} + 1` })
    .where(eq(invites.id, link.id));
  // A membership that an owner gave is not made to hang on a link by raising it.
  const inviteId = member && member.inviteId === null ? null : link.id;
  if (member) await tx.update(roomMembers).set({ role: link.role, inviteId }).where(ofMember);
  else await tx.insert(roomMembers).values({ roomId, userId, role: link.role, inviteId });
  return { roomId, role: link.role, isChanged: true };
}

/** Weakest first, so that the position says how strong a role is. */
const strength = sql`array['viewer', 'commenter', 'editor', 'owner']`;

function isAtLeast(role: InviteRole) {
  return sql<boolean>`array_position(${strength}, ${roomMembers.role}) >= array_position(${strength}, ${role})`;
}
