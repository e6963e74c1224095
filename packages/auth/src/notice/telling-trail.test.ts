import { expect, test, vi } from 'vitest';
import { openTestAuth } from '../testing/test-auth.ts';
import { createTellingTrail } from './telling-trail.ts';

const device = { userAgent: undefined, address: '203.0.113.7' };

test('A52 what a letter is there for is told once it is written down; refusals and strangers are not', async () => {
  const order: string[] = [];
  const audit = { record: vi.fn(async () => void order.push('written')), recordIn: vi.fn() };
  const notices = { send: vi.fn(() => void order.push('told')), sendToFormer: vi.fn() };
  const trail = createTellingTrail(audit, notices);
  await trail.record({ action: 'api-token-created', userId: 'ada', device });
  expect(order).toEqual(['written', 'told']);
  expect(notices.send).toHaveBeenCalledWith('ada', 'api-token-created', device);
  await trail.record({ action: 'api-token-created', userId: 'ada', result: 'refused', device });
  await trail.record({ action: 'api-token-created', userId: null, device });
  await trail.record({ action: 'signed-in', userId: 'ada', device });
  expect(audit.record).toHaveBeenCalledTimes(4);
  expect(notices.send).toHaveBeenCalledTimes(1);
});

test('A97 the owner of a token is told when a copy of it was used', async () => {
  await using kit = await openTestAuth();
  const { identity } = await kit.signUp('ada@example.org');
  const wanted = { name: 'Bot', permissions: ['rooms:read'], lifetime: 86_400_000 };
  const made = await kit.auth.apiTokens.create(identity, wanted, kit.device);
  const next = await kit.auth.apiTokens.refresh(made.refreshToken, kit.device);
  await kit.auth.apiTokens.refresh(next?.refreshToken ?? '', kit.device);
  expect(await kit.auth.apiTokens.refresh(made.refreshToken, kit.device)).toBeNull();
  const [newest] = await kit.mailsTo('ada@example.org');
  expect(newest?.subject).toBe('An API token was used twice');
});
