import { insertUser, listAuditEvents } from '@atrium/db';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BadCredentials } from '../account/accounts.ts';
import { BadCode, type SecondFactor, SecondFactorRequired } from '../factor/second-factor.ts';
import { TooManyAttempts } from '../limit/consume.ts';
import { openTestAuth, type TestAuth } from '../testing/test-auth.ts';

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

async function resetToken(email: string): Promise<string> {
  await kit.auth.linkRequests.request(email, 'reset', kit.device);
  return kit.tokenTo(email);
}
const reset = (token: string, password: string, code?: string) =>
  kit.auth.passwords.reset({ token, password, code }, kit.device);
const signIn = (email: string, password: string) => kit.auth.accounts.signIn({ email, password }, kit.device);

test('A48 a reset sets the password, ends every session, signs in, and tells the owner', async () => {
  const before = await kit.signUp('ada@example.org');
  const token = await resetToken('ada@example.org');
  const { started, ended } = await reset(token, 'another horse');
  expect(ended).toEqual([before.identity.session.publicId]);
  expect(await kit.auth.sessions.resume(before.token)).toBeNull();
  expect(started.identity.session.factors).toEqual(['mail']);
  await expect(signIn('ada@example.org', 'correct horse')).rejects.toThrow(BadCredentials);
  await signIn('ada@example.org', 'another horse');
  expect((await kit.mailsTo('ada@example.org'))[0]?.subject).toBe('Your password was changed');
  const events = await kit.db.withScope({ system: 'audit' }, (tx) =>
    listAuditEvents(tx, { userId: before.identity.user.id, before: null, most: 20 }),
  );
  const actions = events.map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(['password-reset', 'password-reset-requested', 'email-confirmed']));
  expect(JSON.stringify(events)).not.toContain(token);
  await expect(reset(token, 'third horse')).rejects.toMatchObject({ why: 'invalid' });
});

test('A48 of several who reset at once, one sets the password', async () => {
  await kit.signUp('several@example.org');
  const token = await resetToken('several@example.org');
  const tries = Array.from({ length: 4 }, (_, n) => `password number ${n}`);
  const outcomes = await Promise.allSettled(tries.map((password) => reset(token, password)));
  const won = outcomes.findIndex(({ status }) => status === 'fulfilled');
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await signIn('several@example.org', tries[won] ?? '');
});

test('A48 it does not get past a second factor; a wrong code leaves the link and the password as they are', async () => {
  const { identity } = await kit.signUp('guarded@example.org');
  guarded.add(identity.user.id);
  const token = await resetToken('guarded@example.org');
  await expect(reset(token, 'another horse')).rejects.toThrow(SecondFactorRequired);
  await expect(reset(token, 'another horse', '000000')).rejects.toThrow(BadCode);
  // The old password is still the right one: what is asked for is the code.
  await expect(signIn('guarded@example.org', 'correct horse')).rejects.toThrow(SecondFactorRequired);
  const { started } = await reset(token, 'another horse', '123456');
  expect(started.identity.session.factors).toEqual(['mail', 'totp']);
});

test('A51 the password cannot be guessed at a session that stands open', async () => {
  const { identity } = await kit.signUp('open@example.org');
  const guess = (current: string) =>
    kit.auth.passwords.change(identity, { current, password: 'another horse' }, kit.device);
  for (let n = 0; n < 10; n += 1) await expect(guess(`guess ${n}`)).rejects.toThrow(BadCredentials);
  await expect(guess('correct horse')).rejects.toThrow(TooManyAttempts);
  // Nor where the same session asks for sudo.
  await expect(kit.auth.passwordProof.check(identity, 'correct horse', kit.device)).rejects.toThrow(TooManyAttempts);
});

test('A48 it makes a claim the account of whoever reads the mail, and the other links work no more', async () => {
  const { identity } = await kit.register('claim@example.org');
  const other = await resetToken('claim@example.org');
  const { started } = await reset(await resetToken('claim@example.org'), 'another horse');
  expect(started.identity.user).toMatchObject({ id: identity.user.id, confirmedAt: expect.any(Date) });
  await expect(reset(other, 'third horse')).rejects.toMatchObject({ why: 'invalid' });
});

test('A48 an address that somebody else confirmed meanwhile is not taken from them', async () => {
  await kit.register('contested@example.org');
  const confirmation = await kit.tokenTo('contested@example.org');
  await kit.register('contested@example.org');
  const token = await resetToken('contested@example.org');
  await kit.auth.addresses.confirm(confirmation, null, kit.device);
  await expect(reset(token, 'another horse')).rejects.toMatchObject({ why: 'taken' });
  await expect(signIn('contested@example.org', 'another horse')).rejects.toThrow(BadCredentials);
});

test('A51 a change of the password ends the other sessions and every link that was mailed before', async () => {
  const { identity } = await kit.signUp('changes@example.org');
  const other = await signIn('changes@example.org', 'correct horse');
  const token = await resetToken('changes@example.org');
  const change = { current: 'correct horse', password: 'another horse' };
  const wrong = kit.auth.passwords.change(identity, { ...change, current: 'wrong horse' }, kit.device);
  await expect(wrong).rejects.toThrow(BadCredentials);
  expect(await kit.auth.passwords.change(identity, change, kit.device)).toEqual([other.identity.session.publicId]);
  await expect(reset(token, 'third horse')).rejects.toMatchObject({ why: 'invalid' });
  await signIn('changes@example.org', 'another horse');
  expect((await kit.mailsTo('changes@example.org'))[0]?.subject).toBe('Your password was changed');
});

test('A51 an account without a password gets its first one', async () => {
  const id = randomUUID();
  const user = { id, email: 'first@example.org', name: 'First', confirmedAt: new Date() };
  await kit.db.withScope({ system: 'test' }, (tx) => insertUser(tx, user));
  const { identity } = await kit.auth.sessions.start(id, kit.device, { factors: ['mail'] });
  await kit.auth.passwords.change(identity, { current: undefined, password: 'correct horse' }, kit.device);
  expect((await signIn('first@example.org', 'correct horse')).identity.user.id).toBe(id);
});

test('A52 notices go to a confirmed address alone', async () => {
  const unconfirmed = await kit.register('maybe-not-mine@example.org');
  const confirmed = await kit.signUp('mine@example.org');
  for (const { identity } of [unconfirmed, confirmed])
    kit.auth.notices.send(identity.user.id, 'passkey-added', kit.device);
  expect((await kit.mailsTo('maybe-not-mine@example.org')).map(({ subject }) => subject)).toEqual([
    'Confirm your address',
  ]);
  expect((await kit.mailsTo('mine@example.org'))[0]?.subject).toBe('A passkey was added');
});
