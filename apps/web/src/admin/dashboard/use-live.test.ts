import type { AdminLive } from '@atrium/api';
import { expect, test } from 'vitest';
import { type Live, withLook } from './use-live.ts';

test('keeps the last sixty rates, and figures that come are not old', () => {
  let live: Live = { latest: null, rates: [], isOld: true };
  for (let rate = 1; rate <= 70; rate += 1) live = withLook(live, lookWith(rate));
  expect(live.rates).toEqual(Array.from({ length: 60 }, (_, index) => index + 11));
  expect(live.latest?.commandsPerSecond).toBe(70);
  expect(live.isOld).toBe(false);
});

function lookWith(commandsPerSecond: number): AdminLive {
  return {
    ...{ at: '2026-01-01T00:00:00.000Z', uptime: 5, subscriptions: 2, lag: 0, revocations: 0, denials: 0 },
    ...{ sockets: 1, people: 1, rooms: 0, latency: null, memory: { resident: 1, heap: 1 }, commandsPerSecond },
  };
}
