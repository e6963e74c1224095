/**
 * The tokens of a session and its end, as they are replaced; what may replace what is decided in packages/auth. Each
 * function is one statement with a guard, so that of two requests at once one wins and the other learns that it did not.
 */
import { and, eq, sql } from 'drizzle-orm';
import { sessions } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';

/** SHA-256 (hex) of each token that a session knows, and what is known about their age. */
export type SessionTokens = Pick<
  typeof sessions.$inferSelect,
  'id' | 'nextId' | 'previousId' | 'previousUntil' | 'rotatedAt'
>;

export interface TokenChange {
  readonly publicId: string;
  /** As they were read. */
  readonly seen: SessionTokens;
  readonly tokens: SessionTokens;
}

/** System scope. False when they are not what was seen any more, or the session is gone: read again. */
export async function changeTokens(tx: ScopedTx, { publicId, seen, tokens }: TokenChange): Promise<boolean> {
  const { id, nextId, previousId, previousUntil, rotatedAt } = tokens;
  const rows = await tx
    .update(sessions)
    .set({ id, nextId, previousId, previousUntil, rotatedAt })
    .where(
      and(
        eq(sessions.publicId, publicId),
        eq(sessions.id, seen.id),
        sql`${sessions.nextId} is not distinct from ${seen.nextId}::text`,
      ),
    )
    .returning({ publicId: sessions.publicId });
  return rows.length > 0;
}

export interface NewToken {
  readonly publicId: string;
  /** SHA-256 (hex) of the new token. */
  readonly id: string;
  readonly now: Date;
}

/**
 * Replaces the token at once and forgets every other one: whoever holds one of them holds nothing, and says nothing by
 * showing it. System scope. False when the session is gone.
 */
export async function replaceToken(tx: ScopedTx, { publicId, id, now }: NewToken): Promise<boolean> {
  const rows = await tx
    .update(sessions)
    .set({ id, nextId: null, previousId: null, previousUntil: null, rotatedAt: now })
    .where(eq(sessions.publicId, publicId))
    .returning({ publicId: sessions.publicId });
  return rows.length > 0;
}

export interface LaterEnd {
  readonly publicId: string;
  readonly now: Date;
  readonly expiresAt: Date;
  readonly absoluteExpiresAt: Date;
}

/** Moves the end of a session that is not over to a later time. System scope. False when it is over or gone. */
export async function extendSession(tx: ScopedTx, end: LaterEnd): Promise<boolean> {
  const [now, idle, absolute] = [end.now, end.expiresAt, end.absoluteExpiresAt].map((at) => at.toISOString());
  const rows = await tx
    .update(sessions)
    .set({
      expiresAt: sql`greatest(${sessions.expiresAt}, ${idle}::timestamptz)`,
      absoluteExpiresAt: sql`greatest(${sessions.absoluteExpiresAt}, ${absolute}::timestamptz)`,
    })
    .where(
      and(
        eq(sessions.publicId, end.publicId),
        sql`least(${sessions.expiresAt}, ${sessions.absoluteExpiresAt}) > ${now}::timestamptz`,
      ),
    )
    .returning({ publicId: sessions.publicId });
  return rows.length > 0;
}
