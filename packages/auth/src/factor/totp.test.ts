import { findTotpSecret, listAuditEvents, recoveryCodes as recoveryCodeRows, totpSecrets } from '@atrium/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TooManyAttempts } from '../limit/consume.ts';
import type { Identity } from '../session/identity.ts';
import { device, FactorStage, fromBase32 } from '../testing/factor-stage.ts';
import { BadCode } from './second-factor.ts';
import { TotpIsOff, TotpIsOn, TotpSetupOver } from './totp.ts';

let stage: FactorStage;

beforeAll(async () => {
  stage = await FactorStage.open();
});
afterAll(() => stage[Symbol.asyncDispose]());

const actionsOf = async (userId: string) => {
  const events = await stage.db.withScope({ user: userId }, (tx) =>
    listAuditEvents(tx, { userId, before: null, most: 20 }),
  );
  return events.map(({ action }) => action);
};

const outcomes = (calls: readonly PromiseSettledResult<unknown>[]) =>
  calls.map((call) => (call.status === 'fulfilled' ? 'done' : call.reason.name)).toSorted((a, b) => a.localeCompare(b));

const begun = async (identity: Identity) => fromBase32((await stage.auth.totp.begin(identity)).secret);

test('A68 it is on once a code was typed, off again on request, and both are written down and told', async () => {
  const ada = await stage.signUp();
  await stage.auth.totp.begin(ada);
  expect(await stage.auth.secondFactor.isNeeded(ada.user.id)).toBe(false);
  await stage.enableTotp(ada);
  expect(await stage.auth.secondFactor.isNeeded(ada.user.id)).toBe(true);
  expect(await stage.auth.totp.status(ada)).toEqual({ since: new Date(stage.now), recoveryCodesLeft: 10 });
  await stage.auth.totp.disable(ada, device);
  expect(await stage.auth.secondFactor.isNeeded(ada.user.id)).toBe(false);
  expect(await stage.auth.totp.status(ada)).toEqual({ since: null, recoveryCodesLeft: 0 });
  await expect(stage.auth.totp.disable(ada, device)).rejects.toThrow(TotpIsOff);
  expect(await stage.mailsTo(ada)).toEqual(['A second factor was added', 'A second factor was removed']);
  expect(await actionsOf(ada.user.id)).toEqual(['totp-removed', 'totp-added']);
});

test('A68 a wrong code does not turn it on, and guessing is bounded', async () => {
  const ada = await stage.signUp();
  const { secret } = await stage.auth.totp.begin(ada);
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  for (let n = 0; n < 10; n++) await expect(stage.auth.totp.confirm(ada, 'x', device)).rejects.toThrow(BadCode);
  await expect(stage.auth.totp.confirm(ada, 'x', device)).rejects.toThrow(TooManyAttempts);
  expect(await stage.auth.secondFactor.isNeeded(ada.user.id)).toBe(false);
});

test('A68 what is on is not replaced, and what took too long begins again', async () => {
  const [ada, bob] = [await stage.signUp(), await stage.signUp()];
  await stage.enableTotp(ada);
  await expect(stage.auth.totp.begin(ada)).rejects.toThrow(TotpIsOn);
  await expect(stage.auth.totp.confirm(ada, '123456', device)).rejects.toThrow(TotpSetupOver);
  await expect(stage.auth.totp.confirm(bob, '123456', device)).rejects.toThrow(TotpSetupOver);
  await stage.auth.totp.begin(bob);
  stage.now += 15 * 60_000;
  await expect(stage.auth.totp.confirm(bob, '123456', device)).rejects.toThrow(TotpSetupOver);
});

test('A68 of two who confirm at once one gets the codes that work', async () => {
  const ada = await stage.signUp();
  const code = stage.code(await begun(ada));
  const both = [1, 2].map(() => stage.auth.totp.confirm(ada, code, device));
  expect(outcomes(await Promise.allSettled(both))).toEqual(['done', 'TotpSetupOver']);
  expect((await stage.auth.totp.status(ada)).recoveryCodesLeft).toBe(10);
});

test('A68 a code of a secret that was replaced meanwhile does not confirm the new one', async () => {
  const ada = await stage.signUp();
  const key = await begun(ada);
  await stage.auth.totp.begin(ada);
  await expect(stage.auth.totp.confirm(ada, stage.code(key), device)).rejects.toThrow(BadCode);
});

test('A68 the secret is sealed in the database, and no code is in it', async () => {
  const ada = await stage.signUp();
  const { key, recoveryCodes } = await stage.enableTotp(ada);
  const rows = await stage.db.withScope({ system: 'test' }, async (tx) => [
    ...(await tx.select().from(totpSecrets)),
    ...(await tx.select().from(recoveryCodeRows)),
  ]);
  expect(rows.length).toBeGreaterThan(10);
  const dump = JSON.stringify(rows);
  for (const secret of [key.toString('base64url'), key.toString('hex'), ...recoveryCodes]) {
    expect(dump).not.toContain(secret);
  }
});

