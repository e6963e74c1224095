import { and, asc, desc, eq, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Role } from '@atrium/rooms';
import { asInstant } from '../rows.ts';
import { roomMembers, rooms, users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';
import { contains } from './contains.ts';

export interface FoundRoom {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly createdAt: Date;
  readonly archivedAt: Date | null;
  readonly frozenAt: Date | null;
  readonly isPublic: boolean;
  readonly members: number;
  /** Names of its owners, the first three. */
  readonly owners: readonly string[];
  /** The newest commit, or when the room was made. */
  readonly activeAt: Date;
  readonly ver: number;
}

export type RoomFilter = 'all' | 'archived' | 'frozen' | 'public';

export interface RoomSearch {
  /** A part of the title or of an owner's name, or the id; empty for all. */
  readonly text: string;
  readonly filter: RoomFilter;
  readonly after: { readonly createdAt: Date; readonly id: string } | null;
  readonly most: number;
}

const filters: Readonly<Record<RoomFilter, SQL | undefined>> = {
  all: undefined,
  archived: isNotNull(rooms.archivedAt),
  frozen: isNotNull(rooms.frozenAt),
  public: eq(rooms.isPublic, true),
};

/** Newest first. System scope. */
export async function searchRooms(
  tx: ScopedTx,
  { text, filter, after, most }: RoomSearch,
): Promise<readonly FoundRoom[]> {
  const ofOwner = sql`exists (select from room_members m join users u on u.id = m.user_id
    where m.room_id = ${ownId} and m.role = 'owner' and ${contains(sql`u.name`, text)})`;
  const isFitting =
    text === '' ? undefined : or(contains(rooms.title, text), eq(sql`${rooms.id}::text`, text), ofOwner);
  const isBehind =
    after === null
      ? undefined
      : or(lt(rooms.createdAt, after.createdAt), and(eq(rooms.createdAt, after.createdAt), lt(rooms.id, after.id)));
  return await tx
    .select(columns)
    .from(rooms)
    .where(and(filters[filter], isFitting, isBehind))
    .orderBy(desc(rooms.createdAt), desc(rooms.id))
    .limit(most);
}

/** System scope. */
export async function findRoomForAdmin(tx: ScopedTx, roomId: string): Promise<FoundRoom | null> {
  const found = await tx.select(columns).from(rooms).where(eq(rooms.id, roomId));
  return found[0] ?? null;
}

/** Freezes, or (null) thaws. System scope. False when there is no such room, or it is that already. */
export async function setRoomFrozen(tx: ScopedTx, roomId: string, frozenAt: Date | null): Promise<boolean> {
  const changes = frozenAt === null ? isNotNull(rooms.frozenAt) : isNull(rooms.frozenAt);
  const found = await tx
    .update(rooms)
    .set({ frozenAt })
    .where(and(eq(rooms.id, roomId), changes))
    .returning({ id: rooms.id });
  return found.length > 0;
}

/**
 * Makes this user the owner of the room, whether or not they are in it; who owned it before stays as an editor. False
 * when there is no such room. System scope.
 */
export async function transferRoom(tx: ScopedTx, roomId: string, userId: string): Promise<boolean> {
  // Before its members, as everybody does who changes them.
  const [room] = await tx.select({ id: rooms.id }).from(rooms).where(eq(rooms.id, roomId)).for('no key update');
  if (!room) return false;
  const owner: Role = 'owner';
  await tx
    .insert(roomMembers)
    .values({ roomId, userId, role: owner })
    .onConflictDoUpdate({ target: [roomMembers.roomId, roomMembers.userId], set: { role: owner, inviteId: null } });
  await tx
    .update(roomMembers)
    .set({ role: 'editor', inviteId: null })
    .where(and(eq(roomMembers.roomId, roomId), eq(roomMembers.role, owner), sql`${roomMembers.userId} <> ${userId}`));
  return true;
}

/** System scope. The address too: who must be reached when something is wrong with the room. */
export async function listMembersForAdmin(tx: ScopedTx, roomId: string) {
  return await tx
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      isGuest: users.isGuest,
      role: roomMembers.role,
      createdAt: roomMembers.createdAt,
    })
    .from(roomMembers)
    .innerJoin(users, eq(users.id, roomMembers.userId))
    .where(eq(roomMembers.roomId, roomId))
    .orderBy(asc(roomMembers.createdAt), asc(users.id))
    .limit(500);
}

/** Written out: Drizzle leaves the table's name away where there is one table, and a subquery has another. */
const ownId = sql.raw('rooms.id');
const lastBatch = (what: 'at' | 'ver') =>
  sql`(select b.${sql.raw(what)} from room_batch b where b.room_id = ${ownId} order by b.ver desc limit 1)`;
const lastSnapshot = (what: 'at' | 'ver') =>
  sql`(select s.${sql.raw(what)} from room_snapshot s where s.room_id = ${ownId})`;

const columns = {
  id: rooms.id,
  kind: rooms.kind,
  title: rooms.title,
  createdAt: rooms.createdAt,
  archivedAt: rooms.archivedAt,
  frozenAt: rooms.frozenAt,
  isPublic: rooms.isPublic,
  members: sql<number>`(select count(*) from room_members m where m.room_id = ${ownId})`.mapWith(Number),
  owners: sql<string[]>`array(select u.name from room_members m join users u on u.id = m.user_id
    where m.room_id = ${ownId} and m.role = 'owner' order by m.created_at, u.id limit 3)`,
  activeAt: asInstant(
    sql`coalesce(to_timestamp(coalesce(${lastBatch('at')}, ${lastSnapshot('at')}) / 1000.0), ${rooms.createdAt})`,
  ),
  ver: sql<number>`coalesce(${lastBatch('ver')}, ${lastSnapshot('ver')}, 0)`.mapWith(Number),
};
