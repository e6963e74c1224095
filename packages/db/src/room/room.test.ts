import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { listMembers, memberRole } from '../member/member.ts';
import { roomMembers } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';
import { arrangeMember, arrangeRoom, arrangeUser, openTestDatabase, type TestDatabase } from '../testing/index.ts';
import {
  archiveRoom,
  deleteRoom,
  findRoom,
  insertRoom,
  mostOpenedRooms,
  renameRoom,
  roleInRoom,
  TooManyRooms,
} from './room.ts';
import { listRooms } from './room-list.ts';

const as =
  (db: TestDatabase, user: string) =>
  async <T>(run: (tx: ScopedTx) => Promise<T>): Promise<T> =>
    await db.withScope({ user }, run);

async function write(db: TestDatabase, roomId: string, at: number): Promise<void> {
  const [last] = (await db.roomLog.read(roomId, 0, 100)).slice(-1);
  const ver = (last?.ver ?? 0) + 1;
  const batch = {
    roomId,
    ver,
    epoch: 1,
    batchId: randomUUID(),
    prevHash: last?.hash ?? '',
    hash: `h${ver}`,
    node: 'n',
  };
  expect(await db.roomLog.append({ ...batch, at, diff: {}, commands: [] })).toEqual({ ok: true });
}

test('a new room belongs to who made it', async () => {
  await using db = await openTestDatabase();
  const owner = await arrangeUser(db, { name: 'Ada' });
  const id = randomUUID();
  await as(
    db,
    owner,
  )(async (tx) => {
    await insertRoom(tx, owner, { id, kind: 'board', title: 'Plans' });
    const room = await findRoom(tx, owner, id);
    expect(room).toMatchObject({
      id,
      kind: 'board',
      title: 'Plans',
      createdBy: owner,
      archivedAt: null,
      role: 'owner',
    });
    expect(room?.activeAt).toEqual(room?.createdAt);
    expect(await listMembers(tx, id)).toMatchObject([{ userId: owner, name: 'Ada', isGuest: false, role: 'owner' }]);
  });
});

test('a person opens a thousand rooms and no more, also with four hands', async () => {
  await using db = await openTestDatabase();
  const [owner, other] = [await arrangeUser(db), await arrangeUser(db)];
  await db.withScope({ system: 'test' }, async (tx) => {
    await tx.execute(sql`
      insert into rooms (id, kind, title, created_by)
      select gen_random_uuid(), 'board', 'Room', ${owner}::uuid from generate_series(1, ${mostOpenedRooms - 1}::int)`);
  });
  const hands = [1, 2, 3, 4];
  // Each has its connection before it begins: otherwise the first is done when the last one has come.
  await Promise.all(
    hands.map(async () => await db.withScope({ user: owner }, async (tx) => await tx.execute('select'))),
  );
  const all = await Promise.allSettled(hands.map(async () => await arrangeRoom(db, owner)));
  const opened = all.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  expect(opened).toHaveLength(1);
  await expect(arrangeRoom(db, owner)).rejects.toThrow(TooManyRooms);
  await arrangeRoom(db, other);

  // One that was left to somebody else still counts, one that was deleted does not.
  await arrangeMember(db, { roomId: opened[0] ?? '', userId: other, role: 'owner' });
  await db.withScope({ system: 'test' }, async (tx) => {
    await tx.delete(roomMembers).where(eq(roomMembers.userId, owner));
  });
  await expect(arrangeRoom(db, owner)).rejects.toThrow(TooManyRooms);
  await db.withScope({ system: 'test' }, async (tx) => void (await deleteRoom(tx, opened[0] ?? '')));
  await arrangeRoom(db, owner);
});

test('rooms are listed by their newest activity, each with the role of who asks', async () => {
  await using db = await openTestDatabase();
  const [owner, guest] = [await arrangeUser(db), await arrangeUser(db)];
  const rooms = [
    await arrangeRoom(db, owner, 'a'),
    await arrangeRoom(db, owner, 'b'),
    await arrangeRoom(db, owner, 'c'),
  ];
  const [a = '', b = ''] = rooms;
  const soon = Date.now() + 60_000;
  await write(db, a, soon);
  await write(db, b, soon + 1000);
  await write(db, a, soon + 2000);
  await arrangeMember(db, { roomId: b, userId: guest, role: 'commenter' });

  const listed = await as(db, owner)(async (tx) => await listRooms(tx, owner, { archived: false }));
  expect(listed.map((room) => room.title)).toEqual(['a', 'b', 'c']);
  expect(listed[0]?.activeAt).toEqual(new Date(soon + 2000));
  const seen = await as(db, guest)(async (tx) => await listRooms(tx, guest, { archived: false }));
  expect(seen).toMatchObject([{ title: 'b', role: 'commenter' }]);
});

test('when the log was compacted, the snapshot tells the last activity', async () => {
  await using db = await openTestDatabase();
  const owner = await arrangeUser(db);
  const roomId = await arrangeRoom(db, owner);
  const at = Date.now() + 60_000;
  await db.roomLog.saveSnapshot({ roomId, ver: 9, epoch: 1, hash: 'h', schema: 1, at, state: {}, clients: {} });
  const room = await as(db, owner)(async (tx) => await findRoom(tx, owner, roomId));
  expect(room?.activeAt).toEqual(new Date(at));
});

test('only an owner renames, archives and deletes', async () => {
  await using db = await openTestDatabase();
  const [owner, editor] = [await arrangeUser(db), await arrangeUser(db)];
  const roomId = await arrangeRoom(db, owner);
  await arrangeMember(db, { roomId, userId: editor, role: 'editor' });
  const everything = async (tx: ScopedTx): Promise<readonly boolean[]> => [
    await renameRoom(tx, roomId, 'New'),
    await archiveRoom(tx, roomId, new Date()),
    await deleteRoom(tx, roomId),
  ];
  expect(await as(db, editor)(everything)).toEqual([false, false, false]);
  expect(await as(db, owner)(everything)).toEqual([true, true, true]);
  expect(await as(db, owner)(async (tx) => await findRoom(tx, owner, roomId))).toBeNull();
});

test('an archived room is in the other list', async () => {
  await using db = await openTestDatabase();
  const owner = await arrangeUser(db);
  const roomId = await arrangeRoom(db, owner);
  await as(
    db,
    owner,
  )(async (tx) => {
    await archiveRoom(tx, roomId, new Date());
    expect(await listRooms(tx, owner, { archived: false })).toEqual([]);
    expect(await listRooms(tx, owner, { archived: true })).toHaveLength(1);
    expect(await roleInRoom(tx, roomId, owner)).toEqual({
      ...{ role: 'owner', kind: 'board', archived: true, frozen: false, isMember: true },
    });
  });
});

test('the role in a room is null for who is no member, whoever asks', async () => {
  await using db = await openTestDatabase();
  const [owner, stranger] = [await arrangeUser(db), await arrangeUser(db)];
  const roomId = await arrangeRoom(db, owner);
  const ask = async (tx: ScopedTx): Promise<unknown> => [
    await roleInRoom(tx, roomId, owner),
    await roleInRoom(tx, roomId, stranger),
    await memberRole(tx, roomId, stranger),
  ];
  const member = { role: 'owner', kind: 'board', archived: false, frozen: false, isMember: true };
  expect(await db.withScope({ system: 'test' }, ask)).toEqual([member, null, null]);
  expect(await as(db, stranger)(ask)).toEqual([null, null, null]);
  expect(await as(db, stranger)(async (tx) => await listMembers(tx, roomId))).toEqual([]);
});