test('A69 the code that turned it on does not sign in, nor does any code twice', async () => {
  const ada = await stage.signUp();
  const { key } = await stage.enableTotp(ada);
  const check = (code: string) => stage.auth.secondFactor.check(ada.user.id, code);
  expect(await check(stage.code(key))).toBeNull();
  expect(await check(stage.code(key, 1))).toBe('totp');
  expect(await check(stage.code(key, 1))).toBeNull();
  // An older one is used up with the newer one.
  stage.now += 30_000;
  expect(await check(stage.code(key, -1))).toBeNull();
  stage.now += 30_000;
  const spaced = stage.code(key).replace(/^(...)/, '$1 ');
  expect(await check(spaced)).toBe('totp');
});

test('A69 of those who use one code at the same time one wins, whoever comes first', async () => {
  const ada = await stage.signUp();
  const { key } = await stage.enableTotp(ada);
  for (const late of [1, 2]) {
    stage.now += 60_000;
    const code = stage.code(key);
    const calls = Array.from({ length: 8 }, async (_, n) => {
      if (n % 2 === late % 2) await Promise.resolve();
      return stage.auth.secondFactor.check(ada.user.id, code);
    });
    expect((await Promise.all(calls)).filter((factor) => factor === 'totp')).toHaveLength(1);
  }
});

test('A69 a newer code and an older one at the same time: never the older after the newer', async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ] as const) {
    const ada = await stage.signUp();
    const { key } = await stage.enableTotp(ada);
    stage.now += 60_000;
    const last = stage.code(key, 1);
    const results = await Promise.all(
      order.map((later) => stage.auth.secondFactor.check(ada.user.id, stage.code(key, later))),
    );
    expect(results[order.indexOf(1)]).toBe('totp');
    expect(await stage.auth.secondFactor.check(ada.user.id, last)).toBeNull();
    const row = await stage.db.withScope({ system: 'test' }, (tx) => findTotpSecret(tx, ada.user.id));
    expect(row?.lastStep).toBe(Math.floor(stage.now / 30_000) + 1);
  }
});

test('A69 a code of a neighbour opens nothing', async () => {
  const [ada, bob] = [await stage.signUp(), await stage.signUp()];
  await stage.enableTotp(ada);
  const { key, recoveryCodes } = await stage.enableTotp(bob);
  stage.now += 60_000;
  expect(await stage.auth.secondFactor.check(ada.user.id, stage.code(key))).toBeNull();
  expect(await stage.auth.secondFactor.check(ada.user.id, recoveryCodes[0] ?? '')).toBeNull();
  expect(await stage.auth.secondFactor.check(bob.user.id, stage.code(key))).toBe('totp');
});

test('A70 each recovery code works once, also for many at once', async () => {
  const ada = await stage.signUp();
  const { recoveryCodes } = await stage.enableTotp(ada);
  const [first = '', second = ''] = recoveryCodes;
  const calls = Array.from({ length: 8 }, () => stage.auth.secondFactor.check(ada.user.id, first));
  expect((await Promise.all(calls)).filter((factor) => factor === 'recovery-code')).toHaveLength(1);
  expect(await stage.auth.secondFactor.check(ada.user.id, second.toUpperCase())).toBe('recovery-code');
  expect((await stage.auth.totp.status(ada)).recoveryCodesLeft).toBe(8);
  const [, ...used] = await stage.mailsTo(ada);
  expect(used).toEqual(['A recovery code was used', 'A recovery code was used']);
});

test('A70 new codes void the old ones; made twice at once, ten are left', async () => {
  const ada = await stage.signUp();
  const { recoveryCodes } = await stage.enableTotp(ada);
  const [one, two] = await Promise.all([1, 2].map(() => stage.auth.totp.renewRecoveryCodes(ada, device)));
  expect((await stage.auth.totp.status(ada)).recoveryCodesLeft).toBe(10);
  const works = async (codes: readonly string[] = []) => stage.auth.secondFactor.check(ada.user.id, codes[0] ?? '');
  expect(await works(recoveryCodes)).toBeNull();
  expect([await works(one), await works(two)].filter(Boolean)).toHaveLength(1);
  const bob = await stage.signUp();
  await expect(stage.auth.totp.renewRecoveryCodes(bob, device)).rejects.toThrow(TotpIsOff);
});

test('A71 guesses are bounded by account, in parallel too; recovery codes are left to the owner', async () => {
  const ada = await stage.signUp();
  const { key, recoveryCodes } = await stage.enableTotp(ada);
  stage.now += 60_000;
  const guesses = Array.from({ length: 30 }, () => stage.auth.secondFactor.check(ada.user.id, '000000'));
  const refused = (await Promise.allSettled(guesses)).filter((guess) => guess.status === 'rejected');
  expect(refused).toHaveLength(20);
  await expect(stage.auth.secondFactor.check(ada.user.id, stage.code(key))).rejects.toThrow(TooManyAttempts);
  expect(await stage.auth.secondFactor.check(ada.user.id, recoveryCodes[0] ?? '')).toBe('recovery-code');
});
