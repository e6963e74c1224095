import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { Role } from '@atrium/rooms';
import { asInstant, rowsOf } from '../rows.ts';
import { roomBatches, roomMembers, rooms, roomSnapshots } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';
import { lockUser } from '../user/lock-user.ts';

/** A room as one of its members sees it. */
export interface MemberRoom {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly archivedAt: Date | null;
  readonly frozenAt: Date | null;
  readonly isPublic: boolean;
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

/** So many rooms one person may have opened; those that are archived count too, those that are deleted do not. */
export const mostOpenedRooms = 1_000;

/** The person has opened `mostOpenedRooms` already: one of them must be deleted first. */
export class TooManyRooms extends Error {
  constructor() {
    super(`You have opened ${mostOpenedRooms} rooms, the most that one person can have. Delete some first.`);
    this.name = 'TooManyRooms';
  }
}

/** Opens a room in the user's name and makes them its owner; throws `TooManyRooms`. As that user. */
export async function insertRoom(tx: ScopedTx, userId: string, room: NewRoom): Promise<void> {
  await refuseTooMany(tx, userId);
  await tx.insert(rooms).values({ ...room, createdBy: userId });
  await tx.insert(roomMembers).values({ roomId: room.id, userId, role: 'owner' });
}

/** The user's own row is locked first: of two requests at once the second one counts what the first one made. */
async function refuseTooMany(tx: ScopedTx, userId: string): Promise<void> {
  await lockUser(tx, userId);
  const rows = await rowsOf<{ count: number }>(tx, sql`select app_opened_rooms(${mostOpenedRooms}) as count`);
  if ((rows[0]?.count ?? 0) >= mostOpenedRooms) throw new TooManyRooms();
}

/** Null when there is no such room, or the user is no member of it. As that user. */
export async function findRoom(tx: ScopedTx, userId: string, roomId: string): Promise<MemberRoom | null> {
  const found = await tx
    .select({ ...getTableColumns(rooms), role: roomMembers.role, activeAt: asInstant(activeAt) })
    .from(rooms)
    .innerJoin(roomMembers, and(eq(roomMembers.roomId, rooms.id), eq(roomMembers.userId, userId)))
    .where(eq(rooms.id, roomId));
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

/** Whether whoever knows the id may look on. As an owner; false when the user is none. */
export async function publishRoom(tx: ScopedTx, roomId: string, isPublic: boolean): Promise<boolean> {
  const found = await tx.update(rooms).set({ isPublic }).where(eq(rooms.id, roomId)).returning({ id: rooms.id });
  return found.length > 0;
}

export interface RoomAccess {
  readonly role: Role;
  readonly kind: string;
  readonly archived: boolean;
  readonly frozen: boolean;
  /** False for whoever looks on in a public room. */
  readonly isMember: boolean;
}

/**
 * The one question before anything in a room: null for who is no member, unless the room is public. As that user: what
 * they may not know of does not exist.
 */
export async function roleInRoom(tx: ScopedTx, roomId: string, userId: string): Promise<RoomAccess | null> {
  const found = await tx
    .select({
      role: roomMembers.role,
      kind: rooms.kind,
      archived: sql<boolean>`${rooms.archivedAt} is not null`,
      frozen: sql<boolean>`${rooms.frozenAt} is not null`,
    })
    .from(roomMembers)
    .innerJoin(rooms, eq(rooms.id, roomMembers.roomId))
    .where(and(eq(roomMembers.roomId, sql.placeholder('roomId')), eq(roomMembers.userId, sql.placeholder('userId'))))
    .prepare('role_in_room')
    .execute({ roomId, userId });
  if (found[0]) return { ...found[0], isMember: true };
  const open = await findPublicRoom(tx, roomId);
  if (!open) return null;
  const { kind, archivedAt, frozenAt } = open;
  return { role: 'viewer', kind, archived: archivedAt !== null, frozen: frozenAt !== null, isMember: false };
}

/** A room that everybody may look at. */
export interface PublicRoom {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly createdAt: Date;
  readonly archivedAt: Date | null;
  readonly frozenAt: Date | null;
}

/** Null when there is none, or it is not public. Either scope: nobody can ask for all of them. */
export async function findPublicRoom(tx: ScopedTx, roomId: string): Promise<PublicRoom | null> {
  const archivedAt: SQL<Date | null> = asInstant(sql`room.archived_at`);
  const frozenAt: SQL<Date | null> = asInstant(sql`room.frozen_at`);
  const found = await tx
    .select({
      id: sql<string>`room.id`,
      kind: sql<string>`room.kind`,
      title: sql<string>`room.title`,
      createdAt: asInstant(sql`room.created_at`),
      archivedAt,
      frozenAt,
    })
    .from(sql`app_public_room(${roomId}::uuid) as room`);
  return found[0] ?? null;
}

/** The last batch's time is one index lookup; the snapshot stands in when the log behind it was compacted. */
const newestBatch = sql`(select b.at from ${roomBatches} b where b.room_id = ${rooms.id} order by b.ver desc limit 1)`;
const newestSnapshot = sql`(select s.at from ${roomSnapshots} s where s.room_id = ${rooms.id})`;
const activeAt = sql`coalesce(to_timestamp(coalesce(${newestBatch}, ${newestSnapshot}) / 1000.0), ${rooms.createdAt})`;
