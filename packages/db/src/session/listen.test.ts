import { EventEmitter, once } from 'node:events';
import { eq, sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { deleteInvite } from '../invite/invite.ts';
import { setMemberRole } from '../member/change-member.ts';
import { archiveRoom, deleteRoom } from '../room/room.ts';
import { roomMembers, rooms, sessions, users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';
import {
  arrangeInvite,
  arrangeMember,
  arrangeRoom,
  arrangeSession,
  arrangeUser,
  isOnServer,
  openTestDatabase,
} from '../testing/index.ts';
import type { TestDatabase } from '../testing/index.ts';
import type { Ending } from './ending.ts';
import { deleteExpiredSessions, deleteOtherSessions, deleteSession, touchSession } from './session.ts';

let db: TestDatabase;
let endings: Ending[];
let arrived: EventEmitter;
let standing: string[];
let doubts: number;

beforeEach(async () => {
  db = await openTestDatabase();
  endings = [];
  arrived = new EventEmitter();
  standing = [];
  doubts = 0;
  const stop = await db.listen({
    onEnding: (ending) => {
      endings.push(ending);
      arrived.emit('ending');
    },
    onDoubt: () => (doubts += 1),
    onDeaf: () => standing.push('deaf'),
    onListening: () => {
      standing.push('listening');
      arrived.emit('listening');
    },
  });
  return async () => {
    await stop();
    await db.close();
  };
});

const system = async <T>(run: (tx: ScopedTx) => Promise<T>): Promise<T> => await db.withScope({ system: 'test' }, run);

/** Everything that was reported up to now: endings arrive in order, so one that we cause ourselves marks the place. */
async function reported(): Promise<readonly Ending[]> {
  const marker = await arrangeUser(db);
  await system(async (tx) => void (await tx.delete(users).where(eq(users.id, marker))));
  const isMarked = (): boolean => endings.some((ending) => ending.type === 'user' && ending.userId === marker);
  while (!isMarked()) await once(arrived, 'ending');
  return endings.splice(0).slice(0, -1);
}

test('a session that is deleted says why, and that nobody gave a reason', async () => {
  const userId = await arrangeUser(db);
  const [first, second] = [await arrangeSession(db, userId), await arrangeSession(db, userId)];
  await system(async (tx) => await deleteSession(tx, first.publicId, 'signed-out'));
  await system(async (tx) => void (await tx.delete(sessions).where(eq(sessions.id, second.id))));
  expect(await reported()).toEqual([
    { type: 'session', publicId: first.publicId, userId, reason: 'signed-out' },
    { type: 'session', publicId: second.publicId, userId, reason: 'signed-out-elsewhere' },
  ]);
});

test.each(['expiresAt', 'absoluteExpiresAt'] as const)('a session past its %s is reported as expired', async (end) => {
  const userId = await arrangeUser(db);
  const over = await arrangeSession(db, userId, { [end]: new Date(Date.now() - 1000) });
  await system(async (tx) => void (await tx.execute(sql`delete from sessions where id = ${over.id}`)));
  expect(await reported()).toEqual([{ type: 'session', publicId: over.publicId, userId, reason: 'expired' }]);
});

test("Lucia's own deletes are reported too", async () => {
  const userId = await arrangeUser(db);
  const session = await arrangeSession(db, userId);
  await db.sessionAdapter.deleteUserSessions(userId);
  expect(await reported()).toMatchObject([{ type: 'session', publicId: session.publicId }]);
});

test('a rollback is silent', async () => {
  const userId = await arrangeUser(db);
  const session = await arrangeSession(db, userId);
  const failing = system(async (tx) => {
    await deleteSession(tx, session.publicId, 'signed-out');
    throw new Error('roll back');
  });
  await expect(failing).rejects.toThrow('roll back');
  expect(await reported()).toEqual([]);
});

test('using or making something is silent', async () => {
  const userId = await arrangeUser(db);
  const { publicId, lastSeenAt, expiresAt } = await arrangeSession(db, userId);
  const roomId = await arrangeRoom(db, userId);
  await system(async (tx) => await touchSession(tx, { publicId, seen: lastSeenAt, now: new Date(), expiresAt }));
  await system(async (tx) => void (await tx.update(users).set({ name: 'New' }).where(eq(users.id, userId))));
  await system(async (tx) => void (await tx.update(rooms).set({ title: 'New' }).where(eq(rooms.id, roomId))));
  expect(await reported()).toEqual([]);
  expect(doubts).toBe(0);
});

test.each(['sessions', 'room_members', 'rooms cascade', 'users cascade'])(
  'a table that is emptied at once leaves a doubt: %s',
  async (tables) => {
    await arrangeRoom(db, await arrangeUser(db));
    await db.asOwner(`truncate ${tables}`);
    expect(await reported()).toEqual([]);
    // One transaction, one notification, however many tables went with it.
    expect(doubts).toBe(1);
  },
);

test.each(['expiresAt', 'absoluteExpiresAt'] as const)(
  'a session whose %s comes earlier leaves a doubt',
  async (end) => {
    const { publicId, expiresAt } = await arrangeSession(db, await arrangeUser(db));
    const move = async (by: number): Promise<void> => {
      const moved = new Date(expiresAt.getTime() + by);
      await system(async (tx) => {
        await tx
          .update(sessions)
          .set({ [end]: moved })
          .where(eq(sessions.publicId, publicId));
      });
    };
    await move(1000);
    await reported();
    expect(doubts).toBe(0);
    await move(-1000);
    expect(await reported()).toEqual([]);
    expect(doubts).toBe(1);
  },
);

test('what no trigger of ours has written leaves a doubt, and listening goes on', async () => {
  for (const payload of ['', 'hello', '{"type":"session"}']) await db.asOwner(`notify atrium_endings, '${payload}'`);
  expect(await reported()).toEqual([]);
  expect(doubts).toBe(3);
});

test('a user who is disabled is reported once; enabling is silent', async () => {
  const userId = await arrangeUser(db);
  for (const disabledAt of [new Date(), new Date(), null]) {
    await system(async (tx) => void (await tx.update(users).set({ disabledAt }).where(eq(users.id, userId))));
  }
  expect(await reported()).toEqual([{ type: 'user', userId, reason: 'disabled' }]);
});

test('a user who is deleted takes the sessions along, and each is reported', async () => {
  const userId = await arrangeUser(db);
  const session = await arrangeSession(db, userId);
  await system(async (tx) => void (await tx.delete(users).where(eq(users.id, userId))));
  const all = await reported();
  expect(all).toContainEqual({ type: 'user', userId, reason: 'disabled' });
  expect(all).toContainEqual({
    type: 'session',
    publicId: session.publicId,
    userId,
    reason: 'signed-out-elsewhere',
  });
});

test('a membership that changes or ends is reported', async () => {
  const [owner, userId] = [await arrangeUser(db), await arrangeUser(db)];
  const roomId = await arrangeRoom(db, owner);
  await arrangeMember(db, { roomId, userId, role: 'editor' });
  const ofUser = eq(roomMembers.userId, userId);
  await system(async (tx) => void (await tx.update(roomMembers).set({ role: 'viewer' }).where(ofUser)));
  await system(async (tx) => void (await tx.update(roomMembers).set({ role: 'viewer' }).where(ofUser)));
  await system(async (tx) => void (await tx.delete(roomMembers).where(ofUser)));
  expect(await reported()).toEqual([
    { type: 'member', roomId, userId, role: 'viewer' },
    { type: 'member', roomId, userId, role: null, reason: 'removed' },
  ]);
});

test('what a person does to others is told with their name, and with the reason', async () => {
  const [owner, ben, eve] = [await arrangeUser(db, { name: 'Ada' }), await arrangeUser(db), await arrangeUser(db)];
  const roomId = await arrangeRoom(db, owner);
  for (const userId of [ben, eve]) await arrangeMember(db, { roomId, userId, role: 'editor' });
  const asOwner = <T>(run: (tx: ScopedTx) => Promise<T>) => db.withScope({ user: owner }, run);
  const link = await arrangeInvite(db, { roomId, createdBy: owner });
  await system(
    async (tx) => void (await tx.update(roomMembers).set({ inviteId: link.id }).where(eq(roomMembers.userId, eve))),
  );
  await asOwner((tx) => setMemberRole(tx, { roomId, userId: ben, role: 'viewer' }));
  await asOwner((tx) => deleteInvite(tx, { id: link.id, keepMembers: false }));
  const by = { userId: owner, name: 'Ada' };
  expect(await reported()).toEqual([
    { type: 'member', roomId, userId: ben, role: 'viewer', by },
    { type: 'member', roomId, userId: eve, role: null, reason: 'link-revoked', by },
  ]);
});

test('a room that is archived, brought back and deleted by its owner is reported, its members are not', async () => {
  const owner = await arrangeUser(db);
  const roomId = await arrangeRoom(db, owner);
  const asOwner = async (run: (tx: ScopedTx) => Promise<boolean>): Promise<void> =>
    expect(await db.withScope({ user: owner }, run)).toBe(true);
  await asOwner(async (tx) => await archiveRoom(tx, roomId, new Date()));
  await asOwner(async (tx) => await archiveRoom(tx, roomId, null));
  await asOwner(async (tx) => await deleteRoom(tx, roomId));
  const by = { userId: owner, name: 'Someone' };
  expect(await reported()).toEqual([
    { type: 'room', roomId, change: 'archived', by },
    { type: 'room', roomId, change: 'unarchived', by },
    { type: 'room', roomId, change: 'deleted', by },
  ]);
});

test('bulk deletes report each session with their reason', async () => {
  const userId = await arrangeUser(db);
  const kept = await arrangeSession(db, userId);
  const others = [await arrangeSession(db, userId), await arrangeSession(db, userId)].map((each) => each.publicId);
  const ended = await system(
    async (tx) => await deleteOtherSessions(tx, { userId, keepPublicId: kept.publicId, reason: 'password-changed' }),
  );
  expect(ended.toSorted()).toEqual(others.toSorted());
  const expired = await arrangeSession(db, userId, { expiresAt: new Date(0) });
  expect(await system(async (tx) => await deleteExpiredSessions(tx, new Date()))).toEqual([expired.publicId]);
  const all = await reported();
  expect(all.map((ending) => ending.type === 'session' && ending.reason)).toEqual([
    'password-changed',
    'password-changed',
    'expired',
  ]);
});

test('who stopped listening hears nothing', async () => {
  const userId = await arrangeUser(db);
  const heard: Ending[] = [];
  const silent = { onDoubt: () => {}, onDeaf: () => {}, onListening: () => {} };
  const listeners = { onEnding: (ending: Ending) => heard.push(ending), ...silent };
  const stop = await db.listen(listeners);
  await stop();
  const { publicId } = await arrangeSession(db, userId);
  await system(async (tx) => await deleteSession(tx, publicId, 'signed-out'));
  expect(await reported()).toHaveLength(1);
  expect(heard).toEqual([]);
});

// Embedded, there is no connection to lose; a thread that dies is tested beside it (embedded/backend.test.ts).
test.each(isOnServer() ? ['the server'] : [])(
  '%s closes the connection: that is told at once, and the next one hears what happens',
  async () => {
    const others = 'datname = current_database() and pid <> pg_backend_pid()';
    await db.asOwner(`select pg_terminate_backend(pid) from pg_stat_activity where ${others}`);
    await once(arrived, 'listening');
    expect(standing).toEqual(['listening', 'deaf', 'listening']);
    const userId = await arrangeUser(db);
    const { publicId } = await arrangeSession(db, userId);
    await system(async (tx) => await deleteSession(tx, publicId, 'signed-out'));
    expect(await reported()).toMatchObject([{ type: 'session', publicId }]);
  },
);
