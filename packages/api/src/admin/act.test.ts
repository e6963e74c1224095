import type { Identity } from '@atrium/auth';
import { findUserForAdmin, setUserDisabled } from '@atrium/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { actAs, lookAs } from './act.ts';

let kit: TestServices;
let admin: Identity;
beforeAll(async () => {
  kit = await openTestServices();
  admin = await kit.promote(await kit.signUp());
});
afterAll(() => kit[Symbol.asyncDispose]());

const device = { userAgent: undefined, address: '127.0.0.1' };
const acting = () => ({ services: kit.services, identity: admin, device });
const isDisabled = async (userId: string) =>
  (await lookAs(acting(), (tx) => findUserForAdmin(tx, userId)))?.disabledAt !== null;

test('what cannot be written down is not done', async () => {
  const { user } = await kit.signUp();
  const audit = { ...kit.services.audit, recordIn: () => Promise.reject(new Error('no disk')) };
  const act = { action: 'admin-disabled', userId: user.id } as const;
  const disable = actAs({ ...acting(), services: { db: kit.services.db, audit } }, act, (tx) =>
    setUserDisabled(tx, user.id, new Date()),
  );
  await expect(disable).rejects.toThrow('no disk');
  expect(await isDisabled(user.id)).toBe(false);
});

test('what is refused in the middle is neither done nor written down, and what was so before is no act', async () => {
  const { user } = await kit.signUp();
  const written: string[] = [];
  const audit = { ...kit.services.audit, recordIn: () => Promise.resolve(void written.push('row')) };
  const watched = { ...acting(), services: { db: kit.services.db, audit } };
  const act = { action: 'admin-disabled', userId: user.id } as const;
  const refused = actAs(watched, act, async (tx) => {
    await setUserDisabled(tx, user.id, new Date());
    throw new Error('not like this');
  });
  await expect(refused).rejects.toThrow('not like this');
  expect(await isDisabled(user.id)).toBe(false);
  await actAs(
    watched,
    () => null,
    () => Promise.resolve(false),
  );
  expect(written).toEqual([]);
});
