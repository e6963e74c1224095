import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../app-router.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';

let kit: TestServices;
beforeAll(async () => {
  kit = await openTestServices();
});
afterAll(() => kit[Symbol.asyncDispose]());

test('A118 recent activity comes newest first, in pages that neither repeat nor leave out, and is one’s own', async () => {
  const [ada, eve] = [await kit.signUp(), await kit.signUp()];
  const device = {
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    address: '203.0.113.7',
  };
  for (let n = 0; n < 65; n++) {
    await kit.services.audit.record({ action: 'passkey-renamed', userId: ada.user.id, device, detail: { n } });
    if (n % 10 === 0) await kit.services.audit.record({ action: 'signed-in', userId: eve.user.id, device });
  }
  const caller = appRouter.createCaller(kit.httpContext(ada));
  const seen: unknown[] = [];
  const sizes: number[] = [];
  let before: string | undefined;
  do {
    const page = await caller.account.activity(before === undefined ? undefined : { before });
    sizes.push(page.items.length);
    seen.push(...page.items.map(({ detail }) => detail['n']));
    before = page.next ?? undefined;
    expect(page.items[0]).toMatchObject({
      action: 'passkey-renamed',
      result: 'done',
      label: 'Firefox on Linux',
      place: '203.0.113.0/24',
    });
  } while (before !== undefined);
  expect(sizes).toEqual([30, 30, 5]);
  expect(seen).toEqual(Array.from({ length: 65 }, (_, n) => 64 - n));
});
