import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { RoomBatch } from '@atrium/rooms';
import { describeRoomLog } from '@atrium/rooms/testing';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { endedSignIns } from '../session/sign-in-end.ts';
import { ScopeMisuse } from '../errors.ts';
import { setRoomFrozen } from '../admin/admin-rooms.ts';
import { archiveRoom, publishRoom } from '../room/room.ts';
import { deleteMember, setMemberRole } from '../member/change-member.ts';
import {
  arrangeMember,
  arrangeRoom,
  arrangeSession,
  arrangeUser,
  isOnServer,
  openTestDatabase,
  somebodyWaitsFor,
} from '../testing/index.ts';

describeRoomLog('the database', async () => {
  const db = await openTestDatabase();
  const owner = await arrangeUser(db);
  return {
    log: db.roomLog,
    newRoomId: async () => await arrangeRoom(db, owner),
    [Symbol.asyncDispose]: async () => await db.close(),
  };
});

const firstOf = (roomId: string): RoomBatch => {
  const chain = { prevHash: '', hash: 'a', node: 'n', at: 1 };
  return { roomId, ver: 1, epoch: 1, batchId: randomUUID(), ...chain, diff: {}, commands: [] };
};

test('a room that does not exist has no log, and holds up no other', async () => {
  await using db = await openTestDatabase();
  const owner = await arrangeUser(db);
  const roomId = randomUUID();
  const there = await Promise.all(Array.from({ length: 12 }, () => arrangeRoom(db, owner)));
  const others = Promise.all(there.map((id) => db.roomLog.append(firstOf(id))));
  await expect(db.roomLog.append(firstOf(roomId))).rejects.toMatchObject({ code: '23503' });
  expect((await others).every(({ ok }) => ok)).toBe(true);
  expect(await db.roomLog.read(roomId, 0, 10)).toEqual([]);
});

test('a chain goes on behind a snapshot when everything before it was compacted', async () => {
  await using db = await openTestDatabase();
  const roomId = await arrangeRoom(db, await arrangeUser(db));
  const first = firstOf(roomId);
  await db.roomLog.append(first);
  await db.roomLog.saveSnapshot({ roomId, ver: 1, epoch: 1, hash: 'a', schema: 1, at: 1, state: {}, clients: {} });
  await db.roomLog.compact(roomId, 1, 2);
  expect(await db.roomLog.append(first)).toEqual({ ok: false, reason: 'conflict' });
  expect(await db.roomLog.append({ ...first, ver: 2, prevHash: 'x' })).toEqual({ ok: false, reason: 'conflict' });
  expect(await db.roomLog.append({ ...first, ver: 2, prevHash: 'a', hash: 'b' })).toEqual({ ok: true });
});

const editor = (userId: string) => [{ userId, role: 'editor' as const }];

test.each(['lowered', 'removed', 'archived', 'frozen'] as const)(
  'of somebody whose right was taken away nothing is appended: %s',
  async (how) => {
    await using db = await openTestDatabase();
    const [owner, ben] = [await arrangeUser(db), await arrangeUser(db)];
    const [roomId, other] = [await arrangeRoom(db, owner), await arrangeRoom(db, owner)];
    for (const id of [roomId, other]) await arrangeMember(db, { roomId: id, userId: ben, role: 'editor' });
    const first = firstOf(roomId);
    expect(await db.roomLog.append(first, editor(ben))).toEqual({ ok: true });
    const next = { ...first, ver: 2, prevHash: 'a', hash: 'b', batchId: randomUUID() };
    // Not told to anybody yet, and not committed: whoever appends now waits for it.
    const begun = new EventEmitter();
    const append = async () => {
      await once(begun, 'begun');
      const elsewhere = db.roomLog.append(firstOf(other), editor(ben));
      return await Promise.all([db.roomLog.append(next, editor(ben)), elsewhere]);
    };
    const appended = append();
    await db.withScope(how === 'frozen' ? { system: 'admin' } : { user: owner }, async (tx) => {
      if (how === 'lowered') await setMemberRole(tx, { roomId, userId: ben, role: 'viewer' });
      if (how === 'removed') await deleteMember(tx, { roomId, userId: ben });
      if (how === 'archived') await archiveRoom(tx, roomId, new Date());
      if (how === 'frozen') await setRoomFrozen(tx, roomId, new Date());
      begun.emit('begun');
      // The other side is in the middle of it: it waits for this transaction.
      if (isOnServer()) await somebodyWaitsFor(tx);
    });
    expect(await appended).toEqual([{ ok: false, reason: 'denied' }, { ok: true }]);
    expect(await db.roomLog.read(roomId, 0, 10)).toHaveLength(1);
    // What they may still do is appended.
    const asViewer = await db.roomLog.append(next, [{ userId: ben, role: 'viewer' }]);
    expect(asViewer.ok).toBe(how !== 'removed');
  },
);

