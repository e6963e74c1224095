import type { AdminUser } from '@atrium/api';
import { expect, test } from 'vitest';
import { whyNotActAs } from './user-deeds.tsx';

const user: AdminUser = {
  ...{ id: 'b', name: 'Bob', email: 'bob@example.org', role: 'user', guest: false, confirmed: true },
  ...{ disabledAt: null, deletesAt: null, createdAt: '', lastSeenAt: null, sessions: 0, rooms: 0 },
};

test('an administrator acts as users and guests who can sign in, and as nobody else', () => {
  expect(whyNotActAs(user, false)).toBeNull();
  expect(whyNotActAs({ ...user, guest: true, email: null }, false)).toBeNull();
  expect(whyNotActAs(user, true)).toContain('you');
  expect(whyNotActAs({ ...user, role: 'admin' }, false)).toContain('administrator');
  expect(whyNotActAs({ ...user, disabledAt: '2026-01-01T00:00:00.000Z' }, false)).toContain('enable it first');
});
