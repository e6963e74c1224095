import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock, withDeadline } from './clock.ts';
import { createVirtualClock } from './virtual-clock.ts';

const day = 24 * 60 * 60_000;

describe('the system clock', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('R51 waits longer than a timeout of the platform can, and not at once', () => {
    const run = vi.fn();
    systemClock.setTimer(run, 90 * day);
    vi.advanceTimersByTime(89 * day);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2 * day);
    expect(run).toHaveBeenCalledTimes(1);
  });

  test('R51 can be cancelled in any part of a long wait', () => {
    const run = vi.fn();
    const cancel = systemClock.setTimer(run, 90 * day);
    vi.advanceTimersByTime(60 * day);
    cancel();
    vi.advanceTimersByTime(60 * day);
    expect(run).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('R17 a turn is one for all who wait for it, and ends behind what they do meanwhile', async () => {
  const heard: string[] = [];
  const turn = systemClock.turn();
  const ended = turn.then(() => heard.push('end of the turn'));
  await Promise.resolve();
  expect(systemClock.turn()).toBe(turn);
  await new Promise<void>((resolve) => process.nextTick(resolve));
  heard.push('what arrived');
  await ended;
  expect(heard).toEqual(['what arrived', 'end of the turn']);
  expect(systemClock.turn()).not.toBe(turn);
});

test('R51 a deadline rejects what takes too long and leaves no timer behind what does not', async () => {
  const clock = createVirtualClock();
  const late = withDeadline(clock, new Promise(() => {}), 100).catch((error: unknown) => String(error));
  await clock.advance(100);
  expect(await late).toContain('No answer after 100 ms');
  expect(await withDeadline(clock, Promise.resolve(1), 100)).toBe(1);
});
