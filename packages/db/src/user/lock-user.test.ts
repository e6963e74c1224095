import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { arrangeSession, arrangeUser, isOnServer, openTestDatabase } from '../testing/index.ts';
import { lockUser } from './lock-user.ts';
import { findUser, updateName } from './user.ts';

test('a user who is there is locked, by the system and by themselves; one who is gone is not', async () => {
  await using db = await openTestDatabase();
  const id = await arrangeUser(db);
  expect(await db.withScope({ system: 'test' }, (tx) => lockUser(tx, id))).toBe(true);
  expect(await db.withScope({ user: id }, (tx) => lockUser(tx, id))).toBe(true);
  expect(await db.withScope({ system: 'test' }, (tx) => lockUser(tx, randomUUID()))).toBe(false);
});

test.each(isOnServer() ? ['a server, where others act meanwhile'] : [])(
  'the second who locks reads what the first one wrote; a session begins meanwhile: %s',
  async () => {
    await using db = await openTestDatabase();
    const id = await arrangeUser(db, { name: 'Before' });
    const [isLocked, hasBegun] = [signal(), signal()];
    const first = db.withScope({ system: 'test' }, async (tx) => {
      await lockUser(tx, id);
      isLocked.give();
      await hasBegun.given;
      await updateName(tx, id, 'After');
    });
    await isLocked.given;
    const second = db.withScope({ system: 'test' }, async (tx) => {
      await lockUser(tx, id);
      return (await findUser(tx, id))?.name;
    });
    await arrangeSession(db, id);
    hasBegun.give();
    await first;
    expect(await second).toBe('After');
  },
);

function signal(): { readonly given: Promise<void>; give(): void } {
  let give = (): void => {};
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give: () => give() };
}
