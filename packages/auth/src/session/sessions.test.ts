import { findSessionByPublicId, insertUser, sessions as rows, users } from '@atrium/db';
import { openTestDatabase, type TestDatabase } from '@atrium/db/testing';
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createSessions, type Sessions } from './sessions.ts';

const device = {
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  address: '203.0.113.7',
};
const lifetimes = { idle: 60 * 60_000, absolute: 3 * 60 * 60_000, sudo: 60_000, rotate: 60 * 60_000 };

let db: TestDatabase;
let sessions: Sessions;

beforeAll(async () => {
  db = await openTestDatabase();
  sessions = createSessions({ db, lifetimes });
});
afterAll(() => db[Symbol.asyncDispose]());

async function start() {
  const user = { id: randomUUID(), email: `${randomUUID()}@example.org`, name: 'Ada' };
  await db.withScope({ system: 'test' }, (tx) => insertUser(tx, user));
  return sessions.start(user.id, device, { factors: ['password'] });
}

const row = (publicId: string) => db.withScope({ system: 'test' }, (tx) => findSessionByPublicId(tx, publicId));

function change(publicId: string, values: Partial<typeof rows.$inferInsert>) {
  return db.withScope({ system: 'test' }, async (tx) => {
    await tx.update(rows).set(values).where(eq(rows.publicId, publicId));
  });
}

test('A1 the token is in no row; its hash alone finds the session', async () => {
  const { token, identity } = await start();
  const all = await db.withScope({ system: 'test' }, async (tx) => JSON.stringify(await tx.select().from(rows)));
  expect(all).toContain(identity.session.publicId);
  expect(all).not.toContain(token);
  expect((await sessions.resume(token))?.session.publicId).toBe(identity.session.publicId);
  const other = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
  expect(await sessions.resume(other)).toBeNull();
});

test('A2 the row says which device and roughly where, not more', async () => {
  const { identity } = await start();
  expect(await row(identity.session.publicId)).toMatchObject({ label: 'Firefox on Linux', ipPrefix: '203.0.113.0/24' });
});

test('A4 an idle session is over, and its row gone', async () => {
  const { token, identity } = await start();
  await change(identity.session.publicId, { expiresAt: new Date(Date.now() - 1) });
  expect(await sessions.resume(token)).toBeNull();
  expect(await row(identity.session.publicId)).toBeNull();
});

test('A5 the absolute end comes however much a session is used', async () => {
  const { token, identity } = await start();
  await change(identity.session.publicId, { absoluteExpiresAt: new Date(Date.now() - 1) });
  expect(await sessions.resume(token)).toBeNull();
  expect(await row(identity.session.publicId)).toBeNull();
});

test('A6 use moves the idle end, never past the absolute end', async () => {
  const { token, identity } = await start();
  const absolute = new Date(Date.now() + 30 * 60_000);
  await change(identity.session.publicId, { lastSeenAt: new Date(Date.now() - 120_000), absoluteExpiresAt: absolute });
  await sessions.resume(token);
  expect((await row(identity.session.publicId))?.expiresAt).toEqual(absolute);
});

test('A7 twenty parallel requests write the use of a session once', async () => {
  const { token, identity } = await start();
  const old = new Date(Date.now() - 50 * 60_000);
  await change(identity.session.publicId, { lastSeenAt: old, expiresAt: new Date(Date.now() + 10 * 60_000) });
  await db.asOwner(`create table if not exists touches (n int)`);
  await db.asOwner(`grant insert, select on touches to app_system`);
  await db.asOwner(
    `create or replace function count_touch() returns trigger language plpgsql security definer as
     'begin insert into touches values (1); return null; end'`,
  );
  await db.asOwner(
    `create or replace trigger count_touch after update on sessions for each row execute function count_touch()`,
  );
  await Promise.all(Array.from({ length: 20 }, () => sessions.resume(token)));
  expect(await db.asOwner('select count(*)::int as n from touches')).toEqual([{ n: 1 }]);
  await db.asOwner('drop trigger count_touch on sessions');
  await db.asOwner('drop function count_touch');
  await db.asOwner('drop table touches');
});

test('A8 a disabled user has no session that counts', async () => {
  const { token, identity } = await start();
  await db.withScope({ system: 'test' }, async (tx) => {
    await tx.update(users).set({ disabledAt: new Date() }).where(eq(users.id, identity.user.id));
  });
  expect(await sessions.resume(token)).toBeNull();
});

