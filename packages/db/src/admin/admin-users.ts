import { and, count, desc, eq, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { asInstant } from '../rows.ts';
import { roomMembers, rooms, users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';
import type { User } from '../user/user.ts';
import { lockAdmins } from './lock-admin.ts';
import { contains } from './contains.ts';

export interface FoundUser extends User {
  readonly sessions: number;
  readonly rooms: number;
  readonly lastSeenAt: Date | null;
}

export type UserFilter = 'all' | 'admins' | 'disabled' | 'guests' | 'unconfirmed';

export interface UserSearch {
  /** A part of the name or the address, or the id; empty for everybody. */
  readonly text: string;
  readonly filter: UserFilter;
  /** Behind this one, for the next page. */
  readonly after: { readonly createdAt: Date; readonly id: string } | null;
  readonly most: number;
}

const filters: Readonly<Record<UserFilter, SQL | undefined>> = {
  all: undefined,
  admins: eq(users.role, 'admin'),
  disabled: isNotNull(users.disabledAt),
  guests: eq(users.isGuest, true),
  unconfirmed: and(eq(users.isGuest, false), isNull(users.confirmedAt)),
};

/** Newest first. System scope. */
export async function searchUsers(
  tx: ScopedTx,
  { text, filter, after, most }: UserSearch,
): Promise<readonly FoundUser[]> {
  const isFitting =
    text === ''
      ? undefined
      : or(contains(users.name, text), contains(users.email, text), eq(sql`${users.id}::text`, text));
  const isBehind =
    after === null
      ? undefined
      : or(lt(users.createdAt, after.createdAt), and(eq(users.createdAt, after.createdAt), lt(users.id, after.id)));
  return await tx
    .select({ ...userColumns, ...counts })
    .from(users)
    .where(and(filters[filter], isFitting, isBehind))
    .orderBy(desc(users.createdAt), desc(users.id))
    .limit(most);
}

/** System scope. */
export async function findUserForAdmin(tx: ScopedTx, userId: string): Promise<FoundUser | null> {
  const rows = await tx
    .select({ ...userColumns, ...counts })
    .from(users)
    .where(eq(users.id, userId));
  return rows[0] ?? null;
}

/** How many administrators could still sign in if this user were none: zero says that it must not be done. System scope. */
export async function adminsBeside(tx: ScopedTx, userId: string): Promise<number> {
  return (await lockAdmins(tx)).filter((id) => id !== userId).length;
}

/** System scope; `lockAdmins` first. False when the user is gone, or has the role already. */
export async function setUserRole(tx: ScopedTx, userId: string, role: User['role']): Promise<boolean> {
  const changed = and(eq(users.id, userId), sql`${users.role} <> ${role}`);
  const rows = await tx.update(users).set({ role }).where(changed).returning({ id: users.id });
  return rows.length > 0;
}

/** Disables, or (null) enables. System scope. False when the user is gone, or that already. */
export async function setUserDisabled(tx: ScopedTx, userId: string, disabledAt: Date | null): Promise<boolean> {
  const changes = disabledAt === null ? isNotNull(users.disabledAt) : isNull(users.disabledAt);
  const rows = await tx
    .update(users)
    .set({ disabledAt })
    .where(and(eq(users.id, userId), changes))
    .returning({ id: users.id });
  return rows.length > 0;
}

/** In which rooms somebody is, newest membership first, at most 200. System scope. */
export async function listRoomsOf(tx: ScopedTx, userId: string) {
  return await tx
    .select({ id: rooms.id, title: rooms.title, role: roomMembers.role, since: roomMembers.createdAt })
    .from(roomMembers)
    .innerJoin(rooms, eq(rooms.id, roomMembers.roomId))
    .where(eq(roomMembers.userId, userId))
    .orderBy(desc(roomMembers.createdAt), rooms.id)
    .limit(200);
}

/** System scope. */
export async function countPeople(tx: ScopedTx) {
  const rows = await tx
    .select({
      users: count(),
      admins: sql<number>`count(*) filter (where ${users.role} = 'admin')`.mapWith(Number),
      guests: sql<number>`count(*) filter (where ${users.isGuest})`.mapWith(Number),
      disabled: sql<number>`count(*) filter (where ${users.disabledAt} is not null)`.mapWith(Number),
    })
    .from(users);
  return rows[0] ?? { users: 0, admins: 0, guests: 0, disabled: 0 };
}

const userColumns = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: users.role,
  isGuest: users.isGuest,
  confirmedAt: users.confirmedAt,
  disabledAt: users.disabledAt,
  deleteAfter: users.deleteAfter,
  createdAt: users.createdAt,
};

/** Written out: Drizzle leaves the table's name away where there is one table, and a subquery has another. */
const ownId = sql.raw('users.id');

const counts = {
  sessions: sql<number>`(select count(*) from sessions s where s.user_id = ${ownId})`.mapWith(Number),
  rooms: sql<number>`(select count(*) from room_members m where m.user_id = ${ownId})`.mapWith(Number),
  lastSeenAt: asInstant(
    sql`(select max(s.last_seen_at) from sessions s where s.user_id = ${ownId})`,
  ) as SQL<Date | null>,
};
