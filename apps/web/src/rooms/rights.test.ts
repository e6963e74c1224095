import { expect, test } from 'vitest';
import { canManage } from './rights.ts';

test('owners change a room, unless an administrator has frozen it', () => {
  expect(canManage({ role: 'owner', frozen: false })).toBe(true);
  expect(canManage({ role: 'owner', frozen: true })).toBe(false);
  expect(canManage({ role: 'editor', frozen: false })).toBe(false);
});
