import { eq } from 'drizzle-orm';
import { users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';

/** System scope. Whoever else changes what opens this account waits until the transaction is over. */
export async function lockUser(tx: ScopedTx, userId: string): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update');
}
