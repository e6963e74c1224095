import { expect, test } from 'vitest';
import { delayBefore } from './backoff.ts';

test('the first opening does not wait, the first retry hardly', () => {
  expect([delayBefore(0, 0.9), delayBefore(1, 0), delayBefore(1, 1)]).toEqual([0, 200, 300]);
});

test('for about a minute nobody waits for a second, after that at most five', () => {
  let waited = 0;
  for (let attempt = 1; attempt <= 80; attempt += 1) {
    waited += delayBefore(attempt, 0.5);
    expect(delayBefore(attempt, 0)).toBeLessThanOrEqual(750);
    expect(delayBefore(attempt, 1)).toBeLessThanOrEqual(750);
  }
  expect(waited).toBeGreaterThan(45_000);
  expect([delayBefore(200, 0), delayBefore(200, 1)]).toEqual([5_000, 3_500]);
});
