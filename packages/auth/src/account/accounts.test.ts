import { openTestDatabase, type TestDatabase } from '@atrium/db/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSignInLimits, TooManyAttempts } from '../limit/sign-in-limits.ts';
import { defaultLifetimes } from '../session/lifetimes.ts';
import { createSessions } from '../session/sessions.ts';
import { type Accounts, BadCredentials, createAccounts, EmailTaken } from './accounts.ts';

const device = { userAgent: undefined, address: '203.0.113.7' };
const ada = { email: 'ada@example.org', password: 'correct horse', name: 'Ada' };

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
  return createAccounts({ db, sessions, limits: createSignInLimits() });
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
  const time = async (email: string) => {
    const began = performance.now();
    await accounts.signIn({ email, password: 'wrong horse' }, device).catch(() => {});
    return performance.now() - began;
  };
  await time('warm@example.org');
  const rounds = 5;
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < rounds; round++) {
    known.push(await time(ada.email));
    unknown.push(await time(`nobody${round}@example.org`));
  }
  // A skipped hash would be some twenty times faster; the bound leaves room for a busy machine.
  expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 3);
});

test('A23 two people who register one address at the same instant: one wins, whole', async () => {
  const both = await Promise.allSettled(
    ['one', 'two'].map((name) =>
      accounts.register({ email: 'race@example.org', password: `password of ${name}`, name }, device),
    ),
  );
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const lost = both.find((each) => each.status === 'rejected');
  expect(lost?.reason).toBeInstanceOf(EmailTaken);
  const winner = both[0]?.status === 'fulfilled' ? 'one' : 'two';
  await accounts.signIn({ email: 'race@example.org', password: `password of ${winner}` }, device);
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
