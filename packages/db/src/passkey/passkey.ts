import { and, eq, lt, or } from 'drizzle-orm';
import { passkeys } from '../schema/identity-tables.ts';
import { users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';
import type { User } from '../user/user.ts';

export type Passkey = typeof passkeys.$inferSelect;

/** What a person may see of their own passkeys: all but the keys. */
export type OwnPasskey = Omit<Passkey, 'publicKey' | 'counter'>;

const ownColumns = {
  id: passkeys.id,
  userId: passkeys.userId,
  name: passkeys.name,
  transports: passkeys.transports,
  isBackedUp: passkeys.isBackedUp,
  createdAt: passkeys.createdAt,
  lastUsedAt: passkeys.lastUsedAt,
};

/** Oldest first. Either scope. */
export async function listPasskeys(tx: ScopedTx, userId: string): Promise<readonly OwnPasskey[]> {
  return await tx
    .select(ownColumns)
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(passkeys.createdAt, passkeys.id);
}

/** System scope. False when the credential is known already, to whomever. */
export async function insertPasskey(tx: ScopedTx, passkey: typeof passkeys.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(passkeys).values(passkey).onConflictDoNothing().returning({ id: passkeys.id });
  return rows.length > 0;
}

/** System scope. */
export async function findPasskey(
  tx: ScopedTx,
  id: string,
): Promise<{ readonly passkey: Passkey; readonly user: User } | null> {
  const rows = await tx
    .select({ passkey: passkeys, user: users })
    .from(passkeys)
    .innerJoin(users, eq(users.id, passkeys.userId))
    .where(eq(passkeys.id, id));
  return rows[0] ?? null;
}

/**
 * System scope. Notes that it was used. False when it is gone, or when its counter did not move forward (one that stays at
 * zero does not count): then there is a copy of it.
 */
export async function notePasskeyUse(
  tx: ScopedTx,
  use: Pick<Passkey, 'id' | 'counter' | 'isBackedUp'> & { readonly at: Date },
): Promise<boolean> {
  const { id, counter, isBackedUp, at } = use;
  const isForward = lt(passkeys.counter, counter);
  const isCounted = counter === 0 ? or(isForward, eq(passkeys.counter, 0)) : isForward;
  const rows = await tx
    .update(passkeys)
    .set({ counter, isBackedUp, lastUsedAt: at })
    .where(and(eq(passkeys.id, id), isCounted))
    .returning({ id: passkeys.id });
  return rows.length > 0;
}

/** As the user. False when it is somebody else's, or gone. */
export async function renamePasskey(tx: ScopedTx, id: string, name: string): Promise<boolean> {
  const rows = await tx.update(passkeys).set({ name }).where(eq(passkeys.id, id)).returning({ id: passkeys.id });
  return rows.length > 0;
}

/** System scope. Answers its name; null when this user has none such. */
export async function deletePasskey(tx: ScopedTx, userId: string, id: string): Promise<string | null> {
  const rows = await tx
    .delete(passkeys)
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId)))
    .returning({ name: passkeys.name });
  return rows[0]?.name ?? null;
}
