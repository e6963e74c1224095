import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { QueryFailed, ScopeMisuse } from './errors.ts';
import { rowsOf } from './rows.ts';
import { users } from './schema/tables.ts';
import type { ScopedTx } from './scope.ts';
import { arrangeUser, openTestDatabase } from './testing/index.ts';

const whoAmI = async (tx: ScopedTx): Promise<unknown> =>
  (await rowsOf(tx, sql`select current_user::text as role, current_setting('app.user_id', true) as id`))[0];

test('a scope decides the role and the user, and both end with it', async () => {
  await using db = await openTestDatabase();
  const [{ current_user: owner } = {}] = await db.asOwner('select current_user::text');
  const id = randomUUID();

  expect(await db.withScope({ user: id }, whoAmI)).toEqual({ role: 'app_user', id });
  expect(await db.withScope({ system: 'test' }, whoAmI)).toEqual({ role: 'app_system', id: '' });
  const after = `select current_user::text as role, coalesce(current_setting('app.user_id', true), '') as id`;
  expect(await db.asOwner(after)).toEqual([{ role: owner, id: '' }]);
});

test('no role outlives a scope that failed', async () => {
  await using db = await openTestDatabase();
  const [{ current_user: owner } = {}] = await db.asOwner('select current_user::text');
  // More rounds than the pool has connections, so that each of them has failed at least once.
  for (let round = 0; round < 12; round += 1) {
    await expect(db.withScope({ system: 'test' }, async (tx) => await tx.execute(sql`select 1 / 0`))).rejects.toThrow(
      QueryFailed,
    );
    await expect(db.withScope({ system: 'test' }, async () => await Promise.reject(new Error('own')))).rejects.toThrow(
      'own',
    );
  }
  expect(await db.asOwner('select current_user::text')).toEqual([{ current_user: owner }]);
});

test('without a scope nothing is visible, whoever asks', async () => {
  await using db = await openTestDatabase();
  await arrangeUser(db);
  expect(await db.asOwner('select id from users')).toEqual([]);
  const asNobody = await db.withScope({ user: randomUUID() }, async (tx) => {
    await tx.execute(sql`select set_config('app.user_id', '', true)`);
    return await tx.select({ id: users.id }).from(users);
  });
  expect(asNobody).toEqual([]);
});

test('the same scope inside a scope joins its transaction', async () => {
  await using db = await openTestDatabase();
  const id = randomUUID();
  const failing = db.withScope({ system: 'test' }, async () => {
    await arrangeUser(db, { id });
    throw new Error('roll back');
  });
  await expect(failing).rejects.toThrow('roll back');
  const left = await db.withScope(
    { system: 'test' },
    async (tx) => await tx.select().from(users).where(eq(users.id, id)),
  );
  expect(left).toEqual([]);
});

test('another scope inside a scope is a mistake, and says so instead of waiting for ever', async () => {
  await using db = await openTestDatabase();
  const user = randomUUID();
  const nested = db.withScope({ user }, async () => await db.withScope({ system: 'test' }, whoAmI));
  await expect(nested).rejects.toThrow(ScopeMisuse);
  const other = db.withScope({ user }, async () => await db.withScope({ user: randomUUID() }, whoAmI));
  await expect(other).rejects.toThrow(ScopeMisuse);
});

test('a transaction that was kept after its end refuses every query', async () => {
  await using db = await openTestDatabase();
  const kept = await db.withScope({ system: 'test' }, async (tx) => ({ tx }));
  await expect(kept.tx.execute(sql`select 1`)).rejects.toMatchObject({ cause: expect.any(ScopeMisuse) });
});

test('work that is started inside a scope and outlives it opens a scope of its own', async () => {
  await using db = await openTestDatabase();
  let start = (): void => {};
  const started = new Promise<void>((resolve) => (start = resolve));
  const { late } = await db.withScope({ system: 'test' }, async () => ({
    late: started.then(async () => await db.withScope({ user: randomUUID() }, whoAmI)),
  }));
  start();
  expect(await late).toMatchObject({ role: 'app_user' });
});

test('a failed statement whose error is swallowed does not pass as a commit', async () => {
  await using db = await openTestDatabase();
  const id = randomUUID();
  const swallowing = db.withScope({ system: 'test' }, async (tx) => {
    await tx.insert(users).values({ id, name: 'Lost' });
    await tx.execute(sql`select 1 / 0`).catch(() => {});
    return 'done';
  });
  await expect(swallowing).rejects.toThrow(QueryFailed);
});

test('a user id that is not a UUID never reaches the database', async () => {
  await using db = await openTestDatabase();
  const injected = `x', true), set_config('role', 'app_system`;
  await expect(db.withScope({ user: injected }, whoAmI)).rejects.toThrow(ScopeMisuse);
});

test('errors name the rule, never the values', async () => {
  await using db = await openTestDatabase();
  await arrangeUser(db, { email: 'secret@example.org' });
  const twice = db.withScope({ system: 'test' }, async (tx) => {
    await tx
      .insert(users)
      .values({ id: randomUUID(), email: 'secret@example.org', name: 'hunter2', confirmedAt: new Date() });
  });
  const error: unknown = await twice.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(QueryFailed);
  expect(error).toMatchObject({ code: '23505', constraint: 'users_confirmed_email', table: 'users' });
  for (let shown: unknown = error; shown instanceof Error; shown = shown.cause) {
    expect(`${shown.message} ${shown.stack} ${JSON.stringify(shown)}`).not.toMatch(/secret@|hunter2/);
  }
  const malformed = db.withScope({ system: 'test' }, async (tx) => await tx.execute(sql`select ${'hunter2'}::uuid`));
  await expect(malformed).rejects.not.toThrow(/hunter2/);
});
