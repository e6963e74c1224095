import {
  apiTokens,
  credentials,
  findUser,
  identities,
  invites,
  mailLinks,
  passkeys,
  recoveryCodes,
  sessions,
  totpSecrets,
} from '@atrium/db';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../app-router.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import type { ExportPage } from '../wire.ts';

let kit: TestServices;
beforeAll(async () => {
  kit = await openTestServices();
});
afterAll(() => kit[Symbol.asyncDispose]());

const tomorrow = new Date(Date.now() + 86_400_000);

/** One of everything that opens this account; answers what must stay in the database. */
async function arrangeSecrets(userId: string): Promise<readonly string[]> {
  const secret = (name: string) => `${name}-${randomUUID()}`;
  const [hash, link, totp, code, key, credential, refresh, before] = [
    secret('argon'),
    secret('link'),
    secret('totp'),
    secret('code'),
    secret('key'),
    secret('credential'),
    secret('refresh'),
    secret('previous'),
  ];
  await kit.services.db.withScope({ system: 'test' }, async (tx) => {
    await tx.insert(credentials).values({ userId, passwordHash: hash });
    await tx
      .insert(mailLinks)
      .values({ tokenHash: link, userId, purpose: 'magic', email: 'a@b.c', expiresAt: tomorrow });
    await tx.insert(totpSecrets).values({ userId, sealedSecret: totp, confirmedAt: new Date() });
    await tx.insert(recoveryCodes).values({ userId, codeHash: code });
    await tx
      .insert(passkeys)
      .values({ id: credential, userId, name: 'Laptop', publicKey: key, counter: 0, isBackedUp: false });
    await tx.insert(identities).values({ provider: 'github', subject: randomUUID(), userId, label: 'ada-l' });
    await tx.insert(apiTokens).values({
      ...{ id: randomUUID(), userId, name: 'Bot', permissions: ['rooms:read'], expiresAt: tomorrow },
      ...{ refreshHash: refresh, previousRefreshHash: before },
    });
  });
  return [hash, link, totp, code, key, credential, refresh, before];
}

test('A111 an export holds everything that is one’s own', async () => {
  const ada = await kit.signUp();
  await arrangeSecrets(ada.user.id);
  const caller = appRouter.createCaller(kit.httpContext(ada));
  const roomId = await kit.createRoom(ada);
  const commands = [{ seq: 1, name: 'setMeta', input: { background: '#abcdef' } }];
  await caller.rooms.send({ roomId, clientId: 'tab', commands });
  const page = await caller.account.export();
  expect(page.account).toMatchObject({
    profile: { id: ada.user.id, email: ada.user.email, guest: false },
    sessions: [{ publicId: ada.session.publicId }],
    authenticatorApp: { addedAt: expect.any(String) },
    recoveryCodesLeft: 1,
    passkeys: [{ name: 'Laptop' }],
    identities: [{ provider: 'github', label: 'ada-l' }],
    apiTokens: [{ name: 'Bot', permissions: ['rooms:read'] }],
    activity: [{ action: 'data-exported' }],
  });
  expect(page.rooms).toMatchObject([{ id: roomId, role: 'owner', title: 'A board' }]);
  expect(JSON.stringify(page.rooms[0]?.state)).toContain('#abcdef');
  expect(page.next).toBeNull();
});

test('A111 an export holds no hash, no key and nothing that is private to others', async () => {
  const [ada, bob] = [await kit.signUp(), await kit.signUp()];
  const [own, others] = [await arrangeSecrets(ada.user.id), await arrangeSecrets(bob.user.id)];
  const shared = await kit.createRoom(ada);
  await kit.join(shared, bob, 'editor');
  const bobs = await kit.createRoom(bob);
  await kit.join(bobs, ada, 'editor');
  const bobsCaller = appRouter.createCaller(kit.httpContext(bob));
  const { token } = await bobsCaller.invites.create({ roomId: bobs, role: 'viewer' });
  await appRouter.createCaller(kit.httpContext(ada)).invites.create({ roomId: shared, role: 'viewer' });
  const commands = [{ seq: 1, name: 'setMeta', input: { background: '#fedcba' } }];
  await bobsCaller.rooms.send({ roomId: bobs, clientId: 'tab', commands });

  const page = await appRouter.createCaller(kit.httpContext(ada)).account.export();
  const text = JSON.stringify(page);
  const hashes = await kit.services.db.withScope({ system: 'test' }, async (tx) => [
    ...(await tx.select({ hash: sessions.id }).from(sessions)),
    ...(await tx.select({ hash: invites.tokenHash }).from(invites)),
  ]);
  expect(hashes.length).toBeGreaterThan(3);
  const email = (await kit.services.db.withScope({ system: 'test' }, (tx) => findUser(tx, bob.user.id)))?.email;
  const forbidden = [
    ...own,
    ...others,
    token,
    ...hashes.map(({ hash }) => hash),
    email ?? '',
    bob.session.publicId,
    '#fedcba',
  ];
  expect(forbidden.filter((secret) => text.includes(secret))).toEqual([]);
  expect(page.rooms.find(({ id }) => id === bobs)).toMatchObject({ role: 'editor', state: null });
});

test('A111 many rooms come in pages that neither repeat nor leave out', async () => {
  const ada = await kit.signUp();
  const created: string[] = [];
  for (let n = 0; n < 53; n++) created.push(await kit.createRoom(ada));
  const caller = appRouter.createCaller(kit.httpContext(ada));
  const pages: ExportPage[] = [];
  let cursor: string | undefined;
  do {
    const page = await caller.account.export(cursor === undefined ? undefined : { cursor });
    pages.push(page);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  expect(pages.map(({ account, rooms }) => [account !== null, rooms.length])).toEqual([
    [true, 50],
    [false, 3],
  ]);
  expect(pages.flatMap(({ rooms }) => rooms.map(({ id }) => id)).toSorted()).toEqual(created.toSorted());
});
