import { sql } from 'drizzle-orm';
import { findApiTokenEnd, livingApiTokens } from '../api-token/api-token.ts';
import { rowsOf } from '../rows.ts';
import type { ScopedTx } from '../scope.ts';
import { findSessionEnd, livingSessions } from './session.ts';

/** When a session or an API token with this public id is over; null when neither is there. Either scope. */
export async function findSignInEnd(tx: ScopedTx, publicId: string): Promise<Date | null> {
  return (await findSessionEnd(tx, publicId)) ?? (await findApiTokenEnd(tx, publicId));
}

/** Which of these sessions and API tokens are over, by the clock of the database, or were of somebody disabled. System scope. */
export async function endedSignIns(tx: ScopedTx, publicIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`
      select asked.id from unnest(${sql.param([...publicIds])}::uuid[]) as asked (id)
      where not exists (
        select from sessions join users on users.id = sessions.user_id
        where sessions.public_id = asked.id and users.disabled_at is null
          and least(sessions.expires_at, sessions.absolute_expires_at) > now())
      and not exists (
        select from api_tokens join users on users.id = api_tokens.user_id
        where api_tokens.id = asked.id and users.disabled_at is null and api_tokens.expires_at > now())`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Every session and API token of somebody who is not disabled, by public id, with its end. System scope. */
export async function livingSignIns(tx: ScopedTx): Promise<ReadonlyMap<string, Date>> {
  return new Map([...(await livingSessions(tx)), ...(await livingApiTokens(tx))]);
}
