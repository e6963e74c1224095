import { credentials, insertUser, listSessions, passkeys } from '@atrium/db';
import { eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { BadCode, type SecondFactor, SecondFactorRequired } from '../factor/second-factor.ts';
import { openTestAuth, type TestAuth } from '../testing/test-auth.ts';
import type { MailSignInRequest } from './mail-sign-in.ts';

/** Whoever is in here has an app whose code is 123456. */
const guarded = new Set<string>();
const secondFactor: SecondFactor = {
  isNeeded: (userId) => Promise.resolve(guarded.has(userId)),
  check: (_userId, code) => Promise.resolve(code === '123456' ? 'totp' : null),
};

let kit: TestAuth;

beforeAll(async () => {
  kit = await openTestAuth({ secondFactor });
});
afterAll(() => kit[Symbol.asyncDispose]());

async function magicToken(email: string): Promise<string> {
  await kit.auth.linkRequests.request(email, 'magic', kit.device);
  return kit.tokenTo(email.trim().toLowerCase());
}

function open(token: string, request: Partial<MailSignInRequest> = {}) {
  const whole = { token, code: undefined, isRemembered: undefined, caller: null, ...request };
  return kit.auth.mailSignIn.signIn(whole, kit.device);
}

/** Somebody who never had a password and has not confirmed their address. */
async function arrangeClaim(email: string): Promise<string> {
  const id = randomUUID();
  await kit.db.withScope({ system: 'test' }, (tx) => insertUser(tx, { id, email, name: 'Claimant', isGuest: false }));
  return id;
}

test('A47 a link signs in, by mail, once', async () => {
  const { identity } = await kit.signUp('ada@example.org');
  const token = await magicToken(' ADA@Example.org ');
  const signedIn = await open(token, { isRemembered: false });
  expect(signedIn).toMatchObject({ type: 'started', started: { isRemembered: false } });
  const started = signedIn.type === 'started' ? signedIn.started.identity : null;
  expect(started?.session.factors).toEqual(['mail']);
  expect(started?.user.id).toBe(identity.user.id);
  await expect(open(token)).rejects.toMatchObject({ why: 'invalid' });
});

test('A44 of fifty who use a link at once, one is signed in', async () => {
  await kit.signUp('fifty@example.org');
  const token = await magicToken('fifty@example.org');
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => open(token)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('A47 whoever is signed in already proves again who they are, and keeps their session', async () => {
  const { identity } = await kit.signUp('sudo@example.org');
  const before = Date.now();
  const proved = await open(await magicToken('sudo@example.org'), { caller: identity });
  expect(proved).toMatchObject({ type: 'proved', identity: { user: { id: identity.user.id } } });
  expect((await kit.auth.sessions.authenticatedAt(identity))?.getTime()).toBeGreaterThanOrEqual(before);
});

test('A47 somebody else who is signed in proves nothing by it: the owner of the link gets a session of their own', async () => {
  const { identity: mallory } = await kit.signUp('mallory@example.org');
  const { identity: owner } = await kit.signUp('owner@example.org');
  const signedIn = await open(await magicToken('owner@example.org'), { caller: mallory });
  expect(signedIn).toMatchObject({ type: 'started', started: { identity: { user: { id: owner.user.id } } } });
});

test('A47 it does not get past a second factor, and a wrong code does not use it up', async () => {
  const { identity } = await kit.signUp('guarded@example.org');
  guarded.add(identity.user.id);
  const token = await magicToken('guarded@example.org');
  await expect(open(token)).rejects.toThrow(SecondFactorRequired);
  await expect(open(token, { caller: identity })).rejects.toThrow(SecondFactorRequired);
  await expect(open(token, { code: '000000' })).rejects.toThrow(BadCode);
  const signedIn = await open(token, { code: '123456' });
  expect(signedIn).toMatchObject({ started: { identity: { session: { factors: ['mail', 'totp'] } } } });
});

test('A47 a second factor that is turned on while the link is used is not got past', async () => {
  const { identity } = await kit.signUp('turning@example.org');
  const token = await magicToken('turning@example.org');
  const starting = vi.spyOn(kit.auth.sessions, 'start').mockImplementationOnce(async (...input) => {
    guarded.add(identity.user.id);
    return kit.auth.sessions.start(...input);
  });
  await expect(open(token)).rejects.toThrow(SecondFactorRequired);
  starting.mockRestore();
  const left = await kit.db.withScope({ system: 'test' }, (tx) => listSessions(tx, identity.user.id));
  expect(left.map(({ publicId }) => publicId)).toEqual([identity.session.publicId]);
});

test('A47 an account whose password was set before its address was confirmed is not opened: a stranger may know it', async () => {
  const stranger = await kit.register('victim@example.org', 'known to a stranger');
  const token = await magicToken('victim@example.org');
  await expect(open(token)).rejects.toMatchObject({ why: 'reset-first' });
  await kit.auth.linkRequests.request('victim@example.org', 'reset', kit.device);
  const reset = { token: await kit.tokenTo('victim@example.org'), password: 'known to me alone', code: undefined };
  await kit.auth.passwords.reset(reset, kit.device);
  expect(await kit.auth.sessions.resume(stranger.token)).toBeNull();
  expect(await open(await magicToken('victim@example.org'))).toMatchObject({ type: 'started' });
});

test('A47 an account without a password is opened and confirmed, and whoever else was in it is not any more', async () => {
  const id = await arrangeClaim('claim@example.org');
  const planted = await kit.auth.sessions.start(id, kit.device, { factors: [] });
  const signedIn = await open(await magicToken('claim@example.org'));
  expect(signedIn).toMatchObject({ type: 'started', ended: [planted.identity.session.publicId] });
  expect(signedIn).toMatchObject({ started: { identity: { user: { id, confirmedAt: expect.any(Date) } } } });
});

test('A47 a password that is set while the link is under way counts', async () => {
  const id = await arrangeClaim('late@example.org');
  const token = await magicToken('late@example.org');
  await kit.db.withScope({ system: 'test' }, async (tx) => {
    await tx.insert(credentials).values({ userId: id, passwordHash: 'x' });
  });
  await expect(open(token)).rejects.toMatchObject({ why: 'reset-first' });
  await kit.db.withScope({ system: 'test' }, async (tx) => {
    await tx.delete(credentials).where(eq(credentials.userId, id));
  });
  expect(await open(token)).toMatchObject({ type: 'started' });
});

test('A47 a claim that somebody can open otherwise is mailed no link, and opened by none', async () => {
  const id = await arrangeClaim('planted@example.org');
  const token = await magicToken('planted@example.org');
  await kit.db.withScope({ system: 'test' }, async (tx) => {
    const key = { id: randomUUID(), userId: id, name: 'Key', publicKey: '', counter: 0, isBackedUp: false };
    await tx.insert(passkeys).values(key);
  });
  await expect(open(token)).rejects.toMatchObject({ why: 'register-anew' });
  const before = await kit.mailsTo('planted@example.org');
  for (const purpose of ['magic', 'reset'] as const)
    await kit.auth.linkRequests.request('planted@example.org', purpose, kit.device);
  expect(await kit.mailsTo('planted@example.org')).toEqual(before);
});
