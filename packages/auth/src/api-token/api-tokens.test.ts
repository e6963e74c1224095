import {
  apiTokens as tokenRows,
  auditEvents,
  findApiTokenWithUser,
  insertUser,
  mostApiTokens,
  users,
} from '@atrium/db';
import { openTestDatabase, type TestDatabase } from '@atrium/db/testing';
import { eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAuditTrail } from '../audit/audit-trail.ts';
import { createSecretBox } from '../seal/secret-box.ts';
import type { Identity } from '../session/identity.ts';
import { defaultLifetimes } from '../session/lifetimes.ts';
import { createSessions } from '../session/sessions.ts';
import { type ApiTokens, createApiTokens, type IssuedToken } from './api-tokens.ts';
import { firstRefreshToken } from './refresh-token.ts';

const device = { userAgent: undefined, address: '203.0.113.7' };
const elsewhere = { userAgent: undefined, address: '198.51.100.7' };
const box = createSecretBox(['only for tests, and long enough for them']);
const day = 86_400_000;

let db: TestDatabase;
let tokens: ApiTokens;
/** Milliseconds that the clock of these tokens is ahead. */
let ahead = 0;

beforeAll(async () => {
  db = await openTestDatabase();
  tokens = createApiTokens({ db, box, audit: createAuditTrail(db), issuer: 'http://x', now: () => Date.now() + ahead });
});
afterAll(() => db[Symbol.asyncDispose]());

async function signUp(): Promise<Identity> {
  const user = { id: randomUUID(), email: `${randomUUID()}@example.org`, name: 'Ada', confirmedAt: new Date() };
  await db.withScope({ system: 'test' }, (tx) => insertUser(tx, user));
  const started = await createSessions({ db, lifetimes: defaultLifetimes }).start(user.id, device, { factors: [] });
  return started.identity;
}

const wanted = { name: 'Bot', permissions: ['rooms:read', 'rooms:write'], lifetime: 30 * day };

async function create(over: Partial<typeof wanted> = {}): Promise<{ ada: Identity; made: IssuedToken }> {
  const ada = await signUp();
  return { ada, made: await tokens.create(ada, { ...wanted, ...over }, device) };
}

async function refreshed(refreshToken: string): Promise<IssuedToken> {
  const next = await tokens.refresh(refreshToken, device);
  if (!next) throw new Error('It should have been refreshed');
  return next;
}

const row = async (id: string) =>
  (await db.withScope({ system: 'test' }, (tx) => findApiTokenWithUser(tx, id)))?.token ?? null;

const isGood = async (accessToken: string) => typeof (await tokens.resume(accessToken, device)) === 'object';

test('A93 an access token names the person, its own row and its permissions, and is never in sudo', async () => {
  const { ada, made } = await create();
  expect(await tokens.resume(made.accessToken, device)).toMatchObject({
    user: { id: ada.user.id, name: 'Ada' },
    session: { publicId: made.id, authenticatedAt: new Date(0), factors: [] },
    token: { permissions: ['rooms:read', 'rooms:write'] },
  });
});

test('A93 neither token is in any row of the database', async () => {
  const { made } = await create();
  const next = await refreshed(made.refreshToken);
  const dump = await db.withScope({ system: 'test' }, async (tx) =>
    JSON.stringify([await tx.select().from(tokenRows), await tx.select().from(auditEvents)]),
  );
  expect(dump).toContain(made.id);
  for (const secret of [made, next].flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken])) {
    expect(dump).not.toContain(secret);
    for (const part of secret.split('.').slice(1)) expect(dump).not.toContain(part);
  }
});

test('A94 it is over after ten minutes, and nothing but a refresh helps', async () => {
  const { made } = await create();
  ahead = 9 * 60_000;
  expect(await isGood(made.accessToken)).toBe(true);
  ahead = 10 * 60_000 + 6_000;
  expect(await tokens.resume(made.accessToken, device)).toBe('expired');
  expect(await isGood((await refreshed(made.refreshToken)).accessToken)).toBe(true);
  ahead = 0;
});

