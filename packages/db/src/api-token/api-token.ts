import { and, count, desc, eq, getTableColumns, gt, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { EndReason } from '@atrium/rooms';
import { apiTokens } from '../schema/identity-tables.ts';
import { users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';
import { nameReason } from '../session/session.ts';
import { lockUser } from '../user/lock-user.ts';
import type { User } from '../user/user.ts';

export type ApiToken = typeof apiTokens.$inferSelect;

/** What a person may see of their own tokens: all but the hashes. */
export type OwnApiToken = Omit<ApiToken, 'refreshHash' | 'previousRefreshHash'>;

const { refreshHash: _current, previousRefreshHash: _previous, ...ownColumns } = getTableColumns(apiTokens);

/** So many tokens one person may have; those that are over do not count. */
export const mostApiTokens = 50;

/** The person has `mostApiTokens` already: one of them must be revoked first. */
export class TooManyApiTokens extends Error {
  constructor() {
    super(`You have ${mostApiTokens} tokens, the most that one person can have. Revoke some first.`);
    this.name = 'TooManyApiTokens';
  }
}

export type NewApiToken = Pick<
  ApiToken,
  'id' | 'userId' | 'name' | 'permissions' | 'refreshHash' | 'refreshedAt' | 'createdAt' | 'expiresAt'
>;

/**
 * System scope. Throws `TooManyApiTokens`. The person's own row is locked first: of two requests at once the second one
 * counts what the first one made.
 */
export async function insertApiToken(tx: ScopedTx, token: NewApiToken): Promise<void> {
  await lockUser(tx, token.userId);
  const rows = await tx
    .select({ living: count() })
    .from(apiTokens)
    .where(and(eq(apiTokens.userId, token.userId), gt(apiTokens.expiresAt, token.createdAt)));
  if ((rows[0]?.living ?? 0) >= mostApiTokens) throw new TooManyApiTokens();
  await tx.insert(apiTokens).values(token);
}

/** System scope. Says nothing about expiry: the caller compares. */
export async function findApiTokenWithUser(
  tx: ScopedTx,
  id: string,
): Promise<{ readonly token: ApiToken; readonly user: User } | null> {
  const rows = await tx
    .select({ token: apiTokens, user: users })
    .from(apiTokens)
    .innerJoin(users, eq(apiTokens.userId, users.id))
    .where(eq(apiTokens.id, sql.placeholder('id')))
    .prepare('find_api_token_with_user')
    .execute({ id });
  return rows[0] ?? null;
}

/** Newest first. As that user, or system. */
export async function listApiTokens(tx: ScopedTx, userId: string): Promise<readonly OwnApiToken[]> {
  return await tx
    .select(ownColumns)
    .from(apiTokens)
    .where(eq(apiTokens.userId, userId))
    .orderBy(desc(apiTokens.createdAt), apiTokens.id);
}

export interface TokenUse {
  readonly id: string;
  /** `refreshedAt` of the refresh that made the access token in use; null when that is not known any more. */
  readonly generation: Date | null;
  readonly at: Date;
  /** Address prefix. */
  readonly place: string;
  /** Use is written at most once in so many milliseconds. */
  readonly interval: number;
}

/**
 * Notes that a token is used. System scope. A row whose `lastUsedAt` is not before `refreshedAt` says that what the last
 * refresh answered has arrived: until it says so, use of an access token from an earlier refresh is written as of just
 * before that refresh.
 */
export async function touchApiToken(tx: ScopedTx, { id, generation, at, place, interval }: TokenUse): Promise<void> {
  const { refreshedAt, lastUsedAt } = apiTokens;
  const now = sql`${at.toISOString()}::timestamptz`;
  const isCurrent = generation === null ? sql`false` : eq(refreshedAt, generation);
  const moment = sql`case when ${isCurrent} or ${lastUsedAt} >= ${refreshedAt} then greatest(${now}, ${refreshedAt})
    else least(${now}, ${refreshedAt} - interval '1 millisecond') end`;
  const isStale = sql`${lastUsedAt} <= ${moment} - make_interval(secs => ${interval / 1000}::float8)`;
  await tx
    .update(apiTokens)
    .set({ lastUsedAt: moment, lastIpPrefix: place })
    .where(and(eq(apiTokens.id, id), or(isNull(lastUsedAt), and(isCurrent, lt(lastUsedAt, refreshedAt)), isStale)));
}

export interface RefreshRotation {
  readonly id: string;
  /** SHA-256 (hex) of the refresh token that was presented. */
  readonly presented: string;
  /** SHA-256 (hex) of the one that takes its place. */
  readonly next: string;
  readonly now: Date;
}

/**
 * Replaces the refresh token if it is the one that was presented. System scope. False when it is not (any more), or the
 * token is over. Of many at once one succeeds. `refreshedAt` is after every use so far, whatever the clocks say.
 */
export async function rotateRefreshToken(
  tx: ScopedTx,
  { id, presented, next, now }: RefreshRotation,
): Promise<boolean> {
  const rows = await tx
    .update(apiTokens)
    .set({
      refreshHash: next,
      previousRefreshHash: presented,
      refreshedAt: sql`greatest(${now.toISOString()}::timestamptz, ${apiTokens.lastUsedAt} + interval '1 millisecond')`,
    })
    .where(and(eq(apiTokens.id, id), eq(apiTokens.refreshHash, presented), gt(apiTokens.expiresAt, now)))
    .returning({ id: apiTokens.id });
  return rows.length > 0;
}

/** Ends a token; its sockets are told `reason`. False when there was none (or, as a user, none of one's own). */
export async function deleteApiToken(tx: ScopedTx, id: string, reason: EndReason): Promise<boolean> {
  await nameReason(tx, reason);
  const rows = await tx.delete(apiTokens).where(eq(apiTokens.id, id)).returning({ id: apiTokens.id });
  return rows.length > 0;
}

/** Ends what is over at `now`. System scope. Returns the ids of the ended ones. */
export async function deleteExpiredApiTokens(tx: ScopedTx, now: Date): Promise<readonly string[]> {
  await nameReason(tx, 'expired');
  const rows = await tx.delete(apiTokens).where(lte(apiTokens.expiresAt, now)).returning({ id: apiTokens.id });
  return rows.map((row) => row.id);
}

/** When the token is over; null when its row is gone or its user is disabled. Either scope. */
export async function findApiTokenEnd(tx: ScopedTx, id: string): Promise<Date | null> {
  const rows = await tx
    .select({ end: apiTokens.expiresAt })
    .from(apiTokens)
    .innerJoin(users, eq(apiTokens.userId, users.id))
    .where(and(eq(apiTokens.id, id), isNull(users.disabledAt)));
  return rows[0]?.end ?? null;
}

/** Every token of somebody who is not disabled, by id, with its end. System scope. */
export async function livingApiTokens(tx: ScopedTx): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx
    .select({ id: apiTokens.id, end: apiTokens.expiresAt })
    .from(apiTokens)
    .innerJoin(users, eq(apiTokens.userId, users.id))
    .where(isNull(users.disabledAt));
  return new Map(rows.map(({ id, end }) => [id, end]));
}
