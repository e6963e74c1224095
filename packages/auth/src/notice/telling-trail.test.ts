import { expect, test, vi } from 'vitest';
import { createTellingTrail } from './telling-trail.ts';

const device = { userAgent: undefined, address: '203.0.113.7' };

test('A52 what a letter is there for is told once it is written down; refusals and strangers are not', async () => {
  const order: string[] = [];
  const audit = { record: vi.fn(async () => void order.push('written')) };
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
