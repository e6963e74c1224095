import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertAuditEvent } from '../audit/audit-event.ts';
import type { ScopedTx } from '../scope.ts';
import {
  arrangeInvite,
  arrangeMember,
  arrangeRoom,
  arrangeSession,
  arrangeUser,
  openTestDatabase,
  type TestDatabase,
} from '../testing/index.ts';
import { searchAuditEvents } from './admin-audit.ts';
import { listInvitesForAdmin } from './admin-invites.ts';
import { findRoomForAdmin, listMembersForAdmin, searchRooms, setRoomFrozen, transferRoom } from './admin-rooms.ts';
import { findUserForAdmin, listRoomsOf, searchUsers, type UserFilter } from './admin-users.ts';

let db: TestDatabase;
let ada: string;
let bob: string;
let roomId: string;
beforeAll(async () => {
  db = await openTestDatabase();
  ada = await arrangeUser(db, { name: 'Ada 100%', email: 'ada@example.org', role: 'admin' });
  bob = await arrangeUser(db, { name: 'Bob', email: 'bob@example.org', disabledAt: new Date() });
  await arrangeUser(db, { name: 'Guest', email: null, isGuest: true, confirmedAt: null });
  await arrangeSession(db, ada);
  roomId = await arrangeRoom(db, ada, 'Plan_of the hall');
  await arrangeRoom(db, ada, 'Other');
  await arrangeMember(db, { roomId, userId: bob, role: 'editor' });
});
afterAll(() => db.close());

const inDoor = <T>(run: (tx: ScopedTx) => Promise<T>) => db.withScope({ system: 'admin' }, run);
const find = async (text: string, filter: UserFilter = 'all') =>
  (await inDoor((tx) => searchUsers(tx, { text, filter, after: null, most: 10 }))).map(({ name }) => name);
const findRooms = async (text: string, filter: 'all' | 'frozen' = 'all') =>
  (await inDoor((tx) => searchRooms(tx, { text, filter, after: null, most: 10 }))).map(({ title }) => title);

test('people are found by a part of their name or address, by id and by what they are', async () => {
  expect(await find('BOB@')).toEqual(['Bob']);
  expect(await find(bob)).toEqual(['Bob']);
  expect(await find('100%')).toEqual(['Ada 100%']);
  expect(await find('_')).toEqual([]);
  expect(await find('', 'admins')).toEqual(['Ada 100%']);
  expect(await find('', 'disabled')).toEqual(['Bob']);
  expect(await find('', 'guests')).toEqual(['Guest']);
  expect(await find('', 'unconfirmed')).toEqual([]);
  expect(await find('')).toEqual(['Guest', 'Bob', 'Ada 100%']);
});

test('somebody’s sessions and rooms are counted, and nobody else’s', async () => {
  expect(await inDoor((tx) => findUserForAdmin(tx, ada))).toMatchObject({ sessions: 1, rooms: 2 });
  expect(await inDoor((tx) => findUserForAdmin(tx, bob))).toMatchObject({ sessions: 0, rooms: 1, lastSeenAt: null });
  expect(await inDoor((tx) => listRoomsOf(tx, bob))).toMatchObject([{ id: roomId, role: 'editor' }]);
});

test('pages neither repeat nor leave out', async () => {
  const [first, second] = await inDoor(async (tx) => {
    const one = await searchUsers(tx, { text: '', filter: 'all', after: null, most: 2 });
    return [one, await searchUsers(tx, { text: '', filter: 'all', after: one.at(-1) ?? null, most: 2 })];
  });
  expect([...(first ?? []), ...(second ?? [])].map(({ name }) => name)).toEqual(['Guest', 'Bob', 'Ada 100%']);
});

test('rooms are found by their title, by id, by their owner and by what they are', async () => {
  expect(await findRooms('plan_')).toEqual(['Plan_of the hall']);
  expect(await findRooms(roomId)).toEqual(['Plan_of the hall']);
  expect(await findRooms('ada 100%')).toEqual(['Other', 'Plan_of the hall']);
  // Bob is in it and does not own it.
  expect(await findRooms('Bob')).toEqual([]);
  expect(await findRooms('', 'frozen')).toEqual([]);
  await inDoor((tx) => setRoomFrozen(tx, roomId, new Date()));
  expect(await findRooms('', 'frozen')).toEqual(['Plan_of the hall']);
  const room = await inDoor((tx) => findRoomForAdmin(tx, roomId));
  expect(room).toMatchObject({ members: 2, owners: ['Ada 100%'], ver: 0 });
});

test('a room that is handed over has one owner, and keeps who owned it', async () => {
  const room = await arrangeRoom(db, ada);
  const cem = await arrangeUser(db);
  expect(await inDoor((tx) => transferRoom(tx, room, cem))).toBe(true);
  const members = await inDoor((tx) => listMembersForAdmin(tx, room));
  const roles = Object.fromEntries(members.map(({ userId, role }) => [userId, role]));
  expect(roles).toEqual({ [ada]: 'editor', [cem]: 'owner' });
  expect(await inDoor((tx) => transferRoom(tx, randomUUID(), cem))).toBe(false);
});

test('invitations of every room are listed without what opens them', async () => {
  await arrangeInvite(db, { roomId: await arrangeRoom(db, ada, 'Hall'), createdBy: ada });
  const [invite] = await inDoor((tx) => listInvitesForAdmin(tx, { after: null, most: 10 }));
  expect(invite).toMatchObject({ roomTitle: 'Hall', invitedBy: 'Ada 100%' });
  expect(Object.keys(invite ?? {})).not.toContain('tokenHash');
});

test('the audit log is filtered by action, result, person, room and time', async () => {
  const write = (action: string, more: { userId?: string; actorId?: string; room?: string; at?: Date }) =>
    db.withScope({ system: 'audit' }, (tx) =>
      insertAuditEvent(tx, {
        ...{ action, result: action === 'denied' ? 'refused' : 'done', place: 'p', label: 'l' },
        ...{ userId: more.userId ?? null, actorId: more.actorId ?? null },
        ...(more.at && { at: more.at }),
        detail: more.room === undefined ? {} : { room: more.room },
      }),
    );
  await write('signed-in', { userId: bob, actorId: bob, at: new Date('2026-01-01') });
  await write('denied', { actorId: bob, room: roomId });
  await write('admin-disabled', { userId: bob, actorId: ada });
  const search = async (some: object) => {
    const found = await inDoor((tx) => searchAuditEvents(tx, { most: 10, ...some }));
    return found.map(({ action }) => action);
  };
  expect(await search({})).toEqual(['admin-disabled', 'denied', 'signed-in']);
  expect(await search({ actions: ['denied', 'signed-in'] })).toEqual(['denied', 'signed-in']);
  expect(await search({ result: 'refused' })).toEqual(['denied']);
  expect(await search({ person: ada })).toEqual(['admin-disabled']);
  expect(await search({ person: bob })).toHaveLength(3);
  expect(await search({ room: roomId })).toEqual(['denied']);
  expect(await search({ to: new Date('2026-02-01') })).toEqual(['signed-in']);
  expect(await search({ from: new Date('2026-02-01') })).toEqual(['admin-disabled', 'denied']);
  const [event] = await inDoor((tx) => searchAuditEvents(tx, { most: 1 }));
  expect(event).toMatchObject({ userName: 'Bob', actorName: 'Ada 100%' });
});
