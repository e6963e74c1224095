import { expect, test } from 'vitest';
import { Meter } from './meter.ts';

const parts = {
  live: { census: () => ({ sockets: 3, streams: 5, people: 2 }) },
  hub: { openRooms: 4 },
  denials: { total: 6 },
};

test('a look holds what is open, and how long commits took', async () => {
  const meter = new Meter();
  for (let ms = 1; ms <= 100; ms += 1) meter.sent(2, ms);
  meter.revoked();
  const abort = new AbortController();
  const looks = meter.watch(parts, abort.signal);
  const { value } = await looks.next();
  expect(value).toMatchObject({ sockets: 3, subscriptions: 5, people: 2, rooms: 4, revocations: 1, denials: 6 });
  expect(value?.latency).toEqual({ p50: 51, p99: 100 });
  const next = looks.next();
  abort.abort();
  expect((await next).done).toBe(true);
});

test('where nothing was sent there is no latency', async () => {
  const abort = new AbortController();
  const looks = new Meter().watch(parts, abort.signal);
  expect((await looks.next()).value?.latency).toBeNull();
  abort.abort();
  expect((await looks.next()).done).toBe(true);
});
