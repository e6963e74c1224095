import { and, eq, isNotNull, isNull, lt, or } from 'drizzle-orm';
import { totpSecrets } from '../schema/identity-tables.ts';
import type { ScopedTx } from '../scope.ts';

export type TotpSecret = typeof totpSecrets.$inferSelect;

/** A code that was right for this very secret, at this time step. */
export interface TotpMatch {
  readonly userId: string;
  readonly sealedSecret: string;
  readonly step: number;
}

/** System scope. Confirmed or not. */
export async function findTotpSecret(tx: ScopedTx, userId: string): Promise<TotpSecret | null> {
  const rows = await tx.select().from(totpSecrets).where(eq(totpSecrets.userId, userId));
  return rows[0] ?? null;
}

/** Either scope. Since when this person's second factor is on, or null. */
export async function findTotpStart(tx: ScopedTx, userId: string): Promise<Date | null> {
  const rows = await tx
    .select({ confirmedAt: totpSecrets.confirmedAt })
    .from(totpSecrets)
    .where(eq(totpSecrets.userId, userId));
  return rows[0]?.confirmedAt ?? null;
}

/** System scope. Takes the place of one that was begun and not confirmed. False when there is a confirmed one, which stays. */
export async function beginTotpSecret(
  tx: ScopedTx,
  begun: Pick<TotpSecret, 'userId' | 'sealedSecret' | 'createdAt'>,
): Promise<boolean> {
  const { sealedSecret, createdAt } = begun;
  const rows = await tx
    .insert(totpSecrets)
    .values(begun)
    .onConflictDoUpdate({
      target: totpSecrets.userId,
      set: { sealedSecret, createdAt },
      setWhere: isNull(totpSecrets.confirmedAt),
    })
    .returning({ userId: totpSecrets.userId });
  return rows.length > 0;
}

/** System scope. Of two at once one is true; also false when another secret was begun meanwhile. */
export async function confirmTotpSecret(tx: ScopedTx, match: TotpMatch, at: Date): Promise<boolean> {
  const rows = await tx
    .update(totpSecrets)
    .set({ confirmedAt: at, lastStep: match.step })
    .where(and(isOf(match), isNull(totpSecrets.confirmedAt)))
    .returning({ userId: totpSecrets.userId });
  return rows.length > 0;
}

/** System scope. Uses a code up: false when it, or a later one, was used already. */
export async function takeTotpStep(tx: ScopedTx, match: TotpMatch): Promise<boolean> {
  const isNewer = or(isNull(totpSecrets.lastStep), lt(totpSecrets.lastStep, match.step));
  const rows = await tx
    .update(totpSecrets)
    .set({ lastStep: match.step })
    .where(and(isOf(match), isNotNull(totpSecrets.confirmedAt), isNewer))
    .returning({ userId: totpSecrets.userId });
  return rows.length > 0;
}

/** System scope. False when it was not on. */
export async function deleteTotpSecret(tx: ScopedTx, userId: string): Promise<boolean> {
  const rows = await tx
    .delete(totpSecrets)
    .where(and(eq(totpSecrets.userId, userId), isNotNull(totpSecrets.confirmedAt)))
    .returning({ userId: totpSecrets.userId });
  return rows.length > 0;
}

function isOf({ userId, sealedSecret }: TotpMatch) {
  return and(eq(totpSecrets.userId, userId), eq(totpSecrets.sealedSecret, sealedSecret));
}
