import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScopedTx } from '../scope.ts';
import { arrangeMember, arrangeRoom, arrangeUser, openTestDatabase, type TestDatabase } from '../testing/index.ts';
import { deleteMember, LastOwner, setMemberRole } from './change-member.ts';
import { listMembers } from './member.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

const as = <T>(user: string, run: (tx: ScopedTx) => Promise<T>) => db.withScope({ user }, run);
const rolesIn = async (roomId: string) => {
  const members = await db.withScope({ system: 'test' }, (tx) => listMembers(tx, roomId));
  return Object.fromEntries(members.map(({ userId, role }) => [userId, role]));
};

async function stage() {
  const [ada, ben, eve] = [await arrangeUser(db), await arrangeUser(db), await arrangeUser(db)];
  const roomId = await arrangeRoom(db, ada);
  await arrangeMember(db, { roomId, userId: ben, role: 'editor' });
  return { ada, ben, eve, roomId };
}

test('an owner sets roles and removes; nobody else does', async () => {
  const { ada, ben, eve, roomId } = await stage();
  expect(await as(ada, (tx) => setMemberRole(tx, { roomId, userId: ben, role: 'viewer' }))).toBe(true);
  expect(await as(ada, (tx) => setMemberRole(tx, { roomId, userId: eve, role: 'viewer' }))).toBe(false);
  for (const user of [ben, eve]) {
    expect(await as(user, (tx) => setMemberRole(tx, { roomId, userId: ben, role: 'owner' }))).toBe(false);
    expect(await as(user, (tx) => deleteMember(tx, { roomId, userId: ada }))).toBe(false);
  }
  expect(await rolesIn(roomId)).toEqual({ [ada]: 'owner', [ben]: 'viewer' });
  expect(await as(ada, (tx) => deleteMember(tx, { roomId, userId: ben }))).toBe(true);
  expect(await rolesIn(roomId)).toEqual({ [ada]: 'owner' });
});

test('the last owner neither leaves nor is lowered, and nothing is changed by trying', async () => {
  const { ada, ben, roomId } = await stage();
  await expect(as(ada, (tx) => deleteMember(tx, { roomId, userId: ada }))).rejects.toThrow(LastOwner);
  await expect(as(ada, (tx) => setMemberRole(tx, { roomId, userId: ada, role: 'editor' }))).rejects.toThrow(LastOwner);
  expect(await rolesIn(roomId)).toEqual({ [ada]: 'owner', [ben]: 'editor' });
  await as(ada, (tx) => setMemberRole(tx, { roomId, userId: ben, role: 'owner' }));
  expect(await as(ada, (tx) => deleteMember(tx, { roomId, userId: ada }))).toBe(true);
  expect(await rolesIn(roomId)).toEqual({ [ben]: 'owner' });
});

test.each(['leave', 'lower themselves', 'remove each other', 'lower each other'])(
  'of two owners who %s at the same instant, one stays',
  async (what) => {
    for (let round = 0; round < 5; round += 1) {
      const { ada, ben, roomId } = await stage();
      await as(ada, (tx) => setMemberRole(tx, { roomId, userId: ben, role: 'owner' }));
      const acts = [ada, ben].map((user) => {
        const userId = what.endsWith('each other') ? (user === ada ? ben : ada) : user;
        return as(user, (tx): Promise<boolean> =>
          what.includes('lower')
            ? setMemberRole(tx, { roomId, userId, role: 'viewer' })
            : deleteMember(tx, { roomId, userId }),
        ).catch((error: unknown) => {
          if (error instanceof LastOwner) return false;
          throw error;
        });
      });
      expect((await Promise.all(acts)).filter(Boolean)).toHaveLength(1);
      expect(Object.values(await rolesIn(roomId)).filter((role) => role === 'owner')).toHaveLength(1);
    }
  },
);

test('an owner who is lowered at this moment changes nobody any more, in either order', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { ada, ben, eve, roomId } = await stage();
    await as(ada, (tx) => setMemberRole(tx, { roomId, userId: ben, role: 'owner' }));
    await arrangeMember(db, { roomId, userId: eve, role: 'viewer' });
    let isLowered = false;
    const lower = async () => {
      isLowered = await as(ada, (tx) => setMemberRole(tx, { roomId, userId: ben, role: 'viewer' }));
    };
    let isRaisedAfter = false;
    const raise = async () => {
      const done = await as(ben, async (tx) => {
        const raised = await setMemberRole(tx, { roomId, userId: eve, role: 'editor' });
        isRaisedAfter = raised && isLowered;
        return raised;
      });
      return done;
    };
    await Promise.all(round % 2 ? [lower(), raise()] : [raise(), lower()]);
    expect(isRaisedAfter).toBe(false);
    expect((await rolesIn(roomId))[ben]).toBe('viewer');
  }
});
