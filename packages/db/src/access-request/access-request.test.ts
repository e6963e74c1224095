import { expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import { setMemberRole } from '../member/change-member.ts';
import { memberRole } from '../member/member.ts';
import type { ScopedTx } from '../scope.ts';
import { arrangeMember, arrangeRoom, arrangeUser, openTestDatabase, type TestDatabase } from '../testing/index.ts';
import { answerAccessRequest, insertAccessRequest, listAccessRequests, mostAccessRequests } from './access-request.ts';

const door = <T>(db: TestDatabase, run: (tx: ScopedTx) => Promise<T>) =>
  db.withScope({ system: 'access-request' }, run);
const ask = (db: TestDatabase, roomId: string, userId: string) =>
  door(db, (tx) => insertAccessRequest(tx, { roomId, userId, name: 'Tom' }));

async function stage(db: TestDatabase) {
  const [ada, ben, tom] = [await arrangeUser(db), await arrangeUser(db), await arrangeUser(db)];
  const roomId = await arrangeRoom(db, ada);
  await arrangeMember(db, { roomId, userId: ben, role: 'owner' });
  return { ada, ben, tom, roomId };
}

test('who asks waits once, is seen by owners and by themselves, and is let in', async () => {
  await using db = await openTestDatabase();
  const { ada, tom, roomId } = await stage(db);
  expect(await ask(db, roomId, tom)).toBe(true);
  for (const room of [roomId, randomUUID()]) expect(await ask(db, room, tom)).toBe(false);
  expect(await ask(db, roomId, ada)).toBe(false);
  const seen = (user: string) => db.withScope({ user }, (tx) => listAccessRequests(tx, roomId));
  expect(await seen(ada)).toMatchObject([{ userId: tom, name: 'Tom' }]);
  expect(await seen(tom)).toHaveLength(1);
  expect(await seen(await arrangeUser(db))).toEqual([]);
  const answer = { roomId, userId: tom, ownerId: ada, role: 'viewer' } as const;
  expect(await door(db, (tx) => answerAccessRequest(tx, answer))).toBe(true);
  expect(await door(db, (tx) => answerAccessRequest(tx, answer))).toBe(false);
  expect(await door(db, (tx) => memberRole(tx, roomId, tom))).toBe('viewer');
});

test('who is turned away waits no more, and may ask again', async () => {
  await using db = await openTestDatabase();
  const { ada, tom, roomId } = await stage(db);
  await ask(db, roomId, tom);
  expect(await door(db, (tx) => answerAccessRequest(tx, { roomId, userId: tom, ownerId: ada, role: null }))).toBe(true);
  expect(await door(db, (tx) => memberRole(tx, roomId, tom))).toBeNull();
  expect(await ask(db, roomId, tom)).toBe(true);
});

test('an owner who is lowered at this moment lets nobody in, in either order', async () => {
  await using db = await openTestDatabase();
  for (let round = 0; round < 6; round += 1) {
    const { ada, ben, tom, roomId } = await stage(db);
    await ask(db, roomId, tom);
    let isLowered = false;
    const lower = async () => {
      await db.withScope({ user: ada }, (tx) => setMemberRole(tx, { roomId, userId: ben, role: 'viewer' }));
      isLowered = true;
    };
    let isLate = false;
    const answer = () =>
      door(db, async (tx) => {
        const isIn = await answerAccessRequest(tx, { roomId, userId: tom, ownerId: ben, role: 'editor' });
        isLate = isIn && isLowered;
      });
    await Promise.all(round % 2 ? [lower(), answer()] : [answer(), lower()]);
    expect(isLate).toBe(false);
  }
});

test('nobody waits at more doors than they may', async () => {
  await using db = await openTestDatabase();
  const [ada, tom] = [await arrangeUser(db), await arrangeUser(db)];
  for (let n = 0; n < mostAccessRequests; n += 1) expect(await ask(db, await arrangeRoom(db, ada), tom)).toBe(true);
  expect(await ask(db, await arrangeRoom(db, ada), tom)).toBe(false);
});
