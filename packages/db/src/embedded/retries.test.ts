import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Retries } from './retries.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Each attempt's time in ms; succeeds at those that are listed, counted from 1. */
function observed(successes: readonly number[]): { readonly retries: Retries; readonly times: number[] } {
  const times: number[] = [];
  const began = performance.now();
  const retries = new Retries(async () => {
    times.push(performance.now() - began);
    if (!successes.includes(times.length)) throw new Error('not yet');
  });
  return { retries, times };
}

test('tries after a moment, then less and less often, and at least every ten seconds', async () => {
  const { retries, times } = observed([]);
  retries.start();
  retries.start();
  await vi.advanceTimersByTimeAsync(36_000);
  expect(times).toEqual([500, 1_500, 3_500, 7_500, 15_500, 25_500, 35_500]);
});

test('is content with one success', async () => {
  const { retries, times } = observed([2]);
  retries.start();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(times).toEqual([500, 1_500]);
});

test('what is lost again at once is not hurried, what held is', async () => {
  const { retries, times } = observed([1, 2, 3]);
  retries.start();
  await vi.advanceTimersByTimeAsync(500);
  retries.start();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(times).toEqual([500, 1_500]);
  await vi.advanceTimersByTimeAsync(10_001);
  retries.start();
  await vi.advanceTimersByTimeAsync(500);
  expect(times).toEqual([500, 1_500, 12_001]);
});

test('stops before an attempt, and behind one', async () => {
  const waiting = observed([]);
  waiting.retries.start();
  await waiting.retries.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(waiting.times).toEqual([]);

  let fail = (_error: Error): void => {};
  const attempt = vi.fn(() => new Promise<void>((_, reject) => (fail = reject)));
  const trying = new Retries(attempt);
  trying.start();
  await vi.advanceTimersByTimeAsync(500);
  let isStopped = false;
  const stopped = trying.stop().then(() => (isStopped = true));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(isStopped).toBe(false);
  fail(new Error('too late'));
  await stopped;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(attempt).toHaveBeenCalledOnce();
});
