import { and, count, eq, isNull } from 'drizzle-orm';
import { recoveryCodes } from '../schema/identity-tables.ts';
import type { ScopedTx } from '../scope.ts';

/** System scope. Voids all earlier ones; call it with the user's row locked, or two at once leave two sets. */
export async function replaceRecoveryCodes(tx: ScopedTx, userId: string, hashes: readonly string[]): Promise<void> {
  await deleteRecoveryCodes(tx, userId);
  await tx.insert(recoveryCodes).values(hashes.map((codeHash) => ({ userId, codeHash })));
}

/** System scope. Uses the code up: of two at once one is true. */
export async function takeRecoveryCode(
  tx: ScopedTx,
  { userId, codeHash, at }: { readonly userId: string; readonly codeHash: string; readonly at: Date },
): Promise<boolean> {
  const rows = await tx
    .update(recoveryCodes)
    .set({ usedAt: at })
    .where(and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.codeHash, codeHash), isNull(recoveryCodes.usedAt)))
    .returning({ userId: recoveryCodes.userId });
  return rows.length > 0;
}

/** Either scope. How many are left. */
export async function countRecoveryCodes(tx: ScopedTx, userId: string): Promise<number> {
  const rows = await tx
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));
  return rows[0]?.left ?? 0;
}

/** System scope. */
export async function deleteRecoveryCodes(tx: ScopedTx, userId: string): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
}
