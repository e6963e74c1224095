import { listIdentities, users } from '@atrium/db';
import { arrangeUser, openTestDatabase, type TestDatabase } from '@atrium/db/testing';
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LastCredential } from '../account/last-credential.ts';
import { createLinkedAccounts, type LinkedAccounts } from './linked-accounts.ts';
import type { ProviderId } from './provider.ts';

let db: TestDatabase;
let accounts: LinkedAccounts;

beforeAll(async () => {
  db = await openTestDatabase();
  accounts = createLinkedAccounts(db);
});
afterAll(() => db[Symbol.asyncDispose]());

const profile = (provider: ProviderId = 'oidc', email: string | null = null) => ({
  ...{ provider, email, subject: randomUUID() as string, label: 'ada', name: 'Ada', emailVerified: email !== null },
});
const all = new Set(['github', 'google', 'oidc']);
const linkedTo = (userId: string) => db.withScope({ system: 'test' }, (tx) => listIdentities(tx, userId));

async function accountWith(...providers: readonly ProviderId[]): Promise<string> {
  const userId = await arrangeUser(db, { email: null, confirmedAt: null });
  for (const provider of providers) await accounts.link(userId, profile(provider));
  return userId;
}

test('A90 of two that are unlinked at once, the last one stays', async () => {
  const userId = await accountWith('github', 'oidc');
  const results = await Promise.allSettled([
    accounts.unlink(userId, 'github', all),
    accounts.unlink(userId, 'oidc', all),
  ]);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(LastCredential) });
  expect(await linkedTo(userId)).toHaveLength(1);
});

test('A90 an identity of a provider that is switched off is no way in', async () => {
  const userId = await accountWith('github', 'oidc');
  await expect(accounts.unlink(userId, 'oidc', new Set(['oidc']))).rejects.toThrow(LastCredential);
  expect(await accounts.unlink(userId, 'oidc', all)).toBe(true);
});

test('A83 the slower of two first sign-ins makes no second account', async () => {
  const ada = profile('oidc', 'twice@example.org');
  const made = await Promise.all([accounts.create(ada), accounts.create(ada)]);
  expect(made.filter((id) => id !== null)).toHaveLength(1);
  const named = await db.withScope({ system: 'test' }, (tx) =>
    tx.select({ id: users.id }).from(users).where(eq(users.email, 'twice@example.org')),
  );
  expect(named).toEqual([{ id: (await accounts.find(ada))?.id }]);
});

test('A89 of two people who link one identity at once, one gets it', async () => {
  const [one, two] = [await accountWith(), await accountWith()];
  const wanted = profile();
  const results = await Promise.allSettled([accounts.link(one, wanted), accounts.link(two, wanted)]);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'identity-taken' } });
});

test('A84 a confirmed address of somebody else stops it, and says whose it is for the audit log alone', async () => {
  const ownerId = await arrangeUser(db, { email: 'owner@example.org', confirmedAt: new Date() });
  await expect(accounts.create(profile('oidc', 'owner@example.org'))).rejects.toMatchObject({
    ...{ code: 'address-taken', ownerId },
  });
  expect(await linkedTo(ownerId)).toEqual([]);
});
