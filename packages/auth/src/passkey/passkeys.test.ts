import { identities, insertCredential, listAuditEvents, passkeyChallenges, passkeys, users } from '@atrium/db';
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LastCredential } from '../account/last-credential.ts';
import type { Identity } from '../session/identity.ts';
import { device, FactorStage } from '../testing/factor-stage.ts';
import { type Answering, SoftwareAuthenticator } from '../testing/software-authenticator.ts';
import { BadPasskey } from './bad-passkey.ts';
import { TooManyPasskeys } from './passkeys.ts';
import { userHandleOf } from './user-handle.ts';

let stage: FactorStage;

beforeAll(async () => {
  stage = await FactorStage.open();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** Registers with whatever is wrong in `wrong`. */
async function register(
  identity: Identity,
  wrong: Partial<Answering> = {},
  authenticator = new SoftwareAuthenticator(),
) {
  const { challengeId, options } = await stage.auth.passkeys.begin(identity);
  const response = authenticator.register({ challenge: options.challenge, ...wrong });
  return stage.auth.passkeys.finish(identity, { challengeId, response }, device);
}

async function signIn(authenticator: SoftwareAuthenticator, wrong: Partial<Answering> = {}) {
  const { challengeId, options } = await stage.auth.passkeySignIn.begin(device);
  const response = authenticator.answer({ challenge: options.challenge, ...wrong });
  return stage.auth.passkeySignIn.finish({ challengeId, response }, device);
}

const outcomes = (calls: readonly PromiseSettledResult<unknown>[]) =>
  calls.map((call) => (call.status === 'fulfilled' ? 'done' : call.reason.name)).toSorted((a, b) => a.localeCompare(b));

const system = { system: 'test' } as const;

test('A73 the question asks for a discoverable credential, for the person to be verified, and for no attestation', async () => {
  const ada = await stage.signUp({ email: 'ada@example.org' });
  const { options } = await stage.auth.passkeys.begin(ada);
  expect(options).toMatchObject({
    attestation: 'none',
    rp: { id: 'localhost', name: 'Atrium' },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    user: { name: 'ada@example.org' },
  });
  const question = await stage.auth.passkeySignIn.begin(device);
  expect(question.options).toMatchObject({ userVerification: 'required', rpId: 'localhost' });
  expect(question.options.allowCredentials ?? []).toEqual([]);
});

test('A73 a passkey signs in by itself, is counted, told and written down', async () => {
  const ada = await stage.signUp();
  const phone = await stage.addPasskey(ada);
  const { identity } = await signIn(phone, {
    userHandle: Buffer.from(userHandleOf(ada.user.id)).toString('base64url'),
  });
  expect(identity).toMatchObject({ user: { id: ada.user.id }, session: { factors: ['passkey'] } });
  const [listed] = await stage.auth.passkeys.list(ada);
  expect(listed).toMatchObject({ id: phone.id, name: 'Unknown device', lastUsedAt: new Date(stage.now) });
  expect(listed).not.toHaveProperty('publicKey');
  expect(await stage.mailsTo(ada)).toEqual(['A passkey was added']);
  const events = await stage.db.withScope({ user: ada.user.id }, (tx) =>
    listAuditEvents(tx, { userId: ada.user.id, before: null, most: 9 }),
  );
  expect(events.map(({ action, result }) => [action, result])).toEqual([
    ['signed-in', 'done'],
    ['passkey-added', 'done'],
  ]);
});

test('A73 where the second factor is on, a passkey is enough: it verified the person', async () => {
  const ada = await stage.signUp();
  const phone = await stage.addPasskey(ada);
  await stage.enableTotp(ada);
  await expect(signIn(phone)).resolves.toMatchObject({ identity: { user: { id: ada.user.id } } });
});

test('A72 having a passkey does not make an account ask for a code', async () => {
  const ada = await stage.signUp();
  await stage.addPasskey(ada);
  expect(await stage.auth.secondFactor.isNeeded(ada.user.id)).toBe(false);
});

const hostile: readonly (readonly [string, Partial<Answering>])[] = [
  ['nobody was verified', { isVerified: false }],
  ['from a foreign page', { origin: 'https://evil.example' }],
  ['from another port', { origin: 'http://localhost:3001' }],
  ['for a foreign site', { rpId: 'evil.example' }],
  ['to a challenge that nobody issued', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
];

test.each(hostile)('A74 refused at registration: an answer %s', async (_what, wrong) => {
  const ada = await stage.signUp();
  await expect(register(ada, wrong)).rejects.toThrow(BadPasskey);
  expect(await stage.auth.passkeys.list(ada)).toEqual([]);
});

const hostileAnswers: typeof hostile = [
  ...hostile,
  ['of the other ceremony', { type: 'webauthn.create' }],
  ['for another account', { userHandle: Buffer.from('somebody else').toString('base64url') }],
];

test.each(hostileAnswers)('A74 refused at sign-in: an answer %s', async (_what, wrong) => {
  const ada = await stage.signUp();
  const phone = await stage.addPasskey(ada);
  await expect(signIn(phone, wrong)).rejects.toThrow(BadPasskey);
  await expect(signIn(phone)).resolves.toMatchObject({ identity: { user: { id: ada.user.id } } });
});

test('A74 refused: a passkey nobody knows, one that answers with another key, one of a disabled account', async () => {
  const ada = await stage.signUp();
  const phone = await stage.addPasskey(ada);
  await expect(signIn(new SoftwareAuthenticator())).rejects.toThrow(BadPasskey);
  const forger = Object.assign(new SoftwareAuthenticator(), { id: phone.id });
  await expect(signIn(forger)).rejects.toThrow(BadPasskey);
  await stage.db.withScope(system, async (tx) => {
    await tx.update(users).set({ disabledAt: new Date() }).where(eq(users.id, ada.user.id));
  });
  await expect(signIn(phone)).rejects.toThrow(BadPasskey);
});

test('A74 a credential belongs to one account: nobody registers that of somebody else', async () => {
  const [ada, eve] = [await stage.signUp(), await stage.signUp()];
  const phone = await stage.addPasskey(ada);
  await expect(register(eve, {}, phone)).rejects.toThrow(BadPasskey);
  await expect(signIn(phone)).resolves.toMatchObject({ identity: { user: { id: ada.user.id } } });
});

test('A75 a challenge is answered once, also by many at once', async () => {
  const ada = await stage.signUp();
  const phone = await stage.addPasskey(ada);
  const { challengeId, options } = await stage.auth.passkeySignIn.begin(device);
  const answers = Array.from({ length: 6 }, () => phone.answer({ challenge: options.challenge }));
  const calls = answers.map((response) => stage.auth.passkeySignIn.finish({ challengeId, response }, device));
  expect(outcomes(await Promise.allSettled(calls)).filter((outcome) => outcome === 'done')).toHaveLength(1);
});

test('A75 the answer to one challenge is worth nothing with the id of another', async () => {
  const phone = await stage.addPasskey(await stage.signUp());
  const [one, two] = [await stage.auth.passkeySignIn.begin(device), await stage.auth.passkeySignIn.begin(device)];
  const response = phone.answer({ challenge: one.options.challenge });
  const crossed = stage.auth.passkeySignIn.finish({ challengeId: two.challengeId, response }, device);
  await expect(crossed).rejects.toThrow(BadPasskey);
});

test('A75 a challenge lasts five minutes, and is forgotten then', async () => {
  const ada = await stage.signUp();
  const phone = await stage.addPasskey(ada);
  const { challengeId, options } = await stage.auth.passkeySignIn.begin(device);
  stage.now += 5 * 60_000;
  const response = phone.answer({ challenge: options.challenge });
  await expect(stage.auth.passkeySignIn.finish({ challengeId, response }, device)).rejects.toThrow(BadPasskey);
  await stage.auth.passkeySignIn.begin(device);
  const left = await stage.db.withScope(system, async (tx) => await tx.select().from(passkeyChallenges));
  expect(left.some(({ id }) => id === challengeId)).toBe(false);
});

test('A75 a challenge is bound to its purpose and its person', async () => {
  const [ada, eve] = [await stage.signUp(), await stage.signUp()];
  const [phone, evesPhone] = [await stage.addPasskey(ada), await stage.addPasskey(eve)];
  const { passkeySignIn, proveByFactor } = stage.auth;

  const begun = await stage.auth.passkeys.begin(ada);
  const made = new SoftwareAuthenticator().register({ challenge: begun.options.challenge });
  const byEve = stage.auth.passkeys.finish(eve, { challengeId: begun.challengeId, response: made }, device);
  await expect(byEve).rejects.toThrow(BadPasskey);

  const sudo = await stage.auth.passkeys.beginProof(ada);
  const answer = () => ({
    challengeId: sudo.challengeId,
    response: phone.answer({ challenge: sudo.options.challenge }),
  });
  await expect(passkeySignIn.finish(answer(), device)).rejects.toThrow(BadPasskey);
  await expect(proveByFactor(eve, { passkey: answer() }, device)).rejects.toThrow(BadPasskey);
  const evesAnswer = evesPhone.answer({ challenge: sudo.options.challenge });
  const asEve = { passkey: { challengeId: sudo.challengeId, response: evesAnswer } };
  await expect(proveByFactor(eve, asEve, device)).rejects.toThrow(BadPasskey);

  const toRegister = await stage.auth.passkeys.begin(ada);
  const asSudo = phone.answer({ challenge: toRegister.options.challenge });
  const crossed = { passkey: { challengeId: toRegister.challengeId, response: asSudo } };
  await expect(proveByFactor(ada, crossed, device)).rejects.toThrow(BadPasskey);

  const open = await passkeySignIn.begin(device);
  const response = phone.answer({ challenge: open.options.challenge });
  const asProof = { passkey: { challengeId: open.challengeId, response } };
  await expect(proveByFactor(ada, asProof, device)).rejects.toThrow(BadPasskey);

  await expect(proveByFactor(ada, { passkey: answer() }, device)).resolves.toBe('passkey');
});

test('A75 with the right challenge of theirs, somebody else’s passkey does not prove who they are', async () => {
  const [ada, eve] = [await stage.signUp(), await stage.signUp()];
  const evesPhone = await stage.addPasskey(eve);
  const { challengeId, options } = await stage.auth.passkeys.beginProof(ada);
  const response = evesPhone.answer({ challenge: options.challenge });
  const proof = stage.auth.proveByFactor(ada, { passkey: { challengeId, response } }, device);
  await expect(proof).rejects.toThrow(BadPasskey);
});

test('A76 a counter that does not move forward is a copy, also when both answer at once', async () => {
  const phone = await stage.addPasskey(await stage.signUp());
  await signIn(phone, { counter: 7 });
  await expect(signIn(phone, { counter: 7 })).rejects.toThrow(BadPasskey);
  await expect(signIn(phone, { counter: 3 })).rejects.toThrow(BadPasskey);
  await expect(signIn(phone, { counter: 0 })).rejects.toThrow(BadPasskey);
  const both = await Promise.allSettled([signIn(phone, { counter: 8 }), signIn(phone, { counter: 8 })]);
  expect(outcomes(both)).toEqual(['BadPasskey', 'done']);
});

test('A76 an authenticator that does not count may stay at zero', async () => {
  const phone = await stage.addPasskey(await stage.signUp());
  await signIn(phone, { counter: 0 });
  await expect(signIn(phone, { counter: 0 })).resolves.toBeDefined();
});

test('A77 a passkey is called after its keeper, or as its owner says; nobody renames or removes that of others', async () => {
  const [ada, eve] = [await stage.signUp(), await stage.signUp()];
  const { id } = await stage.addPasskey(
    ada,
    new SoftwareAuthenticator({ aaguid: 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd' }),
  );
  const service = stage.auth.passkeys;
  const name = async () => (await service.list(ada))[0]?.name;
  expect(await name()).toBe('iCloud Keychain');
  expect(await service.rename(eve, { id, name: 'Mine' }, device)).toBe(false);
  expect(await service.remove(eve, id, device)).toBe(false);
  expect(await service.rename(ada, { id, name: 'Phone' }, device)).toBe(true);
  expect(await name()).toBe('Phone');
  expect(await service.remove(ada, id, device)).toBe(true);
  expect(await name()).toBeUndefined();
});

test('A77 at most twenty passkeys', async () => {
  const ada = await stage.signUp();
  const row = { userId: ada.user.id, name: 'Key', publicKey: 'x', counter: 0, isBackedUp: false };
  const twenty = Array.from({ length: 20 }, () => ({ ...row, id: randomUUID() }));
  await stage.db.withScope(system, async (tx) => void (await tx.insert(passkeys).values(twenty)));
  await expect(stage.addPasskey(ada)).rejects.toThrow(TooManyPasskeys);
});

/** Somebody with no way in but what a test gives them. */
const lonely = () => stage.signUp({ email: null, confirmedAt: null });

test('A78 the last way in stays', async () => {
  const ada = await lonely();
  const phone = await stage.addPasskey(ada);
  await expect(stage.auth.passkeys.remove(ada, phone.id, device)).rejects.toThrow(LastCredential);
  await expect(signIn(phone)).resolves.toBeDefined();
});

test('A78 an address that is only claimed is no way in', async () => {
  const ada = await stage.signUp({ confirmedAt: null });
  const phone = await stage.addPasskey(ada);
  await expect(stage.auth.passkeys.remove(ada, phone.id, device)).rejects.toThrow(LastCredential);
});

test('A78 an identity of a provider that is not configured any more is no way in', async () => {
  const ada = await lonely();
  const phone = await stage.addPasskey(ada);
  const identity = { provider: 'google' as const, subject: 'x', label: 'x', userId: ada.user.id };
  await stage.db.withScope(system, async (tx) => void (await tx.insert(identities).values(identity)));
  await expect(stage.auth.passkeys.remove(ada, phone.id, device)).rejects.toThrow(LastCredential);
});

test('A78 a password, another passkey, a linked identity or a confirmed address is a way in', async () => {
  const withPassword = await lonely();
  const withIdentity = await lonely();
  await stage.db.withScope(system, async (tx) => {
    await insertCredential(tx, withPassword.user.id, 'a hash');
    const identity = { provider: 'github' as const, subject: 'x', label: 'x' };
    await tx.insert(identities).values({ ...identity, userId: withIdentity.user.id });
  });
  const withTwo = await lonely();
  await stage.addPasskey(withTwo);
  for (const ada of [withPassword, withIdentity, withTwo, await stage.signUp()]) {
    const phone = await stage.addPasskey(ada);
    expect(await stage.auth.passkeys.remove(ada, phone.id, device)).toBe(true);
  }
});

test('A78 of two who remove the last two at once one is refused, in either order', async () => {
  for (const reversed of [false, true]) {
    const ada = await lonely();
    const ids = [(await stage.addPasskey(ada)).id, (await stage.addPasskey(ada)).id];
    const calls = (reversed ? ids.toReversed() : ids).map((id) => stage.auth.passkeys.remove(ada, id, device));
    expect(outcomes(await Promise.allSettled(calls))).toEqual(['done', 'LastCredential']);
    expect(await stage.auth.passkeys.list(ada)).toHaveLength(1);
  }
});
