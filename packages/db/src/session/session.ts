import { and, eq, getTableColumns, isNull, lte, ne, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { EndReason } from '@atrium/rooms';
import { asInstant } from '../rows.ts';
import { type Factor, sessions, users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';
import type { User } from '../user/user.ts';

export type Session = typeof sessions.$inferSelect;

/** What a person may see of their own sessions: all but the hashes. */
export type OwnSession = Omit<Session, 'id' | 'nextId' | 'previousId' | 'previousUntil' | 'impersonatorSession'>;

const {
  id: _current,
  nextId: _next,
  previousId: _previous,
  previousUntil: _until,
  impersonatorSession: _impersonator,
  ...ownColumns
} = getTableColumns(sessions);

/** Each has a unique index; together they are looked up as one bitmap. */
const tokenColumns = [sessions.id, sessions.nextId, sessions.previousId] as const;

/**
 * By the hash of any token that the session knows: current, offered or before. System scope. Says nothing about which of
 * them it is, nor about expiry: the caller compares.
 */
export async function findSessionWithUser(
  tx: ScopedTx,
  id: string,
): Promise<{ readonly session: Session; readonly user: User } | null> {
  const rows = await tx
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(sessions.userId, users.id))
    .where(or(...tokenColumns.map((column) => eq(column, sql.placeholder('id')))))
    .prepare('find_session_with_user')
    .execute({ id });
  return rows[0] ?? null;
}

/** The row as it is, also when the session is over or its user disabled; null when it is gone. Either scope. */
export async function findSessionByPublicId(tx: ScopedTx, publicId: string): Promise<OwnSession | null> {
  const rows = await tx.select(ownColumns).from(sessions).where(eq(sessions.publicId, publicId));
  return rows[0] ?? null;
}

/**
 * When the session is over, by idleness or by age, whichever comes first; null when its row is gone or its user is
 * disabled. Either scope.
 */
export async function findSessionEnd(tx: ScopedTx, publicId: string): Promise<Date | null> {
  const rows = await tx
    .select({ end: asInstant(sql`least(${sessions.expiresAt}, ${sessions.absoluteExpiresAt})`) })
    .from(sessions)
    .innerJoin(users, eq(sessions.userId, users.id))
    .where(and(eq(sessions.publicId, publicId), isNull(users.disabledAt)));
  return rows[0]?.end ?? null;
}

/** System scope. */
export async function insertSession(tx: ScopedTx, session: Session): Promise<void> {
  await tx.insert(sessions).values(session);
}

export interface Touch {
  readonly publicId: string;
  /** `lastSeenAt` as it was read: of twenty parallel requests one writes. */
  readonly seen: Date;
  readonly now: Date;
  /** The idle end that use moves forward; never past the absolute end. */
  readonly expiresAt: Date;
}

/** Notes that the session is used. False when another request did so meanwhile, or the session is gone. System scope. */
export async function touchSession(tx: ScopedTx, touch: Touch): Promise<boolean> {
  const expiresAt = touch.expiresAt.toISOString();
  const rows = await tx
    .update(sessions)
    .set({
      lastSeenAt: touch.now,
      expiresAt: sql`least(${expiresAt}::timestamptz, ${sessions.absoluteExpiresAt})`,
    })
    .where(and(eq(sessions.publicId, touch.publicId), eq(sessions.lastSeenAt, touch.seen)))
    .returning({ publicId: sessions.publicId });
  return rows.length > 0;
}

/** Notes that it was proved anew whose session this is. System scope. False when the session is gone. */
export async function markAuthenticated(
  tx: ScopedTx,
  { publicId, at, factor }: { readonly publicId: string; readonly at: Date; readonly factor: Factor },
): Promise<boolean> {
  const rows = await tx
    .update(sessions)
    .set({
      authenticatedAt: at,
      factors: sql`case when ${factor} = any(${sessions.factors}) then ${sessions.factors}
        else array_append(${sessions.factors}, ${factor}) end`,
    })
    .where(eq(sessions.publicId, publicId))
    .returning({ publicId: sessions.publicId });
  return rows.length > 0;
}

/** The session of the administrator who acts by this one; null when nobody does. System scope. */
export async function findImpersonatorSession(
  tx: ScopedTx,
  publicId: string,
): Promise<Pick<Session, 'publicId' | 'isRemembered'> | null> {
  const own = alias(sessions, 'own');
  const rows = await tx
    .select({ publicId: own.publicId, isRemembered: own.isRemembered })
    .from(sessions)
    .innerJoin(own, eq(own.publicId, sessions.impersonatorSession))
    .where(eq(sessions.publicId, publicId));
  return rows[0] ?? null;
}

/** Whoever uses this session proves anew who they are before anything delicate. System scope. */
export async function leaveSudo(tx: ScopedTx, publicId: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ authenticatedAt: new Date(0) })
    .where(eq(sessions.publicId, publicId));
}

/** Newest use first. Either scope. */
export async function listSessions(tx: ScopedTx, userId: string): Promise<readonly OwnSession[]> {
  return await tx
    .select(ownColumns)
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(sql`${sessions.lastSeenAt} desc`, sessions.publicId);
}

/** Ends one session; its streams are told `reason`. False when there was none (or, as a user, none of one's own). */
export async function deleteSession(tx: ScopedTx, publicId: string, reason: EndReason): Promise<boolean> {
  await nameReason(tx, reason);
  const rows = await tx
    .delete(sessions)
    .where(eq(sessions.publicId, publicId))
    .returning({ publicId: sessions.publicId });
  return rows.length > 0;
}

export interface OtherSessions {
  readonly userId: string;
  /** The session to keep; null ends all. */
  readonly keepPublicId: string | null;
  /** What the streams of the ended ones are told. */
  readonly reason: EndReason;
}

/** Returns the public ids of the ended ones. Either scope. */
export async function deleteOtherSessions(
  tx: ScopedTx,
  { userId, keepPublicId, reason }: OtherSessions,
): Promise<readonly string[]> {
  await nameReason(tx, reason);
  const isOther = keepPublicId === null ? undefined : ne(sessions.publicId, keepPublicId);
  const rows = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), isOther))
    .returning({ publicId: sessions.publicId });
  return rows.map((row) => row.publicId);
}

/** Ends what is over at `now`, idle or absolute. System scope. Returns the public ids of the ended ones. */
export async function deleteExpiredSessions(tx: ScopedTx, now: Date): Promise<readonly string[]> {
  await nameReason(tx, 'expired');
  const rows = await tx
    .delete(sessions)
    .where(or(lte(sessions.expiresAt, now), lte(sessions.absoluteExpiresAt, now)))
    .returning({ publicId: sessions.publicId });
  return rows.map((row) => row.publicId);
}

/** Every session of somebody who is not disabled, by public id, with its end. System scope. */
export async function livingSessions(tx: ScopedTx): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx
    .select({
      publicId: sessions.publicId,
      end: asInstant(sql`least(${sessions.expiresAt}, ${sessions.absoluteExpiresAt})`),
    })
    .from(sessions)
    .innerJoin(users, eq(sessions.userId, users.id))
    .where(isNull(users.disabledAt));
  return new Map(rows.map(({ publicId, end }) => [publicId, end]));
}

/** For the triggers that report an end; holds until the transaction is over. Either scope. */
export async function nameReason(tx: ScopedTx, reason: EndReason): Promise<void> {
  await tx.execute(sql`select set_config('app.end_reason', ${reason}, true)`);
}
