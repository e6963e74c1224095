import { randomUUID } from 'node:crypto';
import { describeRoomLog } from '@atrium/rooms/testing';
import { expect, test } from 'vitest';
import { arrangeRoom, arrangeUser, openTestDatabase } from '../testing/index.ts';

describeRoomLog('the database', async () => {
  const db = await openTestDatabase();
  const owner = await arrangeUser(db);
  return {
    log: db.roomLog,
    newRoomId: async () => await arrangeRoom(db, owner),
    [Symbol.asyncDispose]: async () => await db.close(),
  };
});

test('a room that does not exist has no log', async () => {
  await using db = await openTestDatabase();
  const roomId = randomUUID();
  const batch = {
    roomId,
    ver: 1,
    epoch: 1,
    batchId: randomUUID(),
    prevHash: '',
    hash: 'h',
    node: 'n',
    at: 1,
    diff: {},
  };
  await expect(db.roomLog.append({ ...batch, commands: [] })).rejects.toMatchObject({ code: '23503' });
  expect(await db.roomLog.read(roomId, 0, 10)).toEqual([]);
});

test('a chain goes on behind a snapshot when everything before it was compacted', async () => {
  await using db = await openTestDatabase();
  const roomId = await arrangeRoom(db, await arrangeUser(db));
  const first = {
    roomId,
    ver: 1,
    epoch: 1,
    batchId: randomUUID(),
    prevHash: '',
    hash: 'a',
    node: 'n',
    at: 1,
    diff: {},
    commands: [],
  };
  await db.roomLog.append(first);
  await db.roomLog.saveSnapshot({ roomId, ver: 1, epoch: 1, hash: 'a', schema: 1, at: 1, state: {}, clients: {} });
  await db.roomLog.compact(roomId, 1, 2);
  expect(await db.roomLog.append(first)).toEqual({ ok: false, reason: 'conflict' });
  expect(await db.roomLog.append({ ...first, ver: 2, prevHash: 'x' })).toEqual({ ok: false, reason: 'conflict' });
  expect(await db.roomLog.append({ ...first, ver: 2, prevHash: 'a', hash: 'b' })).toEqual({ ok: true });
});
