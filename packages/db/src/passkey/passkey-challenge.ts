import { and, eq, gt, isNull, lte } from 'drizzle-orm';
import { passkeyChallenges } from '../schema/identity-tables.ts';
import type { ScopedTx } from '../scope.ts';

export type PasskeyChallenge = typeof passkeyChallenges.$inferSelect;

/** System scope. Forgets those that are over at `now`. */
export async function insertPasskeyChallenge(tx: ScopedTx, challenge: PasskeyChallenge, now: Date): Promise<void> {
  await tx.delete(passkeyChallenges).where(lte(passkeyChallenges.expiresAt, now));
  await tx.insert(passkeyChallenges).values(challenge);
}

/** System scope. Takes it away: of two who answer the same one, one gets it. Null when it is over, or for another use. */
export async function takePasskeyChallenge(
  tx: ScopedTx,
  wanted: Pick<PasskeyChallenge, 'id' | 'purpose' | 'userId'> & { readonly now: Date },
): Promise<string | null> {
  const { id, purpose, userId, now } = wanted;
  const isTheirs = userId === null ? isNull(passkeyChallenges.userId) : eq(passkeyChallenges.userId, userId);
  const rows = await tx
    .delete(passkeyChallenges)
    .where(
      and(
        eq(passkeyChallenges.id, id),
        eq(passkeyChallenges.purpose, purpose),
        isTheirs,
        gt(passkeyChallenges.expiresAt, now),
      ),
    )
    .returning({ challenge: passkeyChallenges.challenge });
  return rows[0]?.challenge ?? null;
}
