import { auditEvents, findUser, listRooms, users } from '@atrium/db';
import { arrangeRoom, openTestDatabase, type TestDatabase } from '@atrium/db/testing';
import { verify } from '@node-rs/argon2';
import type * as argon2 from '@node-rs/argon2';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createSignInLimits } from '../limit/sign-in-limits.ts';
import { TooManyAttempts } from '../limit/consume.ts';
import { createAuditTrail } from '../audit/audit-trail.ts';
import { createDeviceCookies } from '../limit/device-cookie.ts';
import { createSecretBox } from '../seal/secret-box.ts';
import { WeakPassword } from '../password/strength.ts';
import { defaultLifetimes } from '../session/lifetimes.ts';
import { createSessions } from '../session/sessions.ts';
import { type Accounts, BadCredentials, createAccounts, NotAGuest } from './accounts.ts';

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

const secondFactor = { isNeeded: () => Promise.resolve(false), check: () => Promise.resolve(null) };

function newAccounts() {
  const sessions = createSessions({ db, lifetimes: defaultLifetimes });
  const parts = { db, sessions, limits: createSignInLimits(), audit: createAuditTrail(db) };
  return createAccounts({ ...parts, deviceCookies, secondFactor });
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

test('A107 whoever guesses elsewhere does not lock the owner out of a known browser', async () => {
  const owner = { ...device, address: '198.51.100.9' };
  const { identity } = await accounts.signIn(ada, owner);
  const known = { ...owner, cookie: deviceCookies.issue(identity.user.id) };
  for (let n = 0; n < 11; n++) await accounts.signIn({ ...ada, password: `guess ${n}` }, owner).catch(() => {});
  await expect(accounts.signIn(ada, owner)).rejects.toThrow(TooManyAttempts);
  expect((await accounts.signIn(ada, known)).identity.user.id).toBe(identity.user.id);
  for (let n = 0; n < 10; n++) await accounts.signIn({ ...ada, password: `guess ${n}` }, known).catch(() => {});
  await expect(accounts.signIn(ada, known)).rejects.toThrow(TooManyAttempts);
});

test('A107 a device cookie of one account is worth nothing for another one, nor for what merely claims the address', async () => {
  const email = 'claimed@example.org';
  const claim = (password: string) => accounts.register({ email, password, name: 'Claim' }, device);
  const owner = await claim('the words of the owner');
  await db.withScope({ system: 'test' }, async (tx) => {
    await tx.update(users).set({ confirmedAt: new Date() }).where(eq(users.id, owner.identity.user.id));
  });
  const intruder = await claim('the words of a stranger');
  const cookie = deviceCookies.issue(intruder.identity.user.id);
  const guess = (n: number) => accounts.signIn({ email, password: `guess ${n}` }, { ...device, cookie });
  for (let n = 0; n < 10; n++) await guess(n).catch(() => {});
  // Counted like anybody's: had the cookie been believed, the network's own ten would still be there.
  await expect(accounts.signIn({ email, password: 'the words of the owner' }, device)).rejects.toThrow(TooManyAttempts);
});

test('A107 the guesses of a known browser serve for its own account alone', async () => {
  const email = 'two-claims@example.org';
  const claim = (password: string) => accounts.register({ email, password, name: 'Claim' }, device);
  const owner = await claim('the words of the owner');
  await db.withScope({ system: 'test' }, async (tx) => {
    await tx.update(users).set({ confirmedAt: new Date() }).where(eq(users.id, owner.identity.user.id));
  });
  await claim('the words of another');
  const known = { ...device, cookie: deviceCookies.issue(owner.identity.user.id) };
  await expect(accounts.signIn({ email, password: 'the words of another' }, known)).rejects.toThrow(BadCredentials);
  await expect(accounts.signIn({ email, password: 'the words of another' }, device)).resolves.toBeDefined();
});

test('A109 nobody registers or claims an account with a password that is easy to guess', async () => {
  const weak = { email: 'weak@example.org', password: 'password1', name: undefined };
  await expect(accounts.register(weak, device)).rejects.toThrow(WeakPassword);
  const { identity } = await accounts.enterAsGuest({ name: 'Visitor' }, device);
  await expect(accounts.claim(identity, weak, device)).rejects.toThrow(WeakPassword);
  await expect(accounts.claim(identity, { ...weak, password: 'Visitor77' }, device)).rejects.toThrow(WeakPassword);
});

test('A110 a guest who claims an account stays the same user, with an address that is not confirmed', async () => {
  const { identity } = await accounts.enterAsGuest({ name: 'Visitor' }, device);
  const roomId = await arrangeRoom(db, identity.user.id);
  const claim = { email: 'Visitor@Example.org', password: 'correct horse', name: undefined };
  const claimed = await accounts.claim(identity, claim, device);
  const expected = { id: identity.user.id, email: 'visitor@example.org', isGuest: false, confirmedAt: null };
  expect(claimed.user).toMatchObject({ ...expected, name: 'Visitor' });
  const row = await db.withScope({ system: 'test' }, (tx) => findUser(tx, identity.user.id));
  expect(row).toMatchObject(expected);
  expect((await accounts.signIn(claim, device)).identity.user.id).toBe(identity.user.id);
  const rooms = await db.withScope({ user: identity.user.id }, (tx) =>
    listRooms(tx, identity.user.id, { archived: false }),
  );
  expect(rooms.map(({ id, role }) => [id, role])).toEqual([[roomId, 'owner']]);
  await expect(accounts.claim(claimed, claim, device)).rejects.toThrow(NotAGuest);
});

test('A110 of two claims at once one wins, and the other is told in words', async () => {
  const { identity } = await accounts.enterAsGuest({ name: 'Visitor' }, device);
  const claim = (n: number) =>
    accounts.claim(
      identity,
      { email: `click${n}@example.org`, password: `correct horse ${n}`, name: undefined },
      device,
    );
  const outcomes = await Promise.allSettled([claim(1), claim(2)]);
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  expect(refused).toEqual([expect.any(NotAGuest)]);
  const winner = outcomes.findIndex(({ status }) => status === 'fulfilled') + 1;
  const signIn = (n: number) =>
    accounts.signIn({ email: `click${n}@example.org`, password: `correct horse ${n}` }, device);
  expect((await signIn(winner)).identity.user.id).toBe(identity.user.id);
  await expect(signIn(3 - winner)).rejects.toThrow(BadCredentials);
});

test('A110 a claimed account is as new as its claim: an older one of the same address does not shut it out', async () => {
  const { identity } = await accounts.enterAsGuest({ name: 'Early' }, device);
  const email = 'early@example.org';
  await accounts.register({ email, password: 'words of an older claim', name: 'Older' }, device);
  await accounts.claim(identity, { email, password: 'words of a newer claim', name: undefined }, device);
  const again = await accounts.signIn({ email, password: 'words of a newer claim' }, device);
  expect(again.identity.user.id).toBe(identity.user.id);
});

test('A116 every sign-in is written down, refused ones for the owner alone, and the same work is done for nobody', async () => {
  const registered = await accounts.register({ ...ada, email: 'audited@example.org' }, device);
  const { id } = registered.identity.user;
  await accounts.signIn({ ...ada, email: 'audited@example.org' }, device);
  await accounts.signIn({ email: 'audited@example.org', password: 'wrong horse' }, device).catch(() => {});
  const own = await eventsOf(id);
  expect(own.map(({ action, result, actorId }) => [action, result, actorId])).toEqual([
    ['signed-in', 'refused', null],
    ['signed-in', 'done', id],
    ['registered', 'done', id],
  ]);
  expect(own[0]).toMatchObject({ place: '203.0.113.0/24', label: 'Unknown device', detail: {} });
  const before = (await eventsOf(null)).length;
  await accounts.signIn({ email: 'nobody-there@example.org', password: 'wrong horse' }, device).catch(() => {});
  expect((await eventsOf(null)).length).toBe(before + 1);
  expect(JSON.stringify(await eventsOf(null))).not.toContain('nobody-there');
});

function eventsOf(userId: string | null) {
  return db.withScope({ system: 'test' }, (tx) =>
    tx
      .select()
      .from(auditEvents)
      .where(and(userId === null ? isNull(auditEvents.userId) : eq(auditEvents.userId, userId)))
      .orderBy(desc(auditEvents.id)),
  );
}
