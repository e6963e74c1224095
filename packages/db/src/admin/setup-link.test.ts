import { EventEmitter, once } from 'node:events';
import { expect, test } from 'vitest';
import { findUser } from '../user/user.ts';
import { arrangeUser, isOnServer, openTestDatabase, somebodyWaitsFor, type TestDatabase } from '../testing/index.ts';
import { setUserDisabled } from './admin-users.ts';
import { consumeSetupLink, insertSetupLink } from './setup-link.ts';

const later = () => new Date(Date.now() + 60_000);
const offer = (db: TestDatabase, tokenHash: string, expiresAt = later()) =>
  db.withScope({ system: 'setup' }, (tx) => insertSetupLink(tx, { tokenHash, expiresAt }));
const use = (db: TestDatabase, tokenHash: string, userId: string) =>
  db.withScope({ system: 'setup' }, (tx) => consumeSetupLink(tx, { tokenHash, userId, now: new Date() }));
const roleOf = async (db: TestDatabase, id: string) =>
  (await db.withScope({ system: 'test' }, (tx) => findUser(tx, id)))?.role;

test('the link makes one administrator, once, and no other link works after it', async () => {
  await using db = await openTestDatabase();
  const [ada, bob] = [await arrangeUser(db), await arrangeUser(db)];
  expect(await offer(db, 'one')).toBe(true);
  expect(await offer(db, 'two')).toBe(true);
  expect(await use(db, 'unknown', ada)).toBe(false);
  expect(await use(db, 'one', ada)).toBe(true);
  expect(await use(db, 'one', bob)).toBe(false);
  expect(await use(db, 'two', bob)).toBe(false);
  expect([await roleOf(db, ada), await roleOf(db, bob)]).toEqual(['admin', 'user']);
  expect(await offer(db, 'three')).toBe(false);
});

test('a link that is over makes nobody one', async () => {
  await using db = await openTestDatabase();
  const ada = await arrangeUser(db);
  await offer(db, 'old', new Date(Date.now() - 1));
  expect(await use(db, 'old', ada)).toBe(false);
  expect(await roleOf(db, ada)).toBe('user');
});

test('of two who use two links at the same instant one becomes the administrator', async () => {
  await using db = await openTestDatabase();
  const [ada, bob] = [await arrangeUser(db), await arrangeUser(db)];
  await offer(db, 'one');
  await offer(db, 'two');
  const begun = new EventEmitter();
  const second = once(begun, 'begun').then(() => use(db, 'two', bob));
  const first = await db.withScope({ system: 'setup' }, async (tx) => {
    const isMade = await consumeSetupLink(tx, { tokenHash: 'one', userId: ada, now: new Date() });
    begun.emit('begun');
    // The other one is in the middle of it.
    if (isOnServer()) await somebodyWaitsFor(tx);
    return isMade;
  });
  expect([first, await second]).toEqual([true, false]);
  expect([await roleOf(db, ada), await roleOf(db, bob)]).toEqual(['admin', 'user']);
});

test('where every administrator is disabled there is a link again', async () => {
  await using db = await openTestDatabase();
  const ada = await arrangeUser(db, { role: 'admin' });
  expect(await offer(db, 'one')).toBe(false);
  await db.withScope({ system: 'admin' }, (tx) => setUserDisabled(tx, ada, new Date()));
  expect(await offer(db, 'one')).toBe(true);
});
