import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CommandPace } from './command-pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const commands = (count: number, input = 'x') => Array.from({ length: count }, () => input);
const sender = (tab: string, user = 'ada') => ({ tab, user, left: undefined });

test('a burst passes at once, the next waits for its share of the second', async () => {
  const pace = new CommandPace({ perSecond: 40, burst: 80 });
  expect(await pace.admit(sender('a'), commands(80))).toBe(true);
  const passed = vi.fn();
  void pace.admit(sender('a'), commands(20)).then(passed);
  await vi.advanceTimersByTimeAsync(499);
  expect(passed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(passed).toHaveBeenCalledWith(true);
});

test('what would wait too long is refused and costs nothing', async () => {
  const pace = new CommandPace({ perSecond: 40, burst: 80 });
  void pace.admit(sender('a'), commands(1_000));
  expect(await pace.admit(sender('a'), commands(81))).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  const passed = vi.fn();
  void pace.admit(sender('a'), commands(40)).then(passed);
  await vi.advanceTimersByTimeAsync(23_000);
  expect(passed).toHaveBeenCalledWith(true);
});

test('large commands that wait are bounded by their bytes, over all tabs of a person', async () => {
  const pace = new CommandPace({ perSecond: 40, burst: 80 });
  const large = commands(20, 'x'.repeat(200_000));
  for (const tab of ['a', 'b']) await pace.admit(sender(tab), commands(80));
  void pace.admit(sender('a'), large);
  void pace.admit(sender('b'), large);
  expect(await pace.admit(sender('a'), large)).toBe(false);
  await vi.advanceTimersByTimeAsync(500);
  void pace.admit(sender('a'), large);
  expect(await pace.admit(sender('c', 'bob'), large)).toBe(true);
});

test('a thousand tabs of one person are not a thousand times as fast', async () => {
  const pace = new CommandPace({ perSecond: 40, burst: 80 });
  const passed = vi.fn();
  for (let tab = 0; tab < 200; tab += 1) void pace.admit(sender(`tab ${tab}`), commands(80)).then(passed);
  await vi.advanceTimersByTimeAsync(0);
  expect(passed).toHaveBeenCalledTimes(100);
});

test('nothing waits for a sender who has left', async () => {
  const pace = new CommandPace({ perSecond: 40, burst: 80 });
  await pace.admit(sender('a'), commands(80));
  const leaving = new AbortController();
  const passed = pace.admit({ ...sender('a'), left: leaving.signal }, commands(800, 'x'.repeat(10_000)));
  expect(await pace.admit(sender('a'), commands(20, 'x'.repeat(200_000)))).toBe(false);
  leaving.abort();
  expect(await passed).toBe(false);
  const next = pace.admit(sender('a'), commands(20, 'x'.repeat(200_000)));
  await vi.advanceTimersByTimeAsync(25_000);
  expect(await next).toBe(true);
});
