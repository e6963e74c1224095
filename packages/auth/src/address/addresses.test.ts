import { findUser, users } from '@atrium/db';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LinkRefused } from '../mail-link/link-refused.ts';
import { openTestAuth, type TestAuth } from '../testing/test-auth.ts';
import { TooManyAttempts } from '../limit/consume.ts';

let kit: TestAuth;

beforeAll(async () => {
  kit = await openTestAuth();
});
afterAll(() => kit[Symbol.asyncDispose]());

const confirm = async (email: string) => kit.auth.addresses.confirm(await kit.tokenTo(email), null, kit.device);
const userOf = (id: string) => kit.db.withScope({ system: 'test' }, (tx) => findUser(tx, id));

test('A45 the link confirms, signs in nobody, and ends every session but that of whoever confirms', async () => {
  const one = await kit.register('ada@example.org');
  const two = await kit.auth.accounts.signIn({ email: 'ada@example.org', password: 'correct horse' }, kit.device);
  const token = await kit.tokenTo('ada@example.org');
  const { userId, ended } = await kit.auth.addresses.confirm(token, two.identity, kit.device);
  expect([userId, ended]).toEqual([one.identity.user.id, [one.identity.session.publicId]]);
  expect(await kit.auth.sessions.resume(one.token)).toBeNull();
  expect((await kit.auth.sessions.resume(two.token))?.user.confirmedAt).toBeInstanceOf(Date);
  expect(await kit.auth.addresses.isConfirmed(two.identity)).toBe(true);
});

test('A45 whoever is signed in as somebody else keeps no session of the account', async () => {
  const stranger = await kit.register('stranger@example.org');
  const owner = await kit.register('owner@example.org');
  await kit.auth.addresses.confirm(await kit.tokenTo('owner@example.org'), stranger.identity, kit.device);
  expect(await kit.auth.sessions.resume(owner.token)).toBeNull();
  expect(await kit.auth.sessions.resume(stranger.token)).not.toBeNull();
});

test('A45 of two who confirm one address at once, one wins; the claim of the other stays a claim', async () => {
  const people = [await kit.register('race@example.org'), await kit.register('race@example.org')];
  const mails = await kit.mailsTo('race@example.org');
  const tokens = mails.map(({ links }) => links[0]?.split('#')[1] ?? '');
  const outcomes = await Promise.allSettled(tokens.map((token) => kit.auth.addresses.confirm(token, null, kit.device)));
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = outcomes.find((outcome) => outcome.status === 'rejected');
  expect(refused?.reason).toMatchObject({ why: 'taken' });
  const rows = await Promise.all(people.map(({ identity }) => userOf(identity.user.id)));
  expect(rows.map((row) => row?.email)).toEqual(['race@example.org', 'race@example.org']);
  expect(rows.filter((row) => row?.confirmedAt)).toHaveLength(1);
});

test('A46 who registers an address that is confirmed gets an account like anybody; its owner is told', async () => {
  await kit.signUp('known@example.org');
  const again = await kit.register('Known@example.org', 'another horse');
  expect(again.identity.user).toMatchObject({ email: 'known@example.org', confirmedAt: null });
  const [newest] = await kit.mailsTo('known@example.org');
  expect(newest?.subject).toBe('You already have an account');
  expect(newest?.text).not.toContain('#');
  await kit.auth.addresses.resend(again.identity, kit.device);
  expect((await kit.mailsTo('known@example.org'))[0]?.subject).toBe('You already have an account');
});

test('A44 a link that was used, made up, or made for something else is refused with one answer', async () => {
  await kit.register('once@example.org');
  const token = await kit.tokenTo('once@example.org');
  const sign = kit.auth.mailSignIn.signIn({ token, code: undefined, isRemembered: true, caller: null }, kit.device);
  await expect(sign).rejects.toMatchObject({ why: 'invalid' });
  await kit.auth.addresses.confirm(token, null, kit.device);
  for (const each of [token, 'made up', ''])
    await expect(kit.auth.addresses.confirm(each, null, kit.device)).rejects.toMatchObject({ why: 'invalid' });
});

