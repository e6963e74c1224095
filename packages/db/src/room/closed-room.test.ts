import { afterAll, beforeAll, expect, test } from 'vitest';
import { setRoomFrozen } from '../admin/admin-rooms.ts';
import { acceptInvite, previewInvite } from '../invite/invite.ts';
import { deleteMember, setMemberRole } from '../member/change-member.ts';
import { listMembers } from '../member/member.ts';
import type { ScopedTx } from '../scope.ts';
import {
  arrangeInvite,
  arrangeMember,
  arrangeRoom,
  arrangeUser,
  openTestDatabase,
  type TestDatabase,
} from '../testing/index.ts';
import { archiveRoom, deleteRoom, findPublicRoom, findRoom, publishRoom, renameRoom, roleInRoom } from './room.ts';

/** Rooms that an administrator froze, and rooms that everybody may look at. */

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

const as = <T>(user: string, run: (tx: ScopedTx) => Promise<T>) => db.withScope({ user }, run);
const system = <T>(run: (tx: ScopedTx) => Promise<T>) => db.withScope({ system: 'test' }, run);

async function stage() {
  const [owner, member, stranger] = [await arrangeUser(db), await arrangeUser(db), await arrangeUser(db)];
  const roomId = await arrangeRoom(db, owner);
  await arrangeMember(db, { roomId, userId: member, role: 'editor' });
  return { owner, member, stranger, roomId };
}

test('nobody changes a frozen room, its owner neither, until it is thawed', async () => {
  const { owner, member, stranger, roomId } = await stage();
  const invite = await arrangeInvite(db, { roomId, createdBy: owner });
  await system((tx) => setRoomFrozen(tx, roomId, new Date()));
  const refused = { code: '42501' };
  expect(await as(owner, (tx) => renameRoom(tx, roomId, 'New'))).toBe(false);
  expect(await as(owner, (tx) => archiveRoom(tx, roomId, new Date()))).toBe(false);
  expect(await as(owner, (tx) => publishRoom(tx, roomId, true))).toBe(false);
  expect(await as(owner, (tx) => deleteRoom(tx, roomId))).toBe(false);
  await expect(arrangeInvite(db, { roomId, createdBy: owner })).rejects.toMatchObject(refused);
  await expect(as(owner, (tx) => setMemberRole(tx, { roomId, userId: member, role: 'viewer' }))).rejects.toMatchObject(
    refused,
  );
  await expect(as(owner, (tx) => deleteMember(tx, { roomId, userId: member }))).rejects.toMatchObject(refused);
  const now = new Date();
  expect(await system((tx) => previewInvite(tx, invite.tokenHash, now))).toBeNull();
  expect(await system((tx) => acceptInvite(tx, { tokenHash: invite.tokenHash, userId: stranger, now }))).toBeNull();
  expect(await as(owner, (tx) => roleInRoom(tx, roomId, owner))).toMatchObject({ role: 'owner', frozen: true });
  await system((tx) => setRoomFrozen(tx, roomId, null));
  expect(await as(owner, (tx) => renameRoom(tx, roomId, 'New'))).toBe(true);
});

test('whoever is in a frozen room may leave it', async () => {
  const { member, roomId } = await stage();
  await system((tx) => setRoomFrozen(tx, roomId, new Date()));
  expect(await as(member, (tx) => deleteMember(tx, { roomId, userId: member }))).toBe(true);
});

test('a public room is there for whoever knows it, and says nothing of who is in it', async () => {
  const { owner, member, stranger, roomId } = await stage();
  expect(await as(stranger, (tx) => roleInRoom(tx, roomId, stranger))).toBeNull();
  expect(await as(stranger, (tx) => findPublicRoom(tx, roomId))).toBeNull();
  expect(await as(member, (tx) => publishRoom(tx, roomId, true))).toBe(false);
  expect(await as(owner, (tx) => publishRoom(tx, roomId, true))).toBe(true);
  const visitor = { role: 'viewer', isMember: false };
  expect(await as(stranger, (tx) => roleInRoom(tx, roomId, stranger))).toMatchObject(visitor);
  expect(await as(stranger, (tx) => findPublicRoom(tx, roomId))).toMatchObject({ id: roomId, title: 'Room' });
  expect(await as(stranger, (tx) => findRoom(tx, stranger, roomId))).toBeNull();
  expect(await as(stranger, (tx) => listMembers(tx, roomId))).toEqual([]);
  expect(await as(member, (tx) => roleInRoom(tx, roomId, member))).toMatchObject({ role: 'editor', isMember: true });
});
