import { users } from '@atrium/db';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TooManyAttempts } from '../limit/consume.ts';
import { openTestAuth, type TestAuth } from '../testing/test-auth.ts';

let kit: TestAuth;

beforeAll(async () => {
  kit = await openTestAuth();
});
afterAll(() => kit[Symbol.asyncDispose]());

test('A49 every request is answered before the database is asked: known, unknown and disabled alike', async () => {
  await kit.signUp('known@example.org');
  const disabled = await kit.signUp('off@example.org');
  await kit.db.withScope({ system: 'test' }, async (tx) => {
    await tx.update(users).set({ disabledAt: new Date() }).where(eq(users.id, disabled.identity.user.id));
  });
  const counts = async () =>
    Promise.all(
      ['known@example.org', 'unknown@example.org', 'off@example.org'].map(
        async (each) => (await kit.mailsTo(each)).length,
      ),
    );
  const before = await counts();
  const asked = vi.spyOn(kit.db, 'withScope');
  for (const purpose of ['magic', 'reset'] as const)
    for (const email of ['known@example.org', 'unknown@example.org', 'off@example.org']) {
      const answer = kit.auth.linkRequests.request(email, purpose, kit.device);
      expect(await answer).toBeUndefined();
    }
  asked.mockRestore();
  const after = await counts();
  expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([2, 0, 0]);
});

test('A50 the limit is the same for an address that nobody has', async () => {
  await kit.signUp('limited@example.org');
  const device = { userAgent: undefined, address: '198.51.100.7' };
  const outcome = async (email: string) => {
    const texts: string[] = [];
    for (let n = 0; n < 6; n += 1)
      await kit.auth.linkRequests
        .request(email, 'reset', device)
        .then(() => texts.push('ok'))
        .catch((error: TooManyAttempts) => texts.push(error.name));
    return texts;
  };
  const known = await outcome('limited@example.org');
  expect(known).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'TooManyAttempts']);
  expect(await outcome('nobody@example.org')).toEqual(known);
});

test('A47 of several who claim an address, the newest is mailed the link; whoever confirmed it before them all', async () => {
  await kit.register('many@example.org');
  const newest = await kit.register('many@example.org');
  await kit.mailsTo('many@example.org');
  const ownerOf = async () => {
    await kit.auth.linkRequests.request('many@example.org', 'magic', kit.device);
    return (await kit.auth.mailLinks.find(await kit.tokenTo('many@example.org'))).user.id;
  };
  expect(await ownerOf()).toBe(newest.identity.user.id);
});