test('A49 a confirmed or disabled account is mailed nothing when it asks again', async () => {
  const confirmed = await kit.signUp('done@example.org');
  const disabled = await kit.register('off@example.org');
  const before = [await kit.mailsTo('done@example.org'), await kit.mailsTo('off@example.org')].map(
    ({ length }) => length,
  );
  await kit.db.withScope({ system: 'test' }, async (tx) => {
    await tx.update(users).set({ disabledAt: new Date() }).where(eq(users.id, disabled.identity.user.id));
  });
  for (const { identity } of [confirmed, disabled]) await kit.auth.addresses.resend(identity, kit.device);
  const after = [await kit.mailsTo('done@example.org'), await kit.mailsTo('off@example.org')].map(
    ({ length }) => length,
  );
  expect(after).toEqual(before);
});

test('A50 registering an address again and again fills nobody’s letter box, and makes accounts all the same', async () => {
  const device = { userAgent: undefined, address: '198.51.100.9' };
  const claim = async () => {
    const input = { email: 'bomb@example.org', password: 'correct horse', name: undefined };
    const { identity } = await kit.auth.accounts.register(input, device);
    await kit.auth.addresses.greet(identity, device);
    return identity;
  };
  for (let n = 0; n < 6; n += 1) await claim();
  const asking = kit.auth.addresses.resend(await claim(), device);
  await expect(asking).rejects.toThrow(TooManyAttempts);
  expect(await kit.mailsTo('bomb@example.org')).toHaveLength(5);
});

test('A51 a new address holds once its own mail was read; the old one is told before and after', async () => {
  const { identity } = await kit.signUp('old@example.org');
  const other = await kit.auth.accounts.signIn({ email: 'old@example.org', password: 'correct horse' }, kit.device);
  await kit.auth.addresses.requestChange(identity, 'typo@example.org', kit.device);
  const typo = await kit.tokenTo('typo@example.org');
  await kit.auth.addresses.requestChange(identity, ' New@Example.org ', kit.device);
  expect((await kit.mailsTo('old@example.org'))[0]?.subject).toBe('Your address is to change');
  expect((await userOf(identity.user.id))?.email).toBe('old@example.org');
  const token = await kit.tokenTo('new@example.org');
  const { ended } = await kit.auth.addresses.confirmChange(token, identity, kit.device);
  expect(ended).toEqual([other.identity.session.publicId]);
  expect(await userOf(identity.user.id)).toMatchObject({ email: 'new@example.org', confirmedAt: expect.any(Date) });
  expect((await kit.mailsTo('old@example.org'))[0]?.subject).toBe('Your address was changed');
  expect(await kit.mailsTo('new@example.org')).toHaveLength(1);
  await expect(kit.auth.mailLinks.find(typo)).rejects.toBeInstanceOf(LinkRefused);
});

test('A51 a link to a new address moves no other account than the one that asked, and is not used up by another', async () => {
  const { identity } = await kit.signUp('mover@example.org');
  const mallory = await kit.signUp('mallory@example.org');
  await kit.auth.addresses.requestChange(identity, 'moved@example.org', kit.device);
  const token = await kit.tokenTo('moved@example.org');
  const stolen = kit.auth.addresses.confirmChange(token, mallory.identity, kit.device);
  await expect(stolen).rejects.toMatchObject({ why: 'other-person' });
  await kit.auth.addresses.confirmChange(token, identity, kit.device);
});

test('A51 an address that belongs to somebody is not moved to, and its owner alone learns that it was tried', async () => {
  await kit.signUp('theirs@example.org');
  const { identity } = await kit.signUp('wants@example.org');
  await kit.auth.addresses.requestChange(identity, 'theirs@example.org', kit.device);
  expect((await kit.mailsTo('theirs@example.org'))[0]?.subject).toBe('You already have an account');
  // It becomes somebody's while the link is under way.
  await kit.auth.addresses.requestChange(identity, 'soon@example.org', kit.device);
  const token = await kit.tokenTo('soon@example.org');
  await kit.register('soon@example.org');
  await confirm('soon@example.org');
  const late = kit.auth.addresses.confirmChange(token, identity, kit.device);
  await expect(late).rejects.toMatchObject({ why: 'taken' });
  expect((await userOf(identity.user.id))?.email).toBe('wants@example.org');
});
