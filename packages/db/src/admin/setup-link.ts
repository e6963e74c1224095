import { and, eq, gt, lte } from 'drizzle-orm';
import { setupLinks } from '../schema/identity-tables.ts';
import { users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';
import { lockAdmins } from './lock-admin.ts';

export interface SetupLink {
  /** SHA-256 (hex) of the token. */
  readonly tokenHash: string;
  readonly expiresAt: Date;
}

/** Keeps the link; false, and nothing is kept, when there is an administrator. System scope. */
export async function insertSetupLink(tx: ScopedTx, link: SetupLink): Promise<boolean> {
  if ((await lockAdmins(tx)).length > 0) return false;
  await tx.delete(setupLinks).where(lte(setupLinks.expiresAt, new Date()));
  await tx.insert(setupLinks).values(link);
  return true;
}

/**
 * Makes the user the first administrator. False when the link is unknown or over, or there is an administrator already:
 * of two at once one wins. Every link is worth nothing afterwards. System scope.
 */
export async function consumeSetupLink(
  tx: ScopedTx,
  { tokenHash, userId, now }: { readonly tokenHash: string; readonly userId: string; readonly now: Date },
): Promise<boolean> {
  if ((await lockAdmins(tx)).length > 0) return false;
  const good = and(eq(setupLinks.tokenHash, tokenHash), gt(setupLinks.expiresAt, now));
  const found = await tx.delete(setupLinks).where(good).returning({ tokenHash: setupLinks.tokenHash });
  if (found.length === 0) return false;
  await tx.delete(setupLinks);
  const made = await tx.update(users).set({ role: 'admin' }).where(eq(users.id, userId)).returning({ id: users.id });
  return made.length > 0;
}
