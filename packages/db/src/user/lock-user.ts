import { eq } from 'drizzle-orm';
import { users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';

/**
 * Either scope. Whoever else locks, changes or deletes this user waits until the transaction is over; what is read
 * after it was locked is as they left it. False when the user is gone.
 */
export async function lockUser(tx: ScopedTx, userId: string): Promise<boolean> {
  // Not `update`: rows that refer to the user, such as a session, may still be added meanwhile.
  const rows = await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update');
  return rows.length > 0;
}
