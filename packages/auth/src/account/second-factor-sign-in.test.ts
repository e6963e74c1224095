import { listAuditEvents, listSessions } from '@atrium/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BadCode, SecondFactorRequired } from '../factor/second-factor.ts';
import { TooManyAttempts } from '../limit/consume.ts';
import type { Identity } from '../session/identity.ts';
import { device, FactorStage } from '../testing/factor-stage.ts';
import { BadCredentials } from './accounts.ts';

const password = 'correct horse';

let stage: FactorStage;
let people = 0;

beforeAll(async () => {
  stage = await FactorStage.open();
});
afterAll(() => stage[Symbol.asyncDispose]());

async function register(): Promise<{ readonly identity: Identity; readonly email: string }> {
  const email = `person${people++}@example.org`;
  const { identity } = await stage.auth.accounts.register({ email, password, name: 'Ada' }, device);
  return { identity, email };
}

const signIn = (email: string, more: { password?: string; code?: string; address?: string } = {}) =>
  stage.auth.accounts.signIn(
    { email, password: more.password ?? password, code: more.code },
    { ...device, address: more.address ?? device.address },
  );

test('A72 the code is asked for after the right password, and only then', async () => {
  const { identity, email } = await register();
  await expect(signIn(email)).resolves.toMatchObject({ identity: { session: { factors: ['password'] } } });
  const { key, recoveryCodes } = await stage.enableTotp(identity);
  stage.now += 60_000;
  const code = stage.code(key);
  await expect(signIn(email)).rejects.toThrow(SecondFactorRequired);
  await expect(signIn(email, { code: '  ' })).rejects.toThrow(SecondFactorRequired);
  await expect(signIn(email, { password: 'wrong', code })).rejects.toThrow(BadCredentials);
  await expect(signIn(email, { code: '000000' })).rejects.toThrow(BadCode);
  await expect(signIn(email, { code })).resolves.toMatchObject({
    identity: { session: { factors: ['password', 'totp'] } },
  });
  await expect(signIn(email, { code })).rejects.toThrow(BadCode);
  const recovery = recoveryCodes[0] ?? '';
  await expect(signIn(email, { code: recovery })).resolves.toMatchObject({
    identity: { session: { factors: ['password', 'recovery-code'] } },
  });
  await expect(signIn(email, { code: recovery })).rejects.toThrow(BadCode);
});

test('A72 a wrong password does not use the code up', async () => {
  const { identity, email } = await register();
  const { key } = await stage.enableTotp(identity);
  stage.now += 60_000;
  await expect(signIn(email, { password: 'wrong', code: stage.code(key) })).rejects.toThrow(BadCredentials);
  await expect(signIn(email, { code: stage.code(key) })).resolves.toBeDefined();
});

test('A72 a wrong code after the right password is written down', async () => {
  const { identity, email } = await register();
  await stage.enableTotp(identity);
  await expect(signIn(email, { code: '000000' })).rejects.toThrow(BadCode);
  const { id } = identity.user;
  const [newest] = await stage.db.withScope({ user: id }, (tx) =>
    listAuditEvents(tx, { userId: id, before: null, most: 1 }),
  );
  expect(newest).toMatchObject({ action: 'signed-in', result: 'refused', detail: { factor: 'code' } });
});

test('A71 who knows the password does not get more guesses from more networks at once', async () => {
  const { identity, email } = await register();
  const { key } = await stage.enableTotp(identity);
  stage.now += 60_000;
  const guesses = Array.from({ length: 16 }, (_, n) => signIn(email, { code: '000000', address: `198.51.100.${n}` }));
  const outcomes = (await Promise.allSettled(guesses)).map((guess) => guess.status === 'rejected' && guess.reason.name);
  expect(outcomes.filter((name) => name === 'BadCode')).toHaveLength(10);
  expect(outcomes.filter((name) => name === 'TooManyAttempts')).toHaveLength(6);
  const right = signIn(email, { code: stage.code(key), address: '203.0.113.200' });
  await expect(right).rejects.toThrow(TooManyAttempts);
});

test('A51 a password that is replaced during a sign-in opens nothing, though the other sessions have ended before', async () => {
  const { identity, email } = await register();
  const { sessions, passwords } = stage.auth;
  const { start } = sessions;
  // The old password was found to be right, and the session starts after the others were ended.
  sessions.start = async (...args) => {
    sessions.start = start;
    await passwords.change(identity, { current: password, password: 'another horse' }, device);
    return start.apply(sessions, args);
  };
  await expect(signIn(email)).rejects.toThrow(BadCredentials);
  const left = await stage.db.withScope({ user: identity.user.id }, (tx) => listSessions(tx, identity.user.id));
  expect(left.map(({ publicId }) => publicId)).toEqual([identity.session.publicId]);
});

test('A79 a second factor that is turned on during a sign-in is asked for, though the other sessions have ended before', async () => {
  const { identity, email } = await register();
  const { sessions, secondFactor } = stage.auth;
  const { start } = sessions;
  // The sign-in has read that no code is needed, and its session starts after the others were ended.
  sessions.start = async (...args) => {
    sessions.start = start;
    await stage.enableTotp(identity);
    await sessions.endOthers(identity, 'signed-out-elsewhere');
    return start.apply(sessions, args);
  };
  await expect(signIn(email)).rejects.toThrow(SecondFactorRequired);
  expect(await secondFactor.isNeeded(identity.user.id)).toBe(true);
  const left = await stage.db.withScope({ user: identity.user.id }, (tx) => listSessions(tx, identity.user.id));
  expect(left.map(({ publicId }) => publicId)).toEqual([identity.session.publicId]);
});
