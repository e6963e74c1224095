import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { arrangeUser, openTestDatabase } from '../testing/index.ts';
import { findUserByEmail, insertCredential, insertUser, updateName, updatePasswordHash } from './user.ts';

test('an address belongs to one user', async () => {
  await using db = await openTestDatabase();
  const ada = { id: randomUUID(), email: 'ada@example.org', name: 'Ada' };
  const again = { ...ada, id: randomUUID() };
  await db.withScope({ system: 'registration' }, async (tx) => {
    expect([await insertUser(tx, ada), await insertUser(tx, again)]).toEqual([true, false]);
  });
});

test('guests have no address, so any number of them fits', async () => {
  await using db = await openTestDatabase();
  await db.withScope({ system: 'registration' }, async (tx) => {
    for (const name of ['One', 'Two']) {
      expect(await insertUser(tx, { id: randomUUID(), name, isGuest: true })).toBe(true);
    }
  });
});

test('an address is kept in lower case only', async () => {
  await using db = await openTestDatabase();
  await expect(arrangeUser(db, { email: 'Ada@example.org' })).rejects.toMatchObject({
    constraint: 'users_email_lower',
  });
});

test('a user is found by address, with the hash of the password if there is one', async () => {
  await using db = await openTestDatabase();
  const id = await arrangeUser(db, { email: 'ada@example.org' });
  await db.withScope({ system: 'sign-in' }, async (tx) => {
    expect(await findUserByEmail(tx, 'ada@example.org')).toMatchObject({ user: { id }, passwordHash: null });
    expect(await updatePasswordHash(tx, id, 'new')).toBe(false);
    await insertCredential(tx, id, 'first');
    expect(await updatePasswordHash(tx, id, 'second')).toBe(true);
    expect(await findUserByEmail(tx, 'ada@example.org')).toMatchObject({ user: { id }, passwordHash: 'second' });
    expect(await findUserByEmail(tx, 'nobody@example.org')).toBeNull();
  });
});

test('people rename themselves, not each other', async () => {
  await using db = await openTestDatabase();
  const [id, other] = [await arrangeUser(db), await arrangeUser(db)];
  await db.withScope({ user: id }, async (tx) => {
    expect([await updateName(tx, id, 'New'), await updateName(tx, other, 'New')]).toEqual([true, false]);
  });
});
