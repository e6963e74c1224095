import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';
import { deleteSession, listSessions } from '../session/session.ts';
import { arrangeSession, arrangeUser, openTestDatabase, type TestDatabase } from '../testing/index.ts';
import { adminsBeside, setUserDisabled, setUserRole } from './admin-users.ts';
import { type Acting, lockAdmin, NotAnAdministrator } from './lock-admin.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

const inDoor = <T>(run: (tx: ScopedTx) => Promise<T>) => db.withScope({ system: 'admin' }, run);

async function admin(): Promise<Acting> {
  const userId = await arrangeUser(db, { role: 'admin' });
  return { userId, session: (await arrangeSession(db, userId)).publicId };
}

const lowers = (acting: Acting, userId: string) =>
  inDoor(async (tx) => {
    await lockAdmin(tx, acting);
    return setUserRole(tx, userId, 'user');
  });

test('who is no administrator, is disabled, signed out or acts by another session changes nothing', async () => {
  const [one, two] = [await admin(), await admin()];
  const user = await arrangeUser(db);
  const plain = { userId: user, session: (await arrangeSession(db, user)).publicId };
  await expect(inDoor((tx) => lockAdmin(tx, plain))).rejects.toThrow(NotAnAdministrator);
  await expect(inDoor((tx) => lockAdmin(tx, { ...one, session: two.session }))).rejects.toThrow(NotAnAdministrator);
  await inDoor((tx) => setUserDisabled(tx, one.userId, new Date()));
  await expect(inDoor((tx) => lockAdmin(tx, one))).rejects.toThrow(NotAnAdministrator);
  await inDoor((tx) => deleteSession(tx, two.session, 'signed-out'));
  await expect(inDoor((tx) => lockAdmin(tx, two))).rejects.toThrow(NotAnAdministrator);
});

test('whom an administrator acts as is no administrator by that', async () => {
  const [own, other] = [await admin(), await arrangeUser(db, { role: 'admin' })];
  const impersonator = { impersonatorId: own.userId, impersonatorSession: own.session };
  const { publicId } = await arrangeSession(db, other, impersonator);
  await expect(inDoor((tx) => lockAdmin(tx, { userId: other, session: publicId }))).rejects.toThrow(NotAnAdministrator);
});

test('of two administrators who lower each other at the same instant one stays', async () => {
  for (let round = 0; round < 8; round += 1) {
    const [one, two] = [await admin(), await admin()];
    const acts = [() => lowers(one, two.userId), () => lowers(two, one.userId)];
    const done = await Promise.allSettled((round % 2 ? acts : acts.toReversed()).map((act) => act()));
    expect(done.map((each) => (each.status === 'fulfilled' ? each.value : each.reason)).toSorted(trueFirst)).toEqual([
      true,
      expect.any(NotAnAdministrator),
    ]);
  }
});

test('who counts the administrators beside somebody counts those who can sign in', async () => {
  await using other = await openTestDatabase();
  const one = await arrangeUser(other, { role: 'admin' });
  const two = await arrangeUser(other, { role: 'admin' });
  const beside = () => other.withScope({ system: 'admin' }, (tx) => adminsBeside(tx, one));
  expect(await beside()).toBe(1);
  await other.withScope({ system: 'admin' }, (tx) => setUserDisabled(tx, two, new Date()));
  expect(await beside()).toBe(0);
});

test.each([
  ['lowered', (userId: string) => setUserRoleTo(userId)],
  ['disabled', (userId: string) => inDoor((tx) => setUserDisabled(tx, userId, new Date()))],
  ['gone', (userId: string) => db.withScope({ system: 'test' }, (tx) => deleteUser(tx, userId))],
])('an administrator who is %s acts as nobody any more', async (_, end) => {
  const own = await admin();
  const user = await arrangeUser(db);
  const impersonator = { impersonatorId: own.userId, impersonatorSession: own.session };
  await arrangeSession(db, user, impersonator);
  await end(own.userId);
  expect(await sessionsOf(user)).toEqual([]);
});

test('what an administrator acts by ends with their own session', async () => {
  const own = await admin();
  const user = await arrangeUser(db);
  await arrangeSession(db, user, { impersonatorId: own.userId, impersonatorSession: own.session });
  await inDoor((tx) => deleteSession(tx, own.session, 'signed-out'));
  expect(await sessionsOf(user)).toEqual([]);
});

const trueFirst = (one: unknown) => (one === true ? -1 : 1);

const setUserRoleTo = (userId: string) => inDoor((tx) => setUserRole(tx, userId, 'user'));

async function deleteUser(tx: ScopedTx, userId: string): Promise<void> {
  await tx.delete(users).where(eq(users.id, userId));
}

async function sessionsOf(userId: string): Promise<readonly unknown[]> {
  return db.withScope({ system: 'test' }, (tx) => listSessions(tx, userId));
}