test('A96 a token whose row is gone, or whose person is disabled, is worth nothing at once', async () => {
  const revoked = await create();
  expect(await tokens.revoke(revoked.ada, revoked.made.id, device)).toBe(true);
  expect(await tokens.resume(revoked.made.accessToken, device)).toBe('invalid');
  expect(await tokens.refresh(revoked.made.refreshToken, device)).toBeNull();
  const disabled = await create();
  await db.withScope({ system: 'test' }, async (tx) => {
    await tx.update(users).set({ disabledAt: new Date() }).where(eq(users.id, disabled.ada.user.id));
  });
  expect(await tokens.resume(disabled.made.accessToken, device)).toBe('invalid');
  expect(await tokens.refresh(disabled.made.refreshToken, device)).toBeNull();
});

test('A96 at its end it is over, however often it was refreshed, and an access token does not outlive it', async () => {
  const { made } = await create({ lifetime: 15 * 60_000 });
  ahead = 10 * 60_000;
  const next = await refreshed(made.refreshToken);
  expect([next.expiresAt, next.accessExpiresAt]).toEqual([made.expiresAt, made.expiresAt]);
  ahead = 15 * 60_000;
  expect(await isGood(next.accessToken)).toBe(false);
  expect(await tokens.refresh(next.refreshToken, device)).toBeNull();
  ahead = 0;
});

test('A96 nobody revokes the token of somebody else', async () => {
  const { made } = await create();
  expect(await tokens.revoke(await signUp(), made.id, device)).toBe(false);
  expect(await isGood(made.accessToken)).toBe(true);
});

test('A97 a refresh replaces the refresh token; one that was replaced and is presented again ends the token', async () => {
  const { ada, made } = await create();
  const second = await refreshed(made.refreshToken);
  expect(second.refreshToken).not.toBe(made.refreshToken);
  expect(await isGood(second.accessToken)).toBe(true);
  expect(await tokens.refresh(made.refreshToken, elsewhere)).toBeNull();
  expect(await row(made.id)).toBeNull();
  expect(await isGood(second.accessToken)).toBe(false);
  expect(await tokens.refresh(second.refreshToken, device)).toBeNull();
  const events = await db.withScope({ system: 'test' }, (tx) =>
    tx.select().from(auditEvents).where(eq(auditEvents.userId, ada.user.id)),
  );
  expect(events.map(({ action, place }) => [action, place])).toEqual([
    ['api-token-created', '203.0.113.0/24'],
    ['api-token-reused', '198.51.100.0/24'],
  ]);
});

test('A97 also one from long ago, of which the database knows nothing any more', async () => {
  const { made } = await create();
  const second = await refreshed(made.refreshToken);
  const third = await refreshed(second.refreshToken);
  expect(await tokens.refresh(made.refreshToken, device)).toBeNull();
  expect(await isGood(third.accessToken)).toBe(false);
});

test('A97 one that we never made ends nothing', async () => {
  const { made } = await create();
  const forged = firstRefreshToken(createSecretBox(['of another server, and long enough too']), made.id);
  expect(await tokens.refresh(forged, device)).toBeNull();
  expect(await isGood(made.accessToken)).toBe(true);
});

test('A98 a refresh whose answer was lost is answered the same again, also days later', async () => {
  const { made } = await create();
  const lost = await refreshed(made.refreshToken);
  ahead = 3 * day;
  const again = await refreshed(made.refreshToken);
  expect(again.refreshToken).toBe(lost.refreshToken);
  expect(await isGood(again.accessToken)).toBe(true);
  ahead = 0;
});

