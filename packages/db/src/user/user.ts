import { eq } from 'drizzle-orm';
import { credentials, users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';

export type User = typeof users.$inferSelect;
export type NewUser = typeof users.$inferInsert;

/** System scope. False when the address belongs to somebody already. */
export async function insertUser(tx: ScopedTx, user: NewUser): Promise<boolean> {
  const rows = await tx
    .insert(users)
    .values(user)
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id });
  return rows.length > 0;
}

/** System scope: a user's role cannot read addresses. */
export async function findUser(tx: ScopedTx, id: string): Promise<User | null> {
  const rows = await tx.select().from(users).where(eq(users.id, id));
  return rows[0] ?? null;
}

/** System scope. `email` in lower case; the hash is null when there is no password. */
export async function findUserByEmail(
  tx: ScopedTx,
  email: string,
): Promise<{ readonly user: User; readonly passwordHash: string | null } | null> {
  const rows = await tx
    .select({ user: users, passwordHash: credentials.passwordHash })
    .from(users)
    .leftJoin(credentials, eq(credentials.userId, users.id))
    .where(eq(users.email, email));
  return rows[0] ?? null;
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

/** System scope. False when the user has no password. */
export async function updatePasswordHash(tx: ScopedTx, userId: string, passwordHash: string): Promise<boolean> {
  const rows = await tx
    .update(credentials)
    .set({ passwordHash, updatedAt: new Date() })
    .where(eq(credentials.userId, userId))
    .returning({ userId: credentials.userId });
  return rows.length > 0;
}
