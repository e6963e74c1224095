import { users } from '@atrium/db';
import { openTestDatabase, type TestDatabase } from '@atrium/db/testing';
import { verify } from '@node-rs/argon2';
import type * as argon2 from '@node-rs/argon2';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createSignInLimits, TooManyAttempts } from '../limit/sign-in-limits.ts';
import { createAuditTrail } from '../audit/audit-trail.ts';
import { createDeviceCookies } from '../limit/device-cookie.ts';
import { createSecretBox } from '../seal/secret-box.ts';
import { defaultLifetimes } from '../session/lifetimes.ts';
import { createSessions } from '../session/sessions.ts';
import { type Accounts, BadCredentials, createAccounts } from './accounts.ts';

/** The real hashing, which a test can count. */
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof argon2>();
  return { ...real, verify: vi.fn(real.verify) };
});

const device = { userAgent: undefined, address: '203.0.113.7' };
const ada = { email: 'ada@example.org', password: 'correct horse', name: 'Ada' };

const deviceCookies = createDeviceCookies(createSecretBox(['only for tests, and long enough for them']));

let db: TestDatabase;
let accounts: Accounts;

beforeAll(async () => {
  db = await openTestDatabase();
  accounts = newAccounts();
  await accounts.register(ada, device);
});
afterAll(() => db[Symbol.asyncDispose]());
beforeEach(() => {
  accounts = newAccounts();
});

function newAccounts() {
  const sessions = createSessions({ db, lifetimes: defaultLifetimes });
  return createAccounts({ db, sessions, limits: createSignInLimits(), audit: createAuditTrail(db), deviceCookies });
}

test('A20 an address signs in whatever its letters look like', async () => {
  const { identity } = await accounts.signIn({ email: ' ADA@Example.org ', password: ada.password }, device);
  expect(identity.user).toMatchObject({ email: 'ada@example.org', name: 'Ada', isGuest: false });
});

test('A21 a wrong password and an unknown address get the same answer', async () => {
  const wrong = accounts.signIn({ email: ada.email, password: 'wrong horse' }, device);
  const unknown = accounts.signIn({ email: 'nobody@example.org', password: 'wrong horse' }, device);
  const answers = await Promise.allSettled([wrong, unknown]);
  expect(
    answers.map((answer) => (answer.status === 'rejected' ? [answer.reason.constructor, answer.reason.message] : 'in')),
  ).toEqual([
    [BadCredentials, 'The address or the password is not right.'],
    [BadCredentials, 'The address or the password is not right.'],
  ]);
});

test('A22 an unknown address costs the same hashing as a known one', async () => {
  const hashingFor = async (email: string) => {
    vi.mocked(verify).mockClear();
    await expect(accounts.signIn({ email, password: 'wrong horse' }, device)).rejects.toThrow(BadCredentials);
    // The algorithm and its parameters, which are what the time depends on; not the salt.
    return vi
      .mocked(verify)
      .mock.calls.map(([passwordHash, password]) => [String(passwordHash).split('$').slice(0, 4), password]);
  };
  const known = await hashingFor(ada.email);
  // One for whoever confirmed the address, one for whoever claims it.
  const one = [['', 'argon2id', 'v=19', 'm=19456,t=2,p=1'], 'wrong horse'];
  expect(known).toEqual([one, one]);
  expect(await hashingFor('nobody@example.org')).toEqual(known);
});

test('A23 a claimed address can be claimed again: the newest claim signs in until one of them is confirmed', async () => {
  const claim = (name: string) =>
    accounts.register({ email: 'race@example.org', password: `password of ${name}`, name }, device);
  const signIn = (name: string) =>
    accounts.signIn({ email: 'race@example.org', password: `password of ${name}` }, device);
  const first = await claim('one');
  expect(first.identity.user).toMatchObject({ email: 'race@example.org', confirmedAt: null });
  await claim('two');
  await expect(signIn('one')).rejects.toThrow(BadCredentials);
  expect((await signIn('two')).identity.user.name).toBe('two');
  await db.withScope({ system: 'test' }, async (tx) => {
    await tx.update(users).set({ confirmedAt: new Date() }).where(eq(users.id, first.identity.user.id));
  });
  expect((await signIn('one')).identity.user.name).toBe('one');
});

test('A24 the eleventh guess is refused before any hashing, and a right password before it forgives', async () => {
  for (let n = 0; n < 9; n++) await accounts.signIn({ ...ada, password: `guess ${n}` }, device).catch(() => {});
  await accounts.signIn(ada, device);
  for (let n = 0; n < 10; n++) await accounts.signIn({ ...ada, password: `guess ${n}` }, device).catch(() => {});
  await expect(accounts.signIn(ada, device)).rejects.toThrow(TooManyAttempts);
});

test('A25 a guest has a name, no address, and a session like anybody', async () => {
  const { identity } = await accounts.enterAsGuest({ name: 'Visitor' }, device);
  expect(identity.user).toMatchObject({ email: null, name: 'Visitor', isGuest: true });
});
