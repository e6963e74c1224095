import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { users } from '../schema/tables.ts';
import { arrangeUser, openTestDatabase } from '../testing/index.ts';
import { findClaimants, findUserByEmail, insertCredential, updateName, updatePasswordHash } from './user.ts';

test('an address is claimed by many and confirmed by one', async () => {
  await using db = await openTestDatabase();
  const claim = (name: string) => arrangeUser(db, { email: 'ada@example.org', name, confirmedAt: null });
  const [first, second] = [await claim('one'), await claim('two')];
  const confirm = (id: string) =>
    db.withScope({ system: 'test' }, async (tx) => {
      await tx.update(users).set({ confirmedAt: new Date() }).where(eq(users.id, id));
    });
  await confirm(first);
  await expect(confirm(second)).rejects.toMatchObject({ constraint: 'users_confirmed_email' });
  await db.withScope({ system: 'sign-in' }, async (tx) => {
    expect((await findUserByEmail(tx, 'ada@example.org'))?.user.id).toBe(first);
    expect((await findClaimants(tx, 'ada@example.org', 5)).map(({ user }) => user.id)).toEqual([second]);
  });
});

test('guests have no address, so any number of them fits', async () => {
  await using db = await openTestDatabase();
  const guest = { email: null, isGuest: true };
  expect(await arrangeUser(db, guest)).not.toBe(await arrangeUser(db, guest));
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