test('A98 an access token from before does not pass for the one whose answer was lost', async () => {
  const { made } = await create();
  expect(await isGood(made.accessToken)).toBe(true);
  await refreshed(made.refreshToken);
  ahead = 2 * 60_000;
  expect(await isGood(made.accessToken)).toBe(true);
  expect(await tokens.refresh(made.refreshToken, device)).not.toBeNull();
  ahead = 0;
});

test('A98 once the new pair was used, whoever presents the old one ends it: the owner of a stolen one, or the thief', async () => {
  const { made } = await create();
  const taken = await refreshed(made.refreshToken);
  expect(await isGood(taken.accessToken)).toBe(true);
  expect(await tokens.refresh(made.refreshToken, device)).toBeNull();
  expect(await isGood(taken.accessToken)).toBe(false);
});

test('A98 both hold the same pair: the next refresh of either ends it', async () => {
  const { made } = await create();
  const [one, two] = [await refreshed(made.refreshToken), await refreshed(made.refreshToken)];
  expect(await isGood(one.accessToken)).toBe(true);
  const next = await refreshed(two.refreshToken);
  expect(await isGood(next.accessToken)).toBe(true);
  expect(await tokens.refresh(one.refreshToken, device)).toBeNull();
  expect(await row(made.id)).toBeNull();
});

test('A97 twenty refreshes at once rotate once and answer the same', async () => {
  const { made } = await create();
  const answers = await Promise.all(Array.from({ length: 20 }, () => tokens.refresh(made.refreshToken, device)));
  expect(new Set(answers.map((each) => each?.refreshToken)).size).toBe(1);
  const [first] = answers;
  if (!first) throw new Error('None was answered');
  expect(await isGood(first.accessToken)).toBe(true);
  expect((await refreshed(first.refreshToken)).refreshToken).not.toBe(first.refreshToken);
});

test('A97 use in the very moment of the refresh locks nobody out, whatever the clocks say', async () => {
  const { made } = await create();
  ahead = 30_000;
  expect(await isGood(made.accessToken)).toBe(true);
  // This node is behind the one that saw the last use.
  ahead = 0;
  const next = await refreshed(made.refreshToken);
  expect(await isGood(next.accessToken)).toBe(true);
  expect(await refreshed(next.refreshToken)).toMatchObject({ id: made.id });
});

test('A99 use is written at most once a minute, with the place', async () => {
  const { made } = await create();
  expect(await row(made.id)).toMatchObject({ lastUsedAt: null, lastIpPrefix: null });
  await isGood(made.accessToken);
  const first = await row(made.id);
  expect(first).toMatchObject({ lastIpPrefix: '203.0.113.0/24' });
  ahead = 59_000;
  await tokens.resume(made.accessToken, elsewhere);
  expect(await row(made.id)).toEqual(first);
  ahead = 61_000;
  await tokens.resume(made.accessToken, elsewhere);
  expect(await row(made.id)).toMatchObject({ lastIpPrefix: '198.51.100.0/24' });
  ahead = 0;
});

test('A99 a socket that outlives its access token is use, too, and no proof that a refresh has arrived', async () => {
  const { made } = await create();
  const identity = await tokens.resume(made.accessToken, device);
  if (typeof identity === 'string') throw new Error('It is good');
  ahead = 20 * 60_000;
  await tokens.touch(identity, elsewhere);
  const used = await row(made.id);
  expect(used?.lastUsedAt?.getTime()).toBeGreaterThan(Date.now() + 19 * 60_000);
  const lost = await refreshed(made.refreshToken);
  ahead = 40 * 60_000;
  await tokens.touch(identity, device);
  expect((await refreshed(made.refreshToken)).refreshToken).toBe(lost.refreshToken);
  ahead = 0;
});

test('A100 a person has at most fifty, also when all are made at once', async () => {
  const ada = await signUp();
  const made = await Promise.allSettled(
    Array.from({ length: mostApiTokens + 5 }, () => tokens.create(ada, wanted, device)),
  );
  expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(mostApiTokens);
  expect(await tokens.list(ada)).toHaveLength(mostApiTokens);
});
