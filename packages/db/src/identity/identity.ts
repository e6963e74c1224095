import { and, eq } from 'drizzle-orm';
import { identities } from '../schema/identity-tables.ts';
import { users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';
import type { User } from '../user/user.ts';

export type LinkedIdentity = typeof identities.$inferSelect;

/** Which account elsewhere. */
export type IdentityKey = Pick<LinkedIdentity, 'provider' | 'subject'>;

/** System scope. Whose account here an account elsewhere opens, or null. */
export async function findUserByIdentity(tx: ScopedTx, { provider, subject }: IdentityKey): Promise<User | null> {
  const rows = await tx
    .select({ user: users })
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .where(and(eq(identities.provider, provider), eq(identities.subject, subject)));
  return rows[0]?.user ?? null;
}

/** Either scope; in the order in which they were linked. */
export async function listIdentities(tx: ScopedTx, userId: string): Promise<readonly LinkedIdentity[]> {
  return await tx.select().from(identities).where(eq(identities.userId, userId)).orderBy(identities.createdAt);
}

/** System scope. Fails with the constraint `identities_provider_subject_pk` when it is linked already, to anybody. */
export async function insertIdentity(
  tx: ScopedTx,
  identity: IdentityKey & Pick<LinkedIdentity, 'userId' | 'label' | 'lastUsedAt'>,
): Promise<void> {
  await tx.insert(identities).values(identity);
}

/** System scope. */
export async function noteIdentityUse(
  tx: ScopedTx,
  { provider, subject, label, at }: IdentityKey & { readonly label: string; readonly at: Date },
): Promise<void> {
  await tx
    .update(identities)
    .set({ label, lastUsedAt: at })
    .where(and(eq(identities.provider, provider), eq(identities.subject, subject)));
}

/** System scope. False when there was none. */
export async function deleteIdentity(
  tx: ScopedTx,
  userId: string,
  provider: LinkedIdentity['provider'],
): Promise<boolean> {
  const rows = await tx
    .delete(identities)
    .where(and(eq(identities.userId, userId), eq(identities.provider, provider)))
    .returning({ provider: identities.provider });
  return rows.length > 0;
}
