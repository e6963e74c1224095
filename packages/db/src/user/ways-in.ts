import { and, count, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { identities, passkeys } from '../schema/identity-tables.ts';
import { credentials, users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';
import { lockUser } from './lock-user.ts';

/** By what a person can sign in. */
export interface WaysIn {
  readonly password: boolean;
  readonly passkeys: number;
  /** Of providers that are there to be asked. */
  readonly identities: number;
  /** A confirmed address: a link can be sent there. */
  readonly email: boolean;
}

/**
 * `providers`: those that are configured now; an identity of another one opens nothing. System scope. Locks the user's row until the end of the transaction: of two who take a way away at once, the second
 * counts after the first.
 */
export async function waysIn(tx: ScopedTx, userId: string, providers: readonly string[]): Promise<WaysIn> {
  await lockUser(tx, userId);
  const confirmed = and(eq(users.id, userId), isNotNull(users.email), isNotNull(users.confirmedAt));
  const usable = and(eq(identities.userId, userId), inArray(sql<string>`${identities.provider}`, [...providers]));
  const [password, passkey, identity, email] = [
    await tx.select({ n: count() }).from(credentials).where(eq(credentials.userId, userId)),
    await tx.select({ n: count() }).from(passkeys).where(eq(passkeys.userId, userId)),
    await tx.select({ n: count() }).from(identities).where(usable),
    await tx.select({ n: count() }).from(users).where(confirmed),
  ].map((rows) => rows[0]?.n ?? 0) as [number, number, number, number];
  return { password: password > 0, passkeys: passkey, identities: identity, email: email > 0 };
}
