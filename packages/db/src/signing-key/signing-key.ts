import { and, desc, eq, isNull, lt, ne } from 'drizzle-orm';
import { signingKeys } from '../schema/identity-tables.ts';
import type { ScopedTx } from '../scope.ts';

export type SigningKey = typeof signingKeys.$inferSelect;

/** System scope. */
export async function findSigningKey(tx: ScopedTx, kid: string): Promise<SigningKey | null> {
  const rows = await tx.select().from(signingKeys).where(eq(signingKeys.kid, kid));
  return rows[0] ?? null;
}

/** The keys that may sign, newest first. System scope. */
export async function listSigningKeys(tx: ScopedTx): Promise<readonly SigningKey[]> {
  return await tx
    .select()
    .from(signingKeys)
    .where(isNull(signingKeys.retiredAt))
    .orderBy(desc(signingKeys.createdAt), signingKeys.kid);
}

export type NewSigningKey = Pick<SigningKey, 'kid' | 'publicJwk' | 'sealedPrivateJwk' | 'createdAt'>;

/** System scope. */
export async function insertSigningKey(tx: ScopedTx, key: NewSigningKey): Promise<void> {
  await tx.insert(signingKeys).values(key);
}

/** All keys but this one sign nothing more from `at` on. System scope. */
export async function retireOtherSigningKeys(tx: ScopedTx, kid: string, at: Date): Promise<void> {
  await tx
    .update(signingKeys)
    .set({ retiredAt: at })
    .where(and(ne(signingKeys.kid, kid), isNull(signingKeys.retiredAt)));
}

/** Those that were retired before `until`. System scope. */
export async function deleteRetiredSigningKeys(tx: ScopedTx, until: Date): Promise<void> {
  await tx.delete(signingKeys).where(lt(signingKeys.retiredAt, until));
}
