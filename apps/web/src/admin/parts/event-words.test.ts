import type { AdminAuditEvent, AuditAction } from '@atrium/api';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { eventFacts, eventWords } from './event-words.ts';

/** What the server records, read from its own list: the page may import no code of it. */
const list = readFileSync(new URL('../../../../../packages/auth/src/audit/audit-action.ts', import.meta.url), 'utf8');
const actions = [...list.matchAll(/^ {2}'([\w-]+)',$/gmu)].map(([, action]) => action as AuditAction);

function event(action: AuditAction, more: Partial<AdminAuditEvent> = {}): AdminAuditEvent {
  return {
    ...{ id: '1', at: '2026-01-01T00:00:00.000Z', action, result: 'done', user: null, actor: null },
    ...{ place: '', label: '', detail: {} },
    ...more,
  };
}

test.each(actions)('%s speaks of no "you", done or refused', (action) => {
  for (const result of ['done', 'refused'] as const) {
    const { sentence } = eventWords(event(action, { result }));
    expect(sentence).toMatch(/^[A-Z].+\.$/u);
    expect(sentence).not.toMatch(/\byou\b|\byours?\b/iu);
  }
});

test('the thing is named, whoever did it stands elsewhere', () => {
  const detail = { by: 'Ada', name: 'Plan', room: 'r' };
  expect(eventWords(event('room-renamed', { detail })).sentence).toBe('Renamed a room: “Plan”.');
  const given = event('admin-room-transferred', { detail });
  expect(eventWords(given).sentence).toBe('An administrator gave a room another owner: “Plan”.');
});

test('what else is known is told in words, and ids are not', () => {
  const detail = { procedure: 'rooms.rename', reason: 'NOT_ALLOWED', room: 'r', count: 12 };
  expect(eventFacts(event('denied', { detail }))).toEqual(['rooms.rename', 'NOT_ALLOWED', '12 times']);
  expect(eventFacts(event('admin-role-changed', { detail: { by: 'Ada', role: 'admin' } }))).toEqual(['role: admin']);
  expect(eventFacts(event('registered', { detail: { guest: true } }))).toEqual(['guest']);
  expect(eventFacts(event('account-deleted', { detail: { roomsDeleted: 2 } }))).toEqual(['rooms deleted: 2']);
  expect(eventFacts(event('session-ended', { detail: { session: 'id' } }))).toEqual([]);
});
