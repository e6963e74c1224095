import { expect, test } from 'vitest';
import { revokeWhileConnecting, startTestServer } from '../src/index.ts';

test('A13 no socket outlives a session that is revoked while it is opened, whichever comes first', async () => {
  await using server = await startTestServer();
  const { leaks, refused, closed } = await revokeWhileConnecting(server, 200);
  expect(leaks).toBe(0);
  // Both orders were there: gone before it was looked at, and after.
  expect(Math.min(refused, closed)).toBeGreaterThan(0);
});
