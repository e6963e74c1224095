import type { AuditAction } from '@atrium/api';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { activityWords } from './activity-words.ts';

/** What the server records, read from its own list: the page may import no code of it. */
const list = readFileSync(new URL('../../../../packages/auth/src/audit/audit-action.ts', import.meta.url), 'utf8');
const actions = [...list.matchAll(/^ {2}'([\w-]+)',$/gmu)].map(([, action]) => action as AuditAction);
const newer = 'teleported' as AuditAction;

test('the list of the server was found', () => {
  expect(actions.length).toBeGreaterThan(20);
});

test.each(actions)('%s has words of its own, done and refused', (action) => {
  const done = activityWords({ action, result: 'done', detail: {} });
  expect(done.sentence).toMatch(/^[A-Z].+\.$/u);
  expect(done.sentence).not.toBe(activityWords({ action: newer, result: 'done', detail: {} }).sentence);
  const refused = activityWords({ action, result: 'refused', detail: {} });
  expect(refused).toMatchObject({ icon: 'warn', isDelicate: true });
  expect(refused.sentence).not.toBe(done.sentence);
});

test('no two events read the same', () => {
  const sentences = actions.map((action) => activityWords({ action, result: 'done', detail: {} }).sentence);
  expect(new Set(sentences).size).toBe(actions.length);
});

test('the thing is named where it has a name', () => {
  const event = { action: 'passkey-added', result: 'done', detail: { name: 'Phone' } } as const;
  expect(activityWords(event).sentence).toBe('Added a passkey: “Phone”.');
  expect(activityWords({ ...event, detail: { name: '' } }).sentence).toBe('Added a passkey.');
  expect(activityWords({ ...event, detail: { name: 7 } }).sentence).toBe('Added a passkey.');
});

test('what somebody else did says who, before the name of the thing', () => {
  const event = { action: 'room-role-changed', result: 'done', detail: { name: 'Plan', by: 'Ada' } } as const;
  expect(activityWords(event).sentence).toBe('Has another role in a room, by Ada: “Plan”.');
});

test('what an administrator did begins with their name', () => {
  const event = { action: 'admin-impersonated', result: 'done', detail: { by: 'Ada' } } as const;
  expect(activityWords(event).sentence).toBe('Ada, an administrator, began to act as you.');
  const frozen = { action: 'admin-room-frozen', result: 'done', detail: { by: 'Ada', name: 'Plan' } } as const;
  expect(activityWords(frozen).sentence).toBe('Ada, an administrator, froze a room: “Plan”.');
});

test.each([newer, 'constructor' as AuditAction])('what a newer server knows (%s) still reads well', (action) => {
  expect(activityWords({ action, result: 'done', detail: {} }).sentence).toContain('no words');
});