test('A9 ending the others leaves this one and answers which went', async () => {
  const { identity, token } = await start();
  const other = await sessions.start(identity.user.id, device, { factors: ['password'] });
  expect(await sessions.endOthers(identity, 'signed-out-elsewhere')).toEqual([other.identity.session.publicId]);
  expect(await sessions.resume(other.token)).toBeNull();
  expect(await sessions.resume(token)).not.toBeNull();
});

test('A10 nobody ends a session of somebody else', async () => {
  const [ada, eve] = [await start(), await start()];
  expect(await sessions.end(eve.identity, ada.identity.session.publicId, 'signed-out')).toBe(false);
  expect(await sessions.resume(ada.token)).not.toBeNull();
});

test('A11 an end is reported with its reason, after the commit, to whoever listens', async () => {
  const { identity } = await start();
  const onEnding = vi.fn();
  const stop = await db.listen({ onEnding, onDoubt: () => {}, onDeaf: () => {}, onListening: () => {} });
  await sessions.end(identity, identity.session.publicId, 'signed-out');
  await vi.waitFor(() => expect(onEnding).toHaveBeenCalled());
  const { publicId } = identity.session;
  expect(onEnding).toHaveBeenCalledWith({ type: 'session', publicId, userId: identity.user.id, reason: 'signed-out' });
  await stop();
});

test('A60 after `secure` the old token is dead at once, and showing it is taken for nothing', async () => {
  const { token, identity } = await start();
  const secured = await sessions.secure(identity, 'password-changed');
  expect(await sessions.present(token, { mayOffer: true })).toBeNull();
  expect((await sessions.resume(secured?.token ?? ''))?.session.publicId).toBe(identity.session.publicId);
});

test('A60 an offer that was made before `secure` is dead as well, in either order', async () => {
  const { token, identity } = await start();
  await change(identity.session.publicId, { rotatedAt: new Date(0) });
  const offered = (await sessions.present(token, { mayOffer: true }))?.offered ?? '';
  const [secured] = await Promise.all([sessions.secure(identity, 'password-changed'), sessions.resume(offered)]);
  expect(await sessions.resume(offered)).toBeNull();
  expect(await sessions.resume(token)).toBeNull();
  expect(await sessions.resume(secured?.token ?? '')).not.toBeNull();
});

test('A61 a socket counts as use by the public id, and revives nothing', async () => {
  const { identity } = await start();
  const { publicId } = identity.session;
  const old = new Date(Date.now() - 120_000);
  await change(publicId, { lastSeenAt: old, id: 'replaced since' });
  await sessions.touch(identity);
  expect((await row(publicId))?.lastSeenAt.getTime()).toBeGreaterThan(old.getTime());
  const over = new Date(Date.now() - 1);
  await change(publicId, { lastSeenAt: old, expiresAt: over });
  await sessions.touch(identity);
  expect((await row(publicId))?.expiresAt).toEqual(over);
});

test('A63 an extension moves the ends, again and again, never past the longest life', async () => {
  const patient = createSessions({ db, lifetimes: { ...lifetimes, longest: 2 * lifetimes.absolute } });
  const { identity } = await start();
  const { publicId, createdAt } = identity.session;
  const soon = new Date(Date.now() + 60_000);
  await change(publicId, { expiresAt: soon, absoluteExpiresAt: soon });
  const extended = await patient.extend(identity);
  expect(extended?.session.absoluteExpiresAt.getTime()).toBeGreaterThan(Date.now() + lifetimes.absolute - 10_000);
  expect(extended?.session.expiresAt.getTime()).toBeGreaterThan(Date.now() + lifetimes.idle - 10_000);
  const began = new Date(Date.now() - 2 * lifetimes.absolute + 120_000);
  await change(publicId, { createdAt: began, expiresAt: soon, absoluteExpiresAt: soon });
  expect((await patient.extend(identity))?.session.absoluteExpiresAt).toEqual(
    new Date(began.getTime() + 2 * lifetimes.absolute),
  );
  expect(await patient.extend(identity)).toBeNull();
  expect(createdAt.getTime()).toBeLessThanOrEqual(Date.now());
});

test('A63 nothing is extended where the policy does not allow it, and what is over stays over', async () => {
  const { identity } = await start();
  const { publicId } = identity.session;
  const soon = new Date(Date.now() + 60_000);
  await change(publicId, { absoluteExpiresAt: soon, createdAt: new Date(soon.getTime() - lifetimes.absolute) });
  expect(await sessions.extend(identity)).toBeNull();
  const over = new Date(Date.now() - 1);
  await change(publicId, { expiresAt: over });
  const patient = createSessions({ db, lifetimes: { ...lifetimes, longest: 3 * lifetimes.absolute } });
  expect(await patient.extend(identity)).toBeNull();
  expect((await row(publicId))?.expiresAt).toEqual(over);
});
