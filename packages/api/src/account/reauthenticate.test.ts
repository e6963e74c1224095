import { hashPassword, type Identity } from '@atrium/auth';
import { insertCredential, listAuditEvents } from '@atrium/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../app-router.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';

let kit: TestServices;
let hash: string;
beforeAll(async () => {
  kit = await openTestServices();
  hash = await hashPassword('correct horse');
});
afterAll(() => kit[Symbol.asyncDispose]());

/** Somebody who has a password, and has not proved for an hour who they are. */
async function stale(): Promise<Identity> {
  const ada = await kit.signUp();
  await kit.services.db.withScope({ system: 'test' }, (tx) => insertCredential(tx, ada.user.id, hash));
  await kit.leaveSudo(ada);
  return ada;
}

const caller = (identity: Identity) => appRouter.createCaller(kit.httpContext(identity));

const eventsOf = ({ user }: Identity) =>
  kit.services.db.withScope({ user: user.id }, async (tx) => {
    const events = await listAuditEvents(tx, { userId: user.id, before: null, most: 50 });
    return events.map(({ action, result, detail }) => ({ action, result, detail })).toReversed();
  });

test('A65 the password opens sudo, a wrong one does not, and both are written down', async () => {
  const ada = await stale();
  await expect(caller(ada).auth.reauthenticate({ password: 'wrong horse' })).rejects.toMatchObject({
    reason: 'BAD_CREDENTIALS',
  });
  expect((await kit.services.sessions.authenticatedAt(ada))?.getTime()).toBeLessThan(Date.now() - 3_000_000);
  const me = await caller(ada).auth.reauthenticate({ password: 'correct horse' });
  expect(Date.parse(me.session?.sudoUntil ?? '')).toBeGreaterThan(Date.now());
  expect(await eventsOf(ada)).toEqual([
    { action: 'sudo-opened', result: 'refused', detail: { factor: 'password' } },
    { action: 'sudo-opened', result: 'done', detail: { factor: 'password' } },
  ]);
});

test('A65 guesses are limited like those of a sign-in, and the limit holds for both together', async () => {
  const ada = await stale();
  const guess = () => caller(ada).auth.reauthenticate({ password: 'wrong horse' });
  for (let count = 0; count < 6; count += 1) await expect(guess()).rejects.toMatchObject({ reason: 'BAD_CREDENTIALS' });
  const signIn = { email: ada.user.email ?? '', password: 'wrong horse' };
  const login = () => appRouter.createCaller(kit.httpContext(null)).auth.login(signIn);
  for (let count = 0; count < 4; count += 1) await expect(login()).rejects.toMatchObject({ reason: 'BAD_CREDENTIALS' });
  await expect(guess()).rejects.toMatchObject({ reason: 'TOO_MANY' });
  await expect(caller(ada).auth.reauthenticate({ password: 'correct horse' })).rejects.toMatchObject({
    reason: 'TOO_MANY',
  });
});

test('A65 whoever has no password reads what to do instead', async () => {
  const bob = await kit.signUp();
  await expect(caller(bob).auth.reauthenticate({ password: 'x' })).rejects.toMatchObject({
    reason: 'NO_PASSWORD',
    message: expect.stringMatching(/sign in again/i) as string,
  });
});

test('A65 a session that ended while the password was compared opens nothing', async () => {
  const ada = await stale();
  const context = kit.httpContext(ada);
  const asked = appRouter
    .createCaller({ ...context, identify: () => Promise.resolve(ada) })
    .auth.reauthenticate({ password: 'correct horse' });
  await kit.services.sessions.end(ada, ada.session.publicId, 'signed-out');
  await expect(asked).rejects.toMatchObject({ reason: 'SESSION_ENDED' });
});

test('A65 ending sessions is written down, once for each, and signing out once', async () => {
  const ada = await stale();
  const device = { userAgent: undefined, address: '127.0.0.1' };
  const others = await Promise.all(
    [1, 2, 3].map(() => kit.services.sessions.start(ada.user.id, device, { factors: ['password'] })),
  );
  const publicId = others[0]?.identity.session.publicId ?? '';
  await caller(ada).sessions.revoke({ publicId });
  expect(await caller(ada).sessions.list()).toMatchObject([
    { remembered: true, factors: ['password'] },
    { remembered: true, factors: ['password'] },
    { remembered: true, factors: ['password'] },
  ]);
  await caller(ada).sessions.revokeOthers();
  await caller(ada).auth.logout();
  await caller(ada).auth.logout();
  const events = await eventsOf(ada);
  expect(events.map(({ action }) => action)).toEqual(['session-ended', 'session-ended', 'session-ended', 'signed-out']);
  expect(events[0]?.detail).toEqual({ session: publicId });
});
