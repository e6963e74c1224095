import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FlushClock } from './flush-clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('runs at once, then once per interval for everything that was asked meanwhile', () => {
  const task = vi.fn();
  const clock = new FlushClock(task, () => 50);
  clock.request();
  expect(task).toHaveBeenCalledTimes(1);
  clock.request();
  clock.request();
  vi.advanceTimersByTime(49);
  expect(task).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(task).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(500);
  expect(task).toHaveBeenCalledTimes(2);
});

test('after a stop nothing runs until it is asked again', () => {
  const task = vi.fn();
  const clock = new FlushClock(task, () => 50);
  clock.request();
  clock.request();
  clock.stop();
  vi.advanceTimersByTime(500);
  expect(task).toHaveBeenCalledTimes(1);
  clock.request();
  expect(task).toHaveBeenCalledTimes(2);
});
