import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CallPace } from './call-pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a person may change so much at once, then so much a second; others are not held up', () => {
  const pace = new CallPace({ perSecond: 20, burst: 120 });
  const allowed = () => Array.from({ length: 100 }, () => pace.allows('ada', 'mutation')).filter(Boolean).length;
  expect(allowed()).toBe(60);
  expect(pace.allows('ada', 'query')).toBe(false);
  expect(pace.allows('bob', 'mutation')).toBe(true);
  vi.advanceTimersByTime(1_000);
  expect(allowed()).toBe(10);
});
