import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Buckets } from './buckets.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pace = { perSecond: 40, burst: 80 };

test('a burst passes at once, more waits for its share of the second', () => {
  const buckets = new Buckets(pace);
  expect(buckets.waitFor('a', 80)).toBe(0);
  buckets.take('a', 80);
  expect(buckets.waitFor('a', 20)).toBe(500);
  expect(buckets.waitFor('b', 80)).toBe(0);
  vi.advanceTimersByTime(500);
  expect(buckets.waitFor('a', 20)).toBe(0);
});

test('a pause fills a bucket, and never above its burst', () => {
  const buckets = new Buckets(pace);
  buckets.take('a', 80);
  vi.advanceTimersByTime(3_600_000);
  expect(buckets.waitFor('a', 80)).toBe(0);
  expect(buckets.waitFor('a', 81)).toBe(25);
});

test('thousands of keys that rest are forgotten, one in debt is not', () => {
  const buckets = new Buckets(pace);
  buckets.take('busy', 1_000);
  for (let key = 0; key < 5_000; key += 1) {
    buckets.take(`idle ${key}`, 1);
    vi.advanceTimersByTime(1);
  }
  expect(buckets.waitFor('busy', 0)).toBeGreaterThan(0);
});
