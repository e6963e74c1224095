import { and, desc, eq, getTableColumns, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Role } from '@atrium/rooms';
import { roomBatches, roomMembers, rooms, roomSnapshots } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';

/** A room as one of its members sees it. */
export interface MemberRoom {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly archivedAt: Date | null;
  /** What the asking user is in it. */
  readonly role: Role;
  /** The newest commit, or when the room was made. */
  readonly activeAt: Date;
}

export interface NewRoom {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
}

/** Opens a room in the user's name and makes them its owner. As that user. */
export async function insertRoom(tx: ScopedTx, userId: string, room: NewRoom): Promise<void> {
  await tx.insert(rooms).values({ ...room, createdBy: userId });
  await tx.insert(roomMembers).values({ roomId: room.id, userId, role: 'owner' });
}

/** Newest activity first. As that user. */
export async function listRooms(
  tx: ScopedTx,
  userId: string,
  opts: { readonly archived: boolean },
): Promise<readonly MemberRoom[]> {
  return await memberRooms(tx, userId)
    .where(opts.archived ? isNotNull(rooms.archivedAt) : isNull(rooms.archivedAt))
    .orderBy(desc(activeAt), rooms.id);
}

/** Null when there is no such room, or the user is no member of it. As that user. */
export async function findRoom(tx: ScopedTx, userId: string, roomId: string): Promise<MemberRoom | null> {
  const found = await memberRooms(tx, userId).where(eq(rooms.id, roomId));
  return found[0] ?? null;
}

/** As an owner; false when the user is none. */
export async function renameRoom(tx: ScopedTx, roomId: string, title: string): Promise<boolean> {
  const found = await tx.update(rooms).set({ title }).where(eq(rooms.id, roomId)).returning({ id: rooms.id });
  return found.length > 0;
}

/** Archives, or (null) brings back. As an owner; false when the user is none. */
export async function archiveRoom(tx: ScopedTx, roomId: string, archivedAt: Date | null): Promise<boolean> {
  const found = await tx.update(rooms).set({ archivedAt }).where(eq(rooms.id, roomId)).returning({ id: rooms.id });
  return found.length > 0;
}

/** With everything in it. As an owner; false when the user is none. */
export async function deleteRoom(tx: ScopedTx, roomId: string): Promise<boolean> {
  const found = await tx.delete(rooms).where(eq(rooms.id, roomId)).returning({ id: rooms.id });
  return found.length > 0;
}

export interface RoomAccess {
  readonly role: Role;
  readonly kind: string;
  readonly archived: boolean;
}

/** The one question before anything in a room: null for who is no member. Either scope. */
export async function roleInRoom(tx: ScopedTx, roomId: string, userId: string): Promise<RoomAccess | null> {
  const found = await tx
    .select({ role: roomMembers.role, kind: rooms.kind, archived: sql<boolean>`${rooms.archivedAt} is not null` })
    .from(roomMembers)
    .innerJoin(rooms, eq(rooms.id, roomMembers.roomId))
    .where(and(eq(roomMembers.roomId, sql.placeholder('roomId')), eq(roomMembers.userId, sql.placeholder('userId'))))
    .prepare('role_in_room')
    .execute({ roomId, userId });
  return found[0] ?? null;
}

/** The last batch's time is one index lookup; the snapshot stands in when the log behind it was compacted. */
const newestBatch = sql`(select b.at from ${roomBatches} b where b.room_id = ${rooms.id} order by b.ver desc limit 1)`;
const newestSnapshot = sql`(select s.at from ${roomSnapshots} s where s.room_id = ${rooms.id})`;
const activeAt = sql`coalesce(to_timestamp(coalesce(${newestBatch}, ${newestSnapshot}) / 1000.0), ${rooms.createdAt})`;

function memberRooms(tx: ScopedTx, userId: string) {
  return tx
    .select({
      ...getTableColumns(rooms),
      role: roomMembers.role,
      activeAt: activeAt.mapWith(rooms.createdAt) as typeof activeAt & { _: { type: Date } },
    })
    .from(rooms)
    .innerJoin(roomMembers, and(eq(roomMembers.roomId, rooms.id), eq(roomMembers.userId, userId)));
}
