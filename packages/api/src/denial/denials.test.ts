import type { AuditEntry } from '@atrium/auth';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Denial, Denials } from './denials.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const device = { userAgent: undefined, address: '203.0.113.7' };
const denial = (more: Partial<Denial> = {}): Denial => ({
  ...{ actorId: 'ada', device, procedure: 'rooms.rename', reason: 'NOT_ALLOWED' },
  ...more,
});

function open(more: { mostOpen?: number } = {}) {
  const entries: AuditEntry[] = [];
  const record = (entry: AuditEntry) => {
    entries.push(entry);
    return Promise.resolve();
  };
  const denials = new Denials({ record, onError: () => {}, ...more });
  const rows = () => entries.map(({ actorId, detail }) => [actorId, detail?.['procedure'], detail?.['count'] ?? 1]);
  return { denials, entries, rows };
}

test('the first one is written at once, those that follow in a minute are one row with their number', async () => {
  const { denials, rows } = open();
  for (let n = 0; n < 40; n += 1) denials.note(denial());
  expect(rows()).toEqual([['ada', 'rooms.rename', 1]]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rows()).toEqual([
    ['ada', 'rooms.rename', 1],
    ['ada', 'rooms.rename', 39],
  ]);
  denials.note(denial());
  expect(rows()).toHaveLength(3);
  expect(denials.total).toBe(41);
});

test('another person, procedure or reason is another row, another room is not', () => {
  const { denials, entries } = open();
  denials.note(denial({ roomId: 'one' }));
  denials.note(denial({ roomId: 'two' }));
  denials.note(denial({ actorId: 'bob' }));
  denials.note(denial({ procedure: 'rooms.remove' }));
  denials.note(denial({ reason: 'NOT_FOUND' }));
  expect(entries).toHaveLength(4);
  expect(entries[0]).toMatchObject({ action: 'denied', result: 'refused', userId: null, detail: { room: 'one' } });
});

test('who is nobody is a network, and ever new networks share a row', async () => {
  const { denials, rows } = open({ mostOpen: 3 });
  for (let n = 0; n < 50; n += 1) {
    denials.note(denial({ actorId: null, device: { ...device, address: `203.0.${n}.1` } }));
    denials.note(denial({ actorId: null, device: { ...device, address: `203.0.${n}.2` } }));
  }
  await denials.drain();
  expect(rows().length).toBeLessThan(10);
  expect(rows().reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(100);
  expect(denials.total).toBe(100);
});

test('a drain writes what waits, and resolves when it is written', async () => {
  const { denials, rows } = open();
  denials.note(denial());
  denials.note(denial({ count: 5 }));
  await denials.drain();
  expect(rows()).toEqual([
    ['ada', 'rooms.rename', 1],
    ['ada', 'rooms.rename', 5],
  ]);
});

test('a row that cannot be written is reported and holds up nothing', async () => {
  const onError = vi.fn();
  const denials = new Denials({ record: () => Promise.reject(new Error('no disk')), onError });
  denials.note(denial());
  await denials.drain();
  expect(onError).toHaveBeenCalledTimes(1);
});
