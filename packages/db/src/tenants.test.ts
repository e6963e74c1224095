/**
 * Every table there is, with raw SQL as the role of a user's requests: of another tenant's rows nothing can be read or
 * changed, and without a scope nothing is visible. The catalogue says which tables and columns there are, so one that is
 * added without a row below is missed by nobody.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowsOf } from './rows.ts';
import {
  arrangeInvite,
  arrangeMember,
  arrangeRoom,
  arrangeSession,
  arrangeUser,
  openTestDatabase,
  type TestDatabase,
} from './testing/index.ts';

let db: TestDatabase;
let stranger: string;
let tables: readonly string[];

beforeAll(async () => {
  db = await openTestDatabase();
  const [owner, member] = [await arrangeUser(db), await arrangeUser(db)];
  const roomId = await arrangeRoom(db, owner);
  await arrangeMember(db, { roomId, userId: member, role: 'editor' });
  await arrangeInvite(db, { roomId, createdBy: owner });
  await arrangeSession(db, owner);
  const mine = sql`${owner}::uuid`;
  await system(sql`insert into credentials (user_id, password_hash) values (${mine}, 'hash')`);
  await system(sql`insert into room_batch select id, 1, 1, gen_random_uuid(), '', 'h', 'n', 7, '{}', '[]' from rooms`);
  await system(sql`insert into room_snapshot select id, 1, 1, 'h', 1, 7, '{}', '{}' from rooms`);
  await system(sql`insert into mail_links (token_hash, user_id, purpose, email, expires_at)
    values ('h', ${mine}, 'reset', 'a@example.org', now())`);
  await system(sql`insert into totp_secrets (user_id, sealed_secret) values (${mine}, 's')`);
  await system(sql`insert into recovery_codes (user_id, code_hash) values (${mine}, 'h')`);
  await system(sql`insert into passkeys (id, user_id, name, public_key, counter, is_backed_up)
    values ('p', ${mine}, 'Phone', 'k', 0, false)`);
  await system(sql`insert into passkey_challenges (id, user_id, purpose, challenge, expires_at)
    values (gen_random_uuid(), ${mine}, 'sudo', 'c', now())`);
  await system(sql`insert into identities (provider, subject, user_id, label) values ('github', '1', ${mine}, 'ada')`);
  await system(sql`insert into api_tokens (id, user_id, name, permissions, refresh_hash, expires_at)
    values (gen_random_uuid(), ${mine}, 'Bot', '{rooms:read}', 'h', now())`);
  await system(sql`insert into access_requests (room_id, user_id, name)
    select ${roomId}::uuid, id, 'Tom' from users where id <> ${mine} limit 1`);
  await system(sql`insert into signing_keys (kid, public_jwk, sealed_private_jwk) values ('k', '{}', 's')`);
  await system(sql`insert into setup_links (token_hash, expires_at) values ('h', now())`);
  await system(sql`insert into audit_events (user_id, action, result, place, label)
    values (${mine}, 'signed-in', 'done', 'p', 'l')`);
  const all = await db.asOwner(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname`,
  );
  tables = all.map(({ relname }) => String(relname)).filter((name) => !name.startsWith('__'));
  stranger = randomUUID();
});
afterAll(() => db.close());

async function system(statement: ReturnType<typeof sql>): Promise<void> {
  await db.withScope({ system: 'test' }, async (tx) => void (await tx.execute(statement)));
}

/** As somebody who has nothing here; the code of the refusal, or the rows. */
async function asStranger(statement: string): Promise<string | readonly unknown[]> {
  const asked = db.withScope({ user: stranger }, async (tx) => await rowsOf(tx, sql.raw(statement)));
  return await asked.catch((error: unknown) => String((error as { code?: unknown }).code));
}

/** Of this table, what the role of a user may do with which columns. */
async function granted(table: string, privilege: 'SELECT' | 'UPDATE'): Promise<readonly string[]> {
  const columns = await db.asOwner(
    `select column_name from information_schema.column_privileges
     where table_name = '${table}' and grantee = 'app_user' and privilege_type = '${privilege}' order by column_name`,
  );
  return columns.map(({ column_name: name }) => `"${String(name)}"`);
}

async function contents(): Promise<string> {
  const rows: unknown[] = [];
  for (const table of tables) {
    await db.withScope({ system: 'test' }, async (tx) => {
      rows.push(
        table,
        await rowsOf(tx, sql.raw(`select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text`)),
      );
    });
  }
  return JSON.stringify(rows);
}

test('each table holds a row of somebody, so that there is something to be kept from others', async () => {
  expect(tables.length).toBeGreaterThanOrEqual(19);
  for (const table of tables) {
    const rows = await db.withScope({ system: 'test' }, (tx) => rowsOf(tx, sql.raw(`select 1 from ${table}`)));
    expect([table, rows.length > 0]).toEqual([table, true]);
  }
});

test('a stranger reads no row of any table, by whichever columns', async () => {
  for (const table of tables) {
    const columns = await granted(table, 'SELECT');
    const rows = columns.length === 0 ? '42501' : await asStranger(`select ${columns.join(', ')} from ${table}`);
    expect([table, rows]).toEqual([table, columns.length === 0 ? '42501' : []]);
    // Neither what is not granted, nor how many there are.
    expect([table, await asStranger(`select * from ${table}`)]).not.toEqual([table, [expect.anything()]]);
    expect(await asStranger(`select exists (select from ${table}) as "any"`)).toEqual(
      columns.length === 0 ? '42501' : [{ any: false }],
    );
  }
});

test('a stranger changes no row of any table, whatever they try', async () => {
  const before = await contents();
  for (const table of tables) {
    const columns = await granted(table, 'UPDATE');
    for (const column of columns)
      expect(await asStranger(`update ${table} set ${column} = ${column} returning 1`)).toEqual([]);
    const more = [
      `delete from ${table} returning 1`,
      `update ${table} set created_at = now() returning 1`,
      `truncate ${table}`,
      `select 1 from ${table} for update`,
    ];
    for (const statement of more) {
      const answer = await asStranger(statement);
      // Refused, no such column, or nothing to do it to.
      const isHarmless = typeof answer === 'string' ? /^42(501|703)$/.test(answer) : answer.length === 0;
      expect([statement, isHarmless]).toEqual([statement, true]);
    }
  }
  expect(await contents()).toBe(before);
});

test('without a scope there is nothing, in any table, for whoever opens the database', async () => {
  for (const table of tables) expect(await db.asOwner(`select 1 from ${table}`)).toEqual([]);
});

test('neither a scope that ends, nor one that fails, nor a connection that is used again keeps a role or a user', async () => {
  const someone = randomUUID();
  const statements = ['select 1', 'select 1 / 0', 'select nowhere', `delete from signing_keys`];
  // More than there are connections, so that each is used again.
  await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      db
        .withScope({ user: someone }, async (tx) => void (await tx.execute(sql.raw(statements[n % 4] ?? ''))))
        .catch(() => null),
    ),
  );
  const left = await Promise.all(
    Array.from({ length: 60 }, () =>
      db.asOwner(
        `select current_user = session_user as own, coalesce(current_setting('app.user_id', true), '') as user`,
      ),
    ),
  );
  expect(new Set(left.map(([row]) => JSON.stringify(row)))).toEqual(new Set([JSON.stringify({ own: true, user: '' })]));
});
