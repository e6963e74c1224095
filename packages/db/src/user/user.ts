import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { credentials, users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';

export type User = typeof users.$inferSelect;
export type NewUser = typeof users.$inferInsert;

/** System scope. An address that is not confirmed is a claim: somebody else may have, or claim, the same one. */
export async function insertUser(tx: ScopedTx, user: NewUser): Promise<void> {
  await tx.insert(users).values(user);
}

/** System scope: a user's role cannot read addresses. */
export async function findUser(tx: ScopedTx, id: string): Promise<User | null> {
  const rows = await tx.select().from(users).where(eq(users.id, id));
  return rows[0] ?? null;
}

export interface UserWithPassword {
  readonly user: User;
  /** Null when there is no password. */
  readonly passwordHash: string | null;
}

/** System scope. The account that has confirmed this address (in lower case), or null. */
export async function findUserByEmail(tx: ScopedTx, email: string): Promise<UserWithPassword | null> {
  const rows = await withPasswords(tx).where(and(eq(users.email, email), isNotNull(users.confirmedAt)));
  return rows[0] ?? null;
}

/** System scope. Accounts that claim this address (in lower case) and have not confirmed it, newest first. */
export async function findClaimants(tx: ScopedTx, email: string, most: number): Promise<readonly UserWithPassword[]> {
  return await withPasswords(tx)
    .where(and(eq(users.email, email), isNull(users.confirmedAt)))
    .orderBy(desc(users.createdAt), users.id)
    .limit(most);
}

function withPasswords(tx: ScopedTx) {
  return tx
    .select({ user: users, passwordHash: credentials.passwordHash })
    .from(users)
    .leftJoin(credentials, eq(credentials.userId, users.id));
}

/** Either scope; as a user, of people whom they share a room with. */
export async function findName(tx: ScopedTx, id: string): Promise<string | null> {
  const rows = await tx.select({ name: users.name }).from(users).where(eq(users.id, id));
  return rows[0]?.name ?? null;
}

/** As the user, or system. False when the user is somebody else or gone. */
export async function updateName(tx: ScopedTx, id: string, name: string): Promise<boolean> {
  const rows = await tx.update(users).set({ name }).where(eq(users.id, id)).returning({ id: users.id });
  return rows.length > 0;
}

/** System scope. */
export async function insertCredential(tx: ScopedTx, userId: string, passwordHash: string): Promise<void> {
  await tx.insert(credentials).values({ userId, passwordHash });
}

/** System scope. Null when the user has no password. */
export async function findPasswordHash(tx: ScopedTx, userId: string): Promise<string | null> {
  const rows = await tx
    .select({ passwordHash: credentials.passwordHash })
    .from(credentials)
    .where(eq(credentials.userId, userId));
  return rows[0]?.passwordHash ?? null;
}

/** System scope. False when the user has no password. */
export async function updatePasswordHash(tx: ScopedTx, userId: string, passwordHash: string): Promise<boolean> {
  const rows = await tx
    .update(credentials)
    .set({ passwordHash, updatedAt: new Date() })
    .where(eq(credentials.userId, userId))
    .returning({ userId: credentials.userId });
  return rows.length > 0;
}

/**
 * Makes a guest somebody with an address, which is a claim until it is confirmed, and as new as this moment. System
 * scope. False when this user is no guest (any more): of two at once one wins.
 */
export async function claimGuest(
  tx: ScopedTx,
  { id, email, name }: { readonly id: string; readonly email: string; readonly name: string },
): Promise<boolean> {
  const rows = await tx
    .update(users)
    .set({ email, name, isGuest: false, createdAt: new Date() })
    .where(and(eq(users.id, id), eq(users.isGuest, true)))
    .returning({ id: users.id });
  return rows.length > 0;
}

/** What policies ask about a user, as the row says it now; null when it is gone. Either scope. */
export async function findStanding(
  tx: ScopedTx,
  id: string,
): Promise<Pick<User, 'role' | 'isGuest' | 'confirmedAt' | 'createdAt'> | null> {
  const rows = await tx
    .select({ role: users.role, isGuest: users.isGuest, confirmedAt: users.confirmedAt, createdAt: users.createdAt })
    .from(users)
    .where(eq(users.id, id));
  return rows[0] ?? null;
}

/** System scope. Sets the password, whether or not there was one. */
export async function setPasswordHash(tx: ScopedTx, userId: string, passwordHash: string): Promise<void> {
  const values = { passwordHash, updatedAt: new Date() };
  await tx
    .insert(credentials)
    .values({ userId, ...values })
    .onConflictDoUpdate({ target: credentials.userId, set: values });
}

/**
 * From now on the address (in lower case) is this user's and nobody else's. System scope. A `QueryFailed` of the
 * constraint `users_confirmed_email` when it belongs to somebody already.
 */
export async function confirmAddress(
  tx: ScopedTx,
  { userId, email, now }: { readonly userId: string; readonly email: string; readonly now: Date },
): Promise<void> {
  await tx.update(users).set({ email, confirmedAt: now }).where(eq(users.id, userId));
}
