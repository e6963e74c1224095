import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPacer, Pacers } from './pacer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const rates = { perSecond: 40, burst: 80, mostWaiting: 100 };

test('a burst passes at once, the next waits for its share of the second', async () => {
  const pacer = createPacer(rates);
  expect(await pacer.take(80)).toBe(true);
  const passed = vi.fn();
  void pacer.take(20).then(passed);
  await vi.advanceTimersByTimeAsync(499);
  expect(passed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(passed).toHaveBeenCalledWith(true);
});

test('too many waiting are refused and cost nothing', async () => {
  const pacer = createPacer(rates);
  await pacer.take(80);
  void pacer.take(100);
  expect(await pacer.take(1)).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  void pacer.take(40);
  expect(await pacer.take(1)).toBe(false);
});

test('one key has one bucket, and thousands of idle ones are forgotten', async () => {
  const pacers = new Pacers(rates);
  void pacers.of('busy').take(120);
  for (let n = 0; n < 5_000; n++) pacers.of(`idle ${n}`);
  expect(await pacers.of('busy').take(80)).toBe(false);
}, 1_000);