test('of whoever looks on in a public room nothing is appended', async () => {
  await using db = await openTestDatabase();
  const [owner, visitor] = [await arrangeUser(db), await arrangeUser(db)];
  const roomId = await arrangeRoom(db, owner);
  await db.withScope({ user: owner }, (tx) => publishRoom(tx, roomId, true));
  const asViewer = [{ userId: visitor, role: 'viewer' as const }];
  expect(await db.roomLog.append(firstOf(roomId), asViewer)).toEqual({ ok: false, reason: 'denied' });
});

test.each(['revoked', 'expired', 'disabled'] as const)(
  'of a session that is over nothing is appended: %s',
  async (how) => {
    await using db = await openTestDatabase();
    const owner = await arrangeUser(db);
    const roomId = await arrangeRoom(db, owner);
    const [desk, phone] = [await arrangeSession(db, owner), await arrangeSession(db, owner)];
    const by = (signIn: string) => [{ userId: owner, role: 'owner' as const, signIn }];
    const first = firstOf(roomId);
    expect(await db.roomLog.append(first, by(phone.publicId))).toEqual({ ok: true });
    await db.withScope({ system: 'test' }, async (tx) => {
      if (how === 'revoked') await tx.execute(sql`delete from sessions where public_id = ${phone.publicId}`);
      if (how === 'expired')
        await tx.execute(sql`update sessions set expires_at = now() where public_id = ${phone.publicId}`);
      if (how === 'disabled') await tx.execute(sql`update users set disabled_at = now() where id = ${owner}`);
    });
    const next = { ...first, ver: 2, prevHash: 'a', hash: 'b', batchId: randomUUID() };
    expect(await db.roomLog.append(next, by(phone.publicId))).toEqual({ ok: false, reason: 'denied' });
    const isDisabled = how === 'disabled';
    expect((await db.roomLog.append(next, by(desk.publicId))).ok).toBe(!isDisabled);
    const ended = await db.withScope({ system: 'test' }, (tx) => endedSignIns(tx, [desk.publicId, phone.publicId]));
    expect(ended).toEqual(new Set(isDisabled ? [desk.publicId, phone.publicId] : [phone.publicId]));
  },
);

test('only the engine appends: the function is closed to a user, who cannot borrow its role either', async () => {
  await using db = await openTestDatabase();
  const owner = await arrangeUser(db);
  const batch = JSON.stringify([firstOf(await arrangeRoom(db, owner))]);
  const forged = db.withScope({ user: owner }, (tx) =>
    tx.execute(sql`select app_append_batches(${batch}::jsonb, $$[]$$)`),
  );
  await expect(forged).rejects.toMatchObject({ code: '42501' });
});

test('a batch is not appended inside a scope: it would wait for the connection of its own caller', async () => {
  await using db = await openTestDatabase();
  const roomId = await arrangeRoom(db, await arrangeUser(db));
  const nested = db.withScope({ system: 'test' }, () => db.roomLog.append(firstOf(roomId)));
  await expect(nested).rejects.toThrow(ScopeMisuse);
  expect(await db.roomLog.append(firstOf(roomId))).toEqual({ ok: true });
});

test.each(isOnServer() ? ['a server, where others lock'] : [])(
  'on %s: a locked room holds up the others for a moment only',
  async () => {
    await using db = await openTestDatabase();
    const owner = await arrangeUser(db);
    const [locked, ...others] = await Promise.all(Array.from({ length: 5 }, () => arrangeRoom(db, owner)));
    const [isLocked, isOver] = [signal(), signal()];
    const holder = db.withScope({ system: 'test' }, async (tx) => {
      await tx.execute(sql`select from rooms where id = ${locked} for update`);
      isLocked.give();
      await isOver.given;
    });
    await isLocked.given;
    const outcomes = await Promise.allSettled([locked, ...others].map((id = '') => db.roomLog.append(firstOf(id))));
    isOver.give();
    await holder;
    expect(outcomes[0]).toMatchObject({ status: 'rejected', reason: { code: '55P03' } });
    expect(outcomes.slice(1).map(({ status }) => status)).toEqual(others.map(() => 'fulfilled'));
    expect(await db.roomLog.append(firstOf(locked ?? ''))).toEqual({ ok: true });
  },
);

function signal(): { readonly given: Promise<void>; give(): void } {
  let give = (): void => {};
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give: () => give() };
}
