import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';
import { arrangeSession, arrangeUser, openTestDatabase, type TestDatabase } from '../testing/index.ts';
import {
  deleteSession,
  findSessionByPublicId,
  findSessionEnd,
  findSessionWithUser,
  listSessions,
  livingSessions,
  touchSession,
} from './session.ts';

const system = async <T>(db: TestDatabase, run: (tx: ScopedTx) => Promise<T>): Promise<T> =>
  await db.withScope({ system: 'test' }, run);

test('a session is found with its user, as it was stored', async () => {
  await using db = await openTestDatabase();
  const userId = await arrangeUser(db, { name: 'Ada' });
  const session = await arrangeSession(db, userId);
  const found = await system(db, async (tx) => await findSessionWithUser(tx, session.id));
  expect(found).toMatchObject({ session, user: { id: userId, name: 'Ada', disabledAt: null } });
  expect(await system(db, async (tx) => await findSessionWithUser(tx, 'unknown'))).toBeNull();
});

test("Lucia's adapter stores and finds through the same door", async () => {
  await using db = await openTestDatabase();
  const userId = await arrangeUser(db);
  const { id, expiresAt, ...attributes } = await arrangeSession(db, userId);
  expect(await db.sessionAdapter.getSessionAndUser(id)).toMatchObject([
    { id, userId, expiresAt, attributes: { publicId: attributes.publicId } },
    { id: userId, attributes: { name: 'Someone' } },
  ]);
  const copy = { id: 'copy', userId, expiresAt, attributes: { ...attributes, publicId: randomUUID() } };
  await db.sessionAdapter.setSession(copy);
  expect(await db.sessionAdapter.getUserSessions(userId)).toHaveLength(2);
  const later = new Date(expiresAt.getTime() + 1000);
  await db.sessionAdapter.updateSessionExpiration('copy', later);
  expect((await db.sessionAdapter.getSessionAndUser('copy'))[0]?.expiresAt).toEqual(later);
  await db.sessionAdapter.deleteSession('copy');
  expect(await db.sessionAdapter.getSessionAndUser('copy')).toEqual([null, null]);
});

test('of twenty parallel touches one writes, and none passes the absolute end', async () => {
  await using db = await openTestDatabase();
  const userId = await arrangeUser(db);
  const { publicId, lastSeenAt, absoluteExpiresAt } = await arrangeSession(db, userId, { lastSeenAt: new Date(1000) });
  const touch = { publicId, seen: lastSeenAt, now: new Date(), expiresAt: new Date('2999-01-01') };
  const wrote = await Promise.all(
    Array.from({ length: 20 }, async () => await system(db, async (tx) => await touchSession(tx, touch))),
  );
  expect(wrote.filter(Boolean)).toHaveLength(1);
  const found = await system(db, async (tx) => await findSessionByPublicId(tx, publicId));
  expect(found).toMatchObject({ lastSeenAt: touch.now, expiresAt: absoluteExpiresAt });
});

test('a person lists their own sessions, newest use first, and ends only their own', async () => {
  await using db = await openTestDatabase();
  const [userId, other] = [await arrangeUser(db), await arrangeUser(db)];
  const old = await arrangeSession(db, userId, { lastSeenAt: new Date(1000) });
  const recent = await arrangeSession(db, userId);
  const foreign = await arrangeSession(db, other);
  await db.withScope({ user: userId }, async (tx) => {
    expect((await listSessions(tx, userId)).map((each) => each.publicId)).toEqual([recent.publicId, old.publicId]);
    expect(await listSessions(tx, other)).toEqual([]);
    expect(await deleteSession(tx, foreign.publicId, 'signed-out-elsewhere')).toBe(false);
    expect(await deleteSession(tx, old.publicId, 'signed-out-elsewhere')).toBe(true);
  });
});

test('a session ends by idleness or by age, whichever comes first', async () => {
  await using db = await openTestDatabase();
  const userId = await arrangeUser(db);
  const [soon, late] = [new Date(Date.now() + 1_000), new Date(Date.now() + 2_000)];
  const idle = await arrangeSession(db, userId, { expiresAt: soon, absoluteExpiresAt: late });
  const old = await arrangeSession(db, userId, { expiresAt: late, absoluteExpiresAt: soon });
  for (const scope of [{ system: 'test' }, { user: userId }] as const) {
    await db.withScope(scope, async (tx) => {
      expect(await findSessionEnd(tx, idle.publicId)).toEqual(soon);
      expect(await findSessionEnd(tx, old.publicId)).toEqual(soon);
      expect(await findSessionEnd(tx, randomUUID())).toBeNull();
    });
  }
});

test('the session of a disabled user has no end to wait for, whichever came first', async () => {
  await using db = await openTestDatabase();
  const [early, late] = [await arrangeUser(db, { disabledAt: new Date() }), await arrangeUser(db)];
  const [afterwards, before] = [await arrangeSession(db, early), await arrangeSession(db, late)];
  await system(db, async (tx) => {
    expect(await findSessionEnd(tx, afterwards.publicId)).toBeNull();
    expect(await findSessionEnd(tx, before.publicId)).toEqual(before.expiresAt);
    await tx.update(users).set({ disabledAt: new Date() }).where(eq(users.id, late));
    expect(await findSessionEnd(tx, before.publicId)).toBeNull();
    expect(new Set((await livingSessions(tx)).keys())).toEqual(new Set());
    await tx.update(users).set({ disabledAt: null });
    expect(await findSessionEnd(tx, before.publicId)).toEqual(before.expiresAt);
    expect(new Set((await livingSessions(tx)).keys())).toEqual(new Set([afterwards.publicId, before.publicId]));
  });
});

test('the sweep sees every session but those of disabled users', async () => {
  await using db = await openTestDatabase();
  const [userId, disabled] = [await arrangeUser(db), await arrangeUser(db)];
  const live = await arrangeSession(db, userId);
  await arrangeSession(db, disabled);
  await system(db, async (tx) => {
    await tx.update(users).set({ disabledAt: new Date() }).where(eq(users.id, disabled));
    expect(new Set((await livingSessions(tx)).keys())).toEqual(new Set([live.publicId]));
  });
});

test('a session is found by each token that it knows, by way of their indexes', async () => {
  await using db = await openTestDatabase();
  const userId = await arrangeUser(db);
  const tokens = { id: 'current', nextId: 'next', previousId: 'previous' };
  const session = await arrangeSession(db, userId, tokens);
  await system(db, async (tx) => {
    for (const token of Object.values(tokens))
      expect((await findSessionWithUser(tx, token))?.session.publicId).toBe(session.publicId);
    await tx.execute(sql`
      insert into sessions (id, user_id, public_id, expires_at, created_at, authenticated_at, absolute_expires_at,
        last_seen_at, label, ip_prefix, next_id, previous_id)
      select 'id' || n, ${userId}, gen_random_uuid(), now(), now(), now(), now(), now(), '', '', 'next' || n, 'before' || n
      from generate_series(1, 5000) n`);
  });
  await db.asOwner('analyze sessions');
  const plan = await system(db, async (tx) => {
    const { rows } = (await tx.execute(sql`
      explain select 1 from sessions join users on users.id = user_id
      where sessions.id = 'x' or next_id = 'x' or previous_id = 'x'`)) as { rows: object[] };
    return JSON.stringify(rows);
  });
  expect(plan).not.toContain('Seq Scan on sessions');
  for (const index of ['pkey', 'next_id_unique', 'previous_id_unique']) expect(plan).toContain(`sessions_${index}`);
});
