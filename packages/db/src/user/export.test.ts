import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { apiTokens, identities, passkeys, recoveryCodes, totpSecrets } from '../schema/identity-tables.ts';
import { arrangeUser, openTestDatabase } from '../testing/index.ts';
import { listWaysIn } from './export.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
const times = { createdAt: at(1), lastUsedAt: at(2) };

test('of each way in exactly what its owner may take along, oldest first', async () => {
  await using db = await openTestDatabase();
  const userId = await arrangeUser(db);
  await db.withScope({ system: 'test' }, async (tx) => {
    await tx.insert(totpSecrets).values({ userId, sealedSecret: 'x', confirmedAt: at(0) });
    await tx.insert(recoveryCodes).values([
      { userId, codeHash: 'left' },
      { userId, codeHash: 'used', usedAt: at(3) },
    ]);
    const passkey = (name: string, minute: number) => ({
      ...{ id: randomUUID() as string, userId, name, publicKey: 'x', counter: 0, isBackedUp: false },
      ...{ createdAt: at(minute), lastUsedAt: at(2) },
    });
    await tx.insert(passkeys).values([passkey('second', 5), passkey('first', 1)]);
    await tx.insert(identities).values({ provider: 'github', subject: 'x', userId, label: 'ada', ...times });
    const token = (name: string, minute: number) => ({
      ...{ id: randomUUID() as string, userId, name, permissions: ['read'], refreshHash: name },
      ...{ createdAt: at(minute), expiresAt: at(9), lastUsedAt: null },
    });
    await tx.insert(apiTokens).values([token('second', 5), token('first', 1)]);
  });
  expect(await db.withScope({ user: userId }, (tx) => listWaysIn(tx, userId))).toEqual({
    totp: { confirmedAt: at(0) },
    recoveryCodesLeft: 1,
    passkeys: [
      { name: 'first', ...times },
      { name: 'second', createdAt: at(5), lastUsedAt: at(2) },
    ],
    identities: [{ provider: 'github', label: 'ada', ...times }],
    apiTokens: [
      { name: 'first', permissions: ['read'], createdAt: at(1), expiresAt: at(9), lastUsedAt: null },
      { name: 'second', permissions: ['read'], createdAt: at(5), expiresAt: at(9), lastUsedAt: null },
    ],
  });
});

test('a second factor that was begun and not confirmed is none', async () => {
  await using db = await openTestDatabase();
  const userId = await arrangeUser(db);
  await db.withScope({ system: 'test' }, async (tx) => {
    await tx.insert(totpSecrets).values({ userId, sealedSecret: 'x' });
  });
  expect(await db.withScope({ user: userId }, (tx) => listWaysIn(tx, userId))).toMatchObject({ totp: null });
});
