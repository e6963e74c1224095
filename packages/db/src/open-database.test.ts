import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { insertUser, findUser } from './user/user.ts';
import { openTestDatabase } from './testing/index.ts';

test('a fresh database answers', async () => {
  await using db = await openTestDatabase();
  const id = randomUUID();
  await db.withScope({ system: 'registration' }, async (tx) => {
    expect(await insertUser(tx, { id, email: 'a@example.org', name: 'A' })).toBe(true);
  });
  expect(await db.withScope({ system: 'account' }, async (tx) => await findUser(tx, id))).toMatchObject({ name: 'A' });
  expect(db.description).toMatch(/^PostgreSQL \d+/);
});
