import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startTimer } from './long-timer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const day = 86_400_000;

test('A30 thirty days are thirty days', () => {
  const run = vi.fn();
  startTimer(30 * day, run);
  vi.advanceTimersByTime(30 * day - 1);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledOnce();
});

test('A30 a stopped timer stays silent, also in its second stretch', () => {
  const run = vi.fn();
  const stop = startTimer(30 * day, run);
  vi.advanceTimersByTime(26 * day);
  stop();
  vi.advanceTimersByTime(10 * day);
  expect(run).not.toHaveBeenCalled();
});
