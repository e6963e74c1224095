import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password.ts';

test('A27 a hash is argon2id with the parameters above and fits its own password only', async () => {
  const hash = await hashPassword('correct horse battery');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(hash, 'correct horse battery')).toBe(true);
  expect(await verifyPassword(hash, 'correct horse batterz')).toBe(false);
});

test('A22 no account means no, even for the password of the decoy', async () => {
  expect(await verifyPassword(null, 'no account has this password')).toBe(false);
});

test('A27 the same letters typed on another system are the same password', async () => {
  const hash = await hashPassword('Ange\u0301lique 12');
  expect(await verifyPassword(hash, 'Angélique 12')).toBe(true);
});
